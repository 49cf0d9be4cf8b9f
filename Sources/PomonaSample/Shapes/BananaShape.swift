import Foundation

/// A banana: a bent tube in the xy plane whose middle is at the origin and whose ends bend down (-y); the stem is at +x.
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
    /// How strongly the five edges stand out, as a share of the thickness.
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
                return (centre, Self.profile(along, stem: stem) * thickness * (1 + edges) + 0.05)
            })
    }

    /// Half the thickness along the arc against the body's: a blunt tip with a nub, the body, a neck, the stem.
    static func profile(_ along: Float, stem: Float) -> Float {
        let fromTip = clamp((along + 1) / 0.6, 0, 1)
        let toTip = 1 - fromTip
        let tip = 0.3 + 0.7 * (1 - toTip * toTip * (0.6 + 0.4 * toTip))
        let neck = mix(1, stem, smoothstep(0.28, 0.8, along))
        let flare = 0.3 * stem * smoothstep(0.86, 1, along)
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

    /// How far the outline stands out at a direction across the tube: 0 on a face, 1 on one of the five edges.
    func edge(_ across: SIMD2<Float>) -> Float {
        let ridge = 0.5 - 0.5 * fiveFold(cosine: across.x / max(across.length, 1e-4))
        return ridge * ridge
    }

    func distance(at p: Vector) -> Float {
        let place = place(of: p)
        let out = place.across.length
        let round = Self.profile(place.along, stem: stem) * thickness
        let outline = round * (1 + edges * (edge(place.across) - 0.35))
        let beside = out - outline
        guard place.beyond > 0 else { return beside * 0.75 }
        let over = max(beside, 0)
        return ((over * over + place.beyond * place.beyond).squareRoot() - 0.01) * 0.75
    }
}
