/// A solid given by its signed distance: how far a point is from the surface, negative inside.
///
/// All points are in the solid's own frame. A distance may be too small but, near the surface, never too large:
/// a marching ray that steps by it cannot jump through.
protocol DistanceField {
    var bounds: Bounds { get }

    func distance(at p: Vector) -> Float
}

extension DistanceField {
    /// The outward direction at a surface point, from four distances at the corners of a tetrahedron.
    func normal(at p: Vector, spacing: Float) -> Vector {
        let (a, b, c, d) = (Vector(1, -1, -1), Vector(-1, -1, 1), Vector(-1, 1, -1), Vector(1, 1, 1))
        let gradient =
            a * distance(at: p + a * spacing) + b * distance(at: p + b * spacing)
            + c * distance(at: p + c * spacing) + d * distance(at: p + d * spacing)
        return gradient.lengthSquared > 0 ? gradient.normalized : [0, 1, 0]
    }

    /// Sphere tracing (Hart, "Sphere tracing", 1996): steps along the ray by the distance to the surface.
    ///
    /// - Returns: The distance along the ray to the surface, `infinity` where it meets nothing before `limit`.
    func march(_ ray: Ray, limit: Float) -> Float {
        let (enter, leave) = bounds.interval(of: ray)
        var t = max(enter, 0)
        let end = min(leave, limit)
        for _ in 0..<96 {
            guard t < end else { return .infinity }
            let step = distance(at: ray.point(at: t))
            if step < 0.0004 * t + 0.0001 { return t }
            t += step
        }
        return .infinity
    }

    /// The share of a round light that this solid leaves visible: 1 lit, 0 in full shadow.
    ///
    /// Watches how deep the ray to the light's middle passes the surface, measured in the light's half width at that
    /// distance; -1...1 is the penumbra.
    ///
    /// - Parameter halfWidth: Tangent of half the angle under which the light is seen.
    func visibility(along ray: Ray, halfWidth: Float) -> Float {
        let reach = (bounds.centre - ray.origin).length + bounds.radius
        let (enter, leave) = bounds.expanded(by: reach * halfWidth).interval(of: ray)
        var t = max(enter, 0.012)
        var depth: Float = 1
        for _ in 0..<40 {
            guard t < leave, depth > -1 else { break }
            let step = distance(at: ray.point(at: t))
            depth = min(depth, step / (halfWidth * t))
            t += clamp(abs(step), 0.012 + 0.02 * t, 0.5)
        }
        depth = max(depth, -1)
        return 0.25 * (1 + depth) * (1 + depth) * (2 - depth)
    }
}
