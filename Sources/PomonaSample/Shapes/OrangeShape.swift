/// An orange, the stem's button upwards along y: a slightly flattened ball with a creased dip around the button.
struct OrangeShape: DistanceField {
    /// Half the width, in decimetres.
    var radius: Float
    /// Height against width.
    var tallness: Float
    /// Depth of the dip around the button, in units of the radius; below zero the neck stands out, as in navel oranges.
    var dip: Float
    /// Depth of the creases that run into the dip.
    var creases: Float
    /// How uneven the ball is.
    var unevenness: Float
    let bounds: Bounds

    /// Radius of the button in units of the radius.
    static let button: Float = 0.085

    init(radius: Float, tallness: Float, dip: Float, creases: Float, unevenness: Float) {
        self.radius = radius
        self.tallness = tallness
        self.dip = dip
        self.creases = creases
        self.unevenness = unevenness
        let side = radius * (1.02 + unevenness + abs(dip))
        bounds = Bounds(
            lower: Vector(-side, -side * tallness, -side), upper: Vector(side, side * tallness + 0.02, side))
    }

    func straightened(_ p: Vector) -> Vector { Vector(p.x, p.y / tallness, p.z) / radius }

    func distance(at p: Vector) -> Float {
        let q = straightened(p)
        let reach = q.length
        let ball = reach - 1
        // The details are shallower than this; further off the plain ball is a safe bound.
        let margin = abs(dip) + unevenness + 0.03
        guard ball < 3 * margin else { return (ball - margin) * radius * tallness }
        let d = min(ball + relief(q / reach), buttonDistance(q))
        return d * radius * tallness * 0.9
    }

    func isButton(_ straightened: Vector) -> Bool {
        straightened.y > 0 && buttonDistance(straightened) < straightened.length - 1 + relief(straightened.normalized)
    }

    /// How far the skin lies below the plain ball in a direction.
    private func relief(_ n: Vector) -> Float {
        let lumps = unevenness * (n.x * n.y - n.z * n.z * n.x + 0.7 * n.y * n.z)
        guard n.y > 0.6 else { return lumps }
        let around = (n.x * n.x + n.z * n.z).squareRoot()
        let fall = around / 0.3
        let hollow = dip / (1 + fall * fall * fall * fall)
        let ridge = fiveFold(cosine: n.x / max(around, 1e-4))
        let crease = creases * ridge * ridge * smoothstep(0.06, 0.15, around) * (1 - smoothstep(0.2, 0.5, around))
        return lumps + hollow + crease
    }

    private func buttonDistance(_ q: Vector) -> Float {
        let around = (q.x * q.x + q.z * q.z).squareRoot()
        let star = Self.button * (1 + 0.15 * fiveFold(cosine: q.x / max(around, 1e-4)))
        let beside = max(around - star, 0)
        let above = q.y - (1 - dip)
        return ((beside * beside + above * above).squareRoot() - 0.018) * 0.8
    }
}
