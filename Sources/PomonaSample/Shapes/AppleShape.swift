/// An apple, stem upwards along y: the outer skin of a ring whose tube is thicker than its hole, which leaves a dimple
/// at both ends, with a wider ring above than below.
struct AppleShape: DistanceField {
    /// Half the width at the broadest place, in decimetres.
    var radius: Float
    /// Height against width; long apples have more than 1.
    var tallness: Float
    /// Radius of the ring at the shoulders and at the foot, in units of `radius`.
    var shoulder: Float
    var foot: Float
    /// Depth of the five bulges around the foot.
    var bulges: Float
    /// How far the top leans over, sideways per unit of height.
    var lean: SIMD2<Float>
    /// Length of the stem above the bottom of the dimple, in units of `radius`, and how far its end bends over.
    var stemLength: Float
    var stemBend: SIMD2<Float>
    let bounds: Bounds

    private static let tube: Float = 0.6

    init(
        radius: Float, tallness: Float, shoulder: Float, foot: Float, bulges: Float, lean: SIMD2<Float>,
        stemLength: Float, stemBend: SIMD2<Float>
    ) {
        self.radius = radius
        self.tallness = tallness
        self.shoulder = shoulder
        self.foot = foot
        self.bulges = bulges
        self.lean = lean
        self.stemLength = stemLength
        self.stemBend = stemBend
        let side = (shoulder + Self.tube) * (1 + bulges) + 0.1
        let top = max(Self.tube, (Self.tube * Self.tube - shoulder * shoulder).squareRoot() + stemLength + 0.1)
        bounds = Bounds(
            lower: Vector(-side, -(Self.tube * (1 + bulges) + 0.02) * tallness, -side) * radius,
            upper: Vector(side, (top + 0.03) * tallness, side) * radius)
    }

    /// The point in units of the radius, upright and of even height.
    func straightened(_ p: Vector) -> Vector {
        var q = p / radius
        q.y /= tallness
        q.x -= lean.x * q.y
        q.z -= lean.y * q.y
        return q
    }

    /// Height of the dimple's bottom in straightened coordinates.
    var dimpleHeight: Float { (Self.tube * Self.tube - shoulder * shoulder).squareRoot() }

    func distance(at p: Vector) -> Float {
        let q = straightened(p)
        let flesh = fleshDistance(q)
        // The stem lies within this ball; far from it there is no need to look closer.
        let toStem = (q - Vector(0, dimpleHeight + stemLength * 0.5, 0)).length - stemLength - 0.1
        let nearest = toStem < flesh ? min(flesh, stemDistance(q)) : flesh
        return nearest * radius * min(1, tallness) * 0.8
    }

    /// Whether a surface point belongs to the stem.
    func isStem(_ straightened: Vector) -> Bool {
        straightened.y > 0 && stemDistance(straightened) < fleshDistance(straightened)
    }

    private func fleshDistance(_ q: Vector) -> Float {
        let around = (q.x * q.x + q.z * q.z).squareRoot()
        let low = smoothstep(-0.75, 0.75, q.y)
        let ring = mix(foot, shoulder, low)
        let bulge = bulges * (1 - low) * (1 - low) * fiveFold(cosine: q.x / max(around, 1e-4)) * min(1, around * 3)
        let (u, v) = (around - ring, q.y)
        return (u * u + v * v).squareRoot() - Self.tube * (1 + bulge)
    }

    private func stemDistance(_ q: Vector) -> Float {
        let share = clamp((q.y - dimpleHeight) / stemLength, -0.1, 1)
        let bent = stemBend * (share * share)
        let across = SIMD2(q.x - bent.x, q.z - bent.y).length
        let over = abs(q.y - dimpleHeight - stemLength * share)
        let thickness = 0.03 + 0.025 * share * share
        let beside = max(across - thickness, 0)
        let outside = (beside * beside + over * over).squareRoot()
        return (over > 0 ? outside : across - thickness) * 0.8
    }
}
