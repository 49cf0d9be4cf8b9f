import Foundation

/// A banana: a bent tube in the xy plane, its middle at the origin, its ends bent down (-y), its stem at +x.
///
/// The tube follows an arc whose radius changes along it, and its cross-section is a five-sided rounded outline.
struct BananaShape: DistanceField {
    /// Radius of the arc at its middle, in decimetres.
    var bend: Float
    /// Half the angle of the arc, in radians.
    var halfAngle: Float
    /// How the arc's radius changes per radian; above 0 the stem's end is straighter.
    var unwinding: Float
    /// Half the thickness of the body, in decimetres.
    var thickness: Float
    /// How flat the faces between the five edges are: 0 round, 1 a pentagon.
    var edges: Float
    /// How far the ends swerve out of the plane, in decimetres.
    var swerve: Float
    /// Half the thickness of the stem against the body's.
    var stem: Float
    let bounds: Bounds

    /// A point's place in the tube.
    struct Place {
        /// Along the arc: -1 the flower's end, 1 the stem's cut.
        var along: Float
        /// Distance beyond the nearer end, in decimetres.
        var beyond: Float
        /// From the tube's middle line, away from the arc's centre and sideways.
        var across: SIMD2<Float>
    }

    init(
        bend: Float, halfAngle: Float, unwinding: Float, thickness: Float, edges: Float, swerve: Float, stem: Float
    ) {
        self.bend = bend
        self.halfAngle = halfAngle
        self.unwinding = unwinding
        self.thickness = thickness
        self.edges = edges
        self.swerve = swerve
        self.stem = stem
        bounds = Bounds(
            around: (-16...16).map { step in
                let along = Float(step) / 16
                let angle = along * halfAngle
                let reach = bend * (1 + unwinding * angle)
                let centre = Vector(sin(angle) * reach, cos(angle) * reach - bend, swerve * along * along)
                return (centre, Self.profile(along, stem: stem) * thickness * 1.2 + 0.05)
            })
    }

    /// Half the thickness along the arc against the body's: a blunt tip with a nub, the body, a neck, the stem.
    static func profile(_ along: Float, stem: Float) -> Float {
        let toTip = 1 - clamp((along + 1) / 0.62, 0, 1)
        let tip = 1 - 0.8 * toTip * toTip * (0.55 + 0.45 * toTip)
        let neck = mix(1, stem, smoothstep(0.34, 0.8, along))
        let flare = 0.2 * stem * smoothstep(0.88, 1, along)
        return tip * neck + flare
    }

    func place(of p: Vector) -> Place {
        let (x, y) = (p.x, p.y + bend)
        let angle = atan2(x, y)
        let bounded = clamp(angle, -halfAngle, halfAngle)
        let along = bounded / halfAngle
        let reach = (x * x + y * y).squareRoot()
        return Place(
            along: along, beyond: abs(angle - bounded) * reach,
            across: SIMD2(reach - bend * (1 + unwinding * bounded), p.z - swerve * along * along))
    }

    /// How near a place is to one of the five edges: 0 in the middle of a face, 1 on an edge.
    func edge(_ across: SIMD2<Float>) -> Float {
        // Next to the middle line the rounding makes the quotient meaningless, hence the clamp.
        let share = clamp((1 - Self.pentagon(across) / max(across.length, 1e-4)) / (1 - Self.faceCosine), 0, 1)
        return share * share * share
    }

    func distance(at p: Vector) -> Float {
        let place = place(of: p)
        let round = Self.profile(place.along, stem: stem) * thickness
        // Between a circle and a pentagon of about the same area.
        let out = mix(place.across.length, Self.pentagon(place.across) * 1.07, edges)
        let beside = out - round
        guard place.beyond > 0 else { return beside * 0.75 }
        let over = max(beside, 0)
        return ((over * over + place.beyond * place.beyond).squareRoot() - 0.01) * 0.75
    }

    /// Cosine of half the angle between two edges.
    private static let faceCosine: Float = 0.809_017

    /// Distance from the middle to a place, measured across the face of a regular pentagon that the place lies on;
    /// rounded where two faces meet.
    private static func pentagon(_ p: SIMD2<Float>) -> Float {
        let side = (p.y * p.y + 0.0003).squareRoot()
        let upper = roundMax(p.x, 0.309_017 * p.x + 0.951_057 * side)
        return roundMax(upper, -0.809_017 * p.x + 0.587_785 * side)
    }

    /// The larger of two numbers, with a parabola in place of the kink where they are nearly equal.
    private static func roundMax(_ a: Float, _ b: Float) -> Float {
        let width: Float = 0.05
        let near = max(width - abs(a - b), 0)
        return max(a, b) + near * near / (4 * width)
    }
}
