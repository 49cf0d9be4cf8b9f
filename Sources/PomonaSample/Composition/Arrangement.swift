import PomonaCore

/// Things put down on the ground one after the other, apart or touching, never through each other.
struct Arrangement {
    private(set) var objects: [SceneObject] = []
    private(set) var points: [SurfacePoints] = []

    /// Puts down a thing of the kind, turned at random as such a thing lies.
    ///
    /// - Parameter spread: Added to the gap between it and the others, in decimetres.
    mutating func add(_ kind: ObjectKind, spread: Float, _ generator: inout SeededGenerator) {
        let solid = Self.solid(kind, &generator)
        var object = SceneObject(kind: kind, solid: solid, rotation: Self.pose(kind, &generator))
        var surface = SurfacePoints(of: object)
        if kind.label != nil { Self.settle(&object, &surface) }
        // Pressed in by a hair, so that no light shines through beneath.
        let settled = Vector(0, -surface.lowest - 0.004, 0)
        object = object.moved(by: settled)
        surface.move(by: settled)
        let offset = place(object, surface, gap: Self.gap(&generator) + spread, &generator)
        surface.move(by: offset)
        objects.append(object.moved(by: offset))
        points.append(surface)
    }

    private static func solid(_ kind: ObjectKind, _ generator: inout SeededGenerator) -> Solid {
        switch kind {
        case .apple: Apples.solid(&generator)
        case .banana: Bananas.solid(&generator)
        case .orange: Oranges.solid(&generator)
        case .ball, .box, .cup: Props.solid(kind, &generator)
        }
    }

    /// Half of the things touch their neighbour.
    private static func gap(_ generator: inout SeededGenerator) -> Float {
        generator.chance(0.5) ? 0.003 : generator.logarithmic(0.02, 0.9)
    }

    /// How a thing lies before it is turned about the vertical.
    private static func pose(_ kind: ObjectKind, _ generator: inout SeededGenerator) -> Rotation {
        let turn = Rotation(about: [0, 1, 0], by: generator.float(0, 2 * .pi))
        let heading = generator.heading()
        let level = Vector(heading.x, 0, heading.y)
        switch kind {
        case .apple:
            let style = generator.unit()
            let tilt = style < 0.6 ? generator.float(0, 0.35) : generator.float(0.35, style < 0.93 ? 1.7 : .pi)
            return Rotation(about: level, by: tilt).following(turn)
        case .banana:
            // Most lie on their side, some stand on their two ends.
            let roll = generator.chance(0.78) ? .pi / 2 + generator.float(-0.35, 0.25) : generator.float(-0.2, 0.2)
            let flip: Float = generator.chance(0.5) ? 1 : -1
            return turn.following(Rotation(about: [1, 0, 0], by: roll * flip))
        case .orange, .ball:
            return Rotation(about: level, by: generator.float(0, .pi)).following(turn)
        case .box, .cup:
            return turn
        }
    }

    /// Lets a thing roll until its weight rests above where it touches the ground.
    private static func settle(_ object: inout SceneObject, _ surface: inout SurfacePoints) {
        // Smaller and smaller turns, so that a thing that stands on one end and then the other comes to lie on both.
        var step: Float = 0.08
        for _ in 0..<120 {
            let lever = surface.centre - surface.contact
            let overhang = SIMD2(lever.x, lever.z).length
            guard overhang > 0.03 else { return }
            // Turning about this axis lowers the side to which the weight hangs over.
            let rotation = Rotation(about: Vector(lever.z, 0, -lever.x), by: min(step, overhang * 0.2))
            step *= 0.965
            surface.turn(by: rotation)
            object = object.turned(by: rotation)
        }
    }

    /// Slides a thing from afar towards one of those that lie there, until it is `gap` away from the nearest.
    private func place(
        _ object: SceneObject, _ surface: SurfacePoints, gap: Float, _ generator: inout SeededGenerator
    ) -> Vector {
        guard !objects.isEmpty else { return .zero }
        let target = objects[generator.index(below: objects.count)]
        let heading = generator.heading()
        let inward = Vector(-heading.x, 0, -heading.y)
        var way: Float = 6
        for _ in 0..<60 {
            let start = Vector(target.centre.x - object.centre.x, 0, target.centre.z - object.centre.z)
            let offset = start - inward * way
            let free = clearance(object, surface, moved: offset) - gap
            guard free > 0.002, way > 0 else { return offset }
            way -= free
        }
        return Vector(target.centre.x - object.centre.x, 0, target.centre.z - object.centre.z) - inward * way
    }

    private func clearance(_ object: SceneObject, _ surface: SurfacePoints, moved offset: Vector) -> Float {
        let movedObject = object.moved(by: offset)
        var movedSurface = surface
        movedSurface.move(by: offset)
        var nearest = Float.infinity
        for (other, otherSurface) in zip(objects, points) {
            // Both ways: the points of a small thing may all miss what a large one's would touch.
            nearest = min(nearest, movedSurface.clearance(to: other), otherSurface.clearance(to: movedObject))
        }
        return nearest
    }
}
