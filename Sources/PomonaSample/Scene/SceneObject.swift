/// A solid at its place in the scene.
struct SceneObject {
    let kind: ObjectKind
    let solid: Solid
    private(set) var rotation: Rotation
    private(set) var position: Vector

    /// A ball around the object, in the scene's frame.
    private(set) var centre: Vector
    let radius: Float

    init(kind: ObjectKind, solid: Solid, rotation: Rotation, position: Vector = .zero) {
        self.kind = kind
        self.solid = solid
        self.rotation = rotation
        self.position = position
        radius = solid.bounds.radius
        centre = position + rotation.outward(solid.bounds.centre)
    }

    /// Turned about the scene's origin.
    func turned(by turn: Rotation) -> SceneObject {
        SceneObject(kind: kind, solid: solid, rotation: turn.following(rotation), position: turn.outward(position))
    }

    func moved(by offset: Vector) -> SceneObject {
        var moved = self
        moved.position += offset
        moved.centre += offset
        return moved
    }

    /// From the scene's frame to the solid's.
    func local(_ point: Vector) -> Vector { rotation.inward(point - position) }

    func local(_ ray: Ray) -> Ray {
        Ray(origin: local(ray.origin), direction: rotation.inward(ray.direction))
    }

    /// From the solid's frame to the scene's.
    func world(_ point: Vector) -> Vector { rotation.outward(point) + position }

    func distance(at point: Vector) -> Float { solid.distance(at: local(point)) }

    /// Whether a ray comes near enough for a closer look.
    ///
    /// - Parameter margin: Added to the radius of the ball around the object.
    func mayMeet(_ ray: Ray, margin: Float = 0) -> Bool {
        let toCentre = centre - ray.origin
        let along = dot(toCentre, ray.direction)
        let reach = radius + margin
        let beside = toCentre.lengthSquared - along * along
        return beside < reach * reach && along > -reach
    }
}
