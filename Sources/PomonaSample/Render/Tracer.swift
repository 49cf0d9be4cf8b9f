/// What a ray from the camera met.
struct Sample {
    var radiance: Vector
    /// Index of the object plus one, `Sample.ground` or `Sample.background`.
    var identity: UInt8
    var distance: Float

    static let ground: UInt8 = 0
    static let background: UInt8 = 255
}

/// Follows rays through one scene. Every answer depends on the scene and the ray alone.
///
/// `Sendable` is unchecked because of the pointer: nothing writes to the objects, and whoever makes a tracer keeps them
/// alive while it is used.
struct Tracer: @unchecked Sendable {
    let objects: UnsafeBufferPointer<SceneObject>
    let scene: Scene

    /// The nearest object along a ray, before `limit`.
    func nearestObject(_ ray: Ray, limit: Float) -> (index: Int, distance: Float)? {
        var (index, nearest) = (-1, limit)
        for candidate in objects.indices where objects[candidate].mayMeet(ray) {
            let distance = objects[candidate].solid.march(objects[candidate].local(ray), limit: nearest)
            if distance < nearest { (index, nearest) = (candidate, distance) }
        }
        return index < 0 ? nil : (index, nearest)
    }

    /// Distance to the ground within the table's end or up to the wall, `infinity` where the ray misses it.
    func groundDistance(_ ray: Ray) -> Float {
        guard ray.direction.y < -1e-5 else { return .infinity }
        let t = -ray.origin.y / ray.direction.y
        return ray.origin.z + ray.direction.z * t > -scene.backdrop.distance ? t : .infinity
    }

    /// Distance to the plane of the backdrop, `infinity` where the ray runs away from it.
    func backdropDistance(_ ray: Ray) -> Float {
        guard ray.direction.z < -1e-5 else { return .infinity }
        return (-scene.backdrop.distance - ray.origin.z) / ray.direction.z
    }

    /// What is seen along a ray.
    ///
    /// - Parameter footprint: Width of a pixel per unit of distance.
    func sample(_ ray: Ray, footprint: Float) -> Sample {
        let ground = groundDistance(ray)
        let wall = backdropDistance(ray)
        if let hit = nearestObject(ray, limit: min(ground, max(wall, 0))) {
            let radiance = shadeObject(hit.index, ray, at: hit.distance, footprint: footprint * hit.distance)
            return Sample(radiance: radiance, identity: UInt8(hit.index + 1), distance: hit.distance)
        }
        if ground < .infinity {
            let radiance = shadeGround(ray, at: ground, footprint: footprint * ground)
            return Sample(radiance: radiance, identity: Sample.ground, distance: ground)
        }
        let radiance = shadeBackdrop(ray, at: wall, footprint: footprint * wall)
        return Sample(radiance: radiance, identity: Sample.background, distance: wall)
    }
}
