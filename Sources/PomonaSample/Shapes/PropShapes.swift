/// A ball, which is no fruit.
struct BallShape: DistanceField {
    var radius: Float
    var bounds: Bounds { Bounds(lower: Vector(repeating: -radius), upper: Vector(repeating: radius)) }

    func distance(at p: Vector) -> Float { p.length - radius }
}

/// A box with rounded edges.
struct BoxShape: DistanceField {
    var halfExtent: Vector
    var rounding: Float
    var bounds: Bounds { Bounds(lower: -halfExtent, upper: halfExtent) }

    func distance(at p: Vector) -> Float {
        let q = Vector(abs(p.x), abs(p.y), abs(p.z)) - halfExtent + rounding
        return pointwiseMax(q, .zero).length + min(q.max(), 0) - rounding
    }
}

/// A cup that stands upright: a round wall that widens upwards, a bottom, and a handle at +x.
struct CupShape: DistanceField {
    /// Radius of the rim, and of the foot against it.
    var radius: Float
    var foot: Float
    var halfHeight: Float
    var wall: Float
    let bounds: Bounds

    init(radius: Float, foot: Float, halfHeight: Float, wall: Float) {
        self.radius = radius
        self.foot = foot
        self.halfHeight = halfHeight
        self.wall = wall
        let handleReach = radius + halfHeight * 0.62 + wall
        bounds = Bounds(
            lower: Vector(-radius - wall, -halfHeight, -radius - wall),
            upper: Vector(handleReach, halfHeight + wall, radius + wall))
    }

    /// Outer radius at a height.
    func radius(at y: Float) -> Float { mix(radius * foot, radius, (y / halfHeight + 1) * 0.5) }

    func distance(at p: Vector) -> Float {
        let around = (p.x * p.x + p.z * p.z).squareRoot()
        let outer = radius(at: clamp(p.y, -halfHeight, halfHeight))
        // In the half plane (distance from the axis, height): the wall and the bottom are two rounded bars.
        let side = bar(SIMD2(around - outer + wall, p.y), SIMD2(wall * 0.5, halfHeight - wall * 0.5))
        let bottom = bar(SIMD2(around, p.y + halfHeight - wall), SIMD2(outer - wall, wall * 0.5))
        return min(min(side, bottom), handleDistance(p, around: around)) * 0.9
    }

    private func bar(_ p: SIMD2<Float>, _ half: SIMD2<Float>) -> Float {
        let (u, v) = (abs(p.x) - half.x, abs(p.y) - half.y)
        let outside = SIMD2(max(u, 0), max(v, 0)).length
        return outside + min(max(u, v), 0) - wall * 0.5
    }

    private func handleDistance(_ p: Vector, around: Float) -> Float {
        let ring = halfHeight * 0.55
        let inPlane = SIMD2(p.x - radius(at: 0) + wall, p.y).length - ring
        let tube = SIMD2(inPlane, p.z * 0.8).length - wall * 0.8
        // The ring's other half would stand inside the cup.
        return max(tube, radius(at: clamp(p.y, -halfHeight, halfHeight)) - wall - around)
    }
}
