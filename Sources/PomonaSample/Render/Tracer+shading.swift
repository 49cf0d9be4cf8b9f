extension Tracer {
    func shadeObject(_ index: Int, _ ray: Ray, at distance: Float, footprint: Float) -> Vector {
        let object = objects[index]
        let point = ray.point(at: distance)
        let local = object.local(point)
        var surface = object.solid.surface(at: local, footprint: footprint)
        surface.normal = object.rotation.outward(surface.normal)
        return reflectedLight(surface, at: point, geometric: surface.normal, view: ray.direction)
    }

    func shadeGround(_ ray: Ray, at distance: Float, footprint: Float) -> Vector {
        let point = ray.point(at: distance)
        // Seen at a slant a pixel covers more of the ground.
        let slanted = footprint / max(-ray.direction.y, 0.15).squareRoot()
        let finish = scene.ground.finish(at: turned(point.x, point.z), footprint: slanted)
        let slope = turnedBack(finish.slope)
        let normal = Vector(-slope.x, 1, -slope.y).normalized
        let surface = Surface(albedo: finish.albedo, normal: normal, roughness: finish.roughness)
        return reflectedLight(
            surface, at: point, geometric: [0, 1, 0], view: ray.direction,
            mirrored: mirroredObjects(ray, surface, at: point))
    }

    func shadeBackdrop(_ ray: Ray, at distance: Float, footprint: Float) -> Vector {
        guard distance < .infinity else { return scene.lighting.horizon }
        let point = ray.point(at: distance)
        switch scene.backdrop.kind {
        case .room(let room):
            return room.radiance(ray.direction)
        case .wall(let pattern):
            let finish = pattern.finish(at: SIMD2(point.x, point.y), footprint: footprint)
            return shadeWall(finish, slope: finish.slope, ray, at: point, upright: 1)
        case .sweep:
            // The stuff goes on up the wall, as if the ground were unrolled.
            let finish = scene.ground.finish(at: turned(point.x, point.z - point.y), footprint: footprint)
            let slope = turnedBack(finish.slope)
            let upright = smoothstep(0, 1.5, point.y)
            return shadeWall(finish, slope: SIMD2(slope.x, -slope.y), ray, at: point, upright: upright)
        }
    }

    /// - Parameters:
    ///   - slope: How the wall's relief changes along x and y.
    ///   - upright: 1 where the wall stands, 0 where it lies, as at the foot of a sweep.
    private func shadeWall(
        _ finish: PlaneFinish, slope: SIMD2<Float>, _ ray: Ray, at point: Vector, upright: Float
    ) -> Vector {
        let geometric = Vector(0, 1 - upright, upright).normalized
        let relief = Vector(-slope.x, -slope.y * upright, slope.y * (upright - 1))
        let surface = Surface(
            albedo: finish.albedo, normal: (geometric + relief).normalized, roughness: max(finish.roughness, 0.6))
        return reflectedLight(surface, at: point, geometric: geometric, view: ray.direction)
    }

    /// A place on the ground in the coordinates of its pattern.
    private func turned(_ x: Float, _ z: Float) -> SIMD2<Float> {
        let turn = scene.groundTurn
        return SIMD2(x * turn.x - z * turn.y, x * turn.y + z * turn.x)
    }

    /// A slope along the pattern's coordinates as one along x and z.
    private func turnedBack(_ slope: SIMD2<Float>) -> SIMD2<Float> {
        let turn = scene.groundTurn
        return SIMD2(slope.x * turn.x + slope.y * turn.y, slope.y * turn.x - slope.x * turn.y)
    }

    /// What a polished ground mirrors: the things on it, fading with their height above it; `nil` for a dull ground.
    private func mirroredObjects(_ ray: Ray, _ surface: Surface, at point: Vector) -> Vector? {
        guard surface.roughness < 0.45 else { return nil }
        let lighting = scene.lighting
        // Grains and threads would tear the image apart; they blur it instead, by the roughness.
        let direction = ray.direction.reflected(at: [0, 1, 0])
        let around = lighting.surroundings(direction, roughness: surface.roughness)
        let mirror = Ray(origin: point + Vector(0, 0.003, 0), direction: direction)
        guard let hit = nearestObject(mirror, limit: 4) else { return around }
        let object = objects[hit.index]
        var seen = object.solid.surface(at: object.local(mirror.point(at: hit.distance)), footprint: 0.03)
        seen.normal = object.rotation.outward(seen.normal)
        let light = lighting.keyColour * max(dot(seen.normal, lighting.toKey), 0) + lighting.ambient(seen.normal)
        let blur = 1 / (1 + hit.distance * surface.roughness * 6)
        return mix(around, seen.albedo * light, blur)
    }
}
