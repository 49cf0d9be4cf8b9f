extension Tracer {
    /// The share of the window's light that reaches a point, 0...1.
    func keyVisibility(from point: Vector) -> Float {
        let halfWidth = scene.lighting.penumbra
        let ray = Ray(origin: point, direction: scene.lighting.toKey)
        var visible: Float = 1
        for index in objects.indices {
            let reach = (objects[index].centre - point).length + objects[index].radius
            guard objects[index].mayMeet(ray, margin: reach * halfWidth) else { continue }
            let share = objects[index].solid.visibility(along: objects[index].local(ray), halfWidth: halfWidth)
            visible = min(visible, share)
            if visible < 0.004 { return 0 }
        }
        return visible
    }

    /// How open the surroundings of a point are, 0...1, from how much nearer things are than they would be in the open
    /// at a few heights above the surface (after Evans, "Fast approximations for global illumination on dynamic
    /// scenes", 2006).
    func openness(at point: Vector, normal: Vector) -> Float {
        let heights = SIMD4<Float>(0.05, 0.16, 0.36, 0.75)
        let weights = SIMD4<Float>(0.2, 0.28, 0.3, 0.22)
        var nearest = heights
        for index in objects.indices {
            let (centre, radius) = (objects[index].centre, objects[index].radius)
            guard (centre - point).length - radius < heights.w else { continue }
            for step in 0..<4 {
                let p = point + normal * heights[step]
                guard (centre - p).length - radius < nearest[step] else { continue }
                nearest[step] = min(nearest[step], objects[index].distance(at: p))
            }
        }
        for step in 0..<4 {
            let p = point + normal * heights[step]
            nearest[step] = min(nearest[step], p.y)
            if case .wall = scene.backdrop.kind { nearest[step] = min(nearest[step], p.z + scene.backdrop.distance) }
        }
        let closed = pointwiseMax(heights - nearest, .zero) / heights * weights
        return 1 - 0.76 * closed.sum()
    }

    /// The light a surface sends towards the eye.
    ///
    /// - Parameter mirrored: What it mirrors, where a ray has been followed for that; otherwise the surroundings.
    func reflectedLight(
        _ surface: Surface, at point: Vector, geometric: Vector, view: Vector, mirrored: Vector? = nil
    ) -> Vector {
        let lighting = scene.lighting
        let open = openness(at: point, normal: geometric)
        // Translucent skin is lit a little beyond the edge of the lit half.
        let facing = (dot(surface.normal, lighting.toKey) + surface.translucency) / (1 + surface.translucency)
        var visible: Float = 0
        if facing > 0, dot(geometric, lighting.toKey) > -surface.translucency {
            visible = keyVisibility(from: point + geometric * 0.006)
        }
        let diffuse = lighting.keyColour * (max(facing, 0) * visible) + lighting.ambient(surface.normal) * open

        let direction = view.reflected(at: surface.normal)
        let grazing = 1 - clamp(-dot(view, surface.normal), 0, 1)
        let square = grazing * grazing
        let polish = (1 - surface.roughness) * (1 - surface.roughness)
        let fresnel = surface.reflectance + (1 - surface.reflectance) * square * square * grazing * polish
        let around = mirrored ?? lighting.surroundings(direction, roughness: surface.roughness) * open
        let window = lighting.windowReflection(direction, roughness: surface.roughness) * (visible * 0.9 + 0.1 * open)
        return surface.albedo * diffuse * (1 - fresnel) + (around + window) * fresnel
    }
}
