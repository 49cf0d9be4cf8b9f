/// What lies behind the things: everything beyond the plane z = -distance.
struct Backdrop {
    enum Kind {
        /// An upright wall.
        case wall(GroundPattern)
        /// The ground curves up into a wall of the same stuff.
        case sweep
        /// The table ends; behind it is a room far out of focus.
        case room(Room)
    }

    var kind: Kind
    var distance: Float
}

/// A room so far out of focus that only patches of colour remain.
struct Room {
    var upper: Vector
    var lower: Vector
    var accent: Vector
    var seed: UInt32

    func radiance(_ direction: Vector) -> Vector {
        let height = direction.y + 0.12 * (Noise.value(direction * 3, seed: seed) - 0.5)
        var colour = mix(lower, upper, smoothstep(-0.25, 0.2, height))
        let furniture = Noise.fractal(Vector(direction.x * 6, direction.y * 2.5, 0), octaves: 2, seed: seed &+ 1)
        colour = mix(colour, accent, 0.8 * smoothstep(0.5, 0.64, furniture))
        let lamps = Noise.value(Vector(direction.x * 9, direction.y * 9, 3), seed: seed &+ 2)
        return colour * (0.75 + 0.5 * Noise.value(direction * 5, seed: seed &+ 3)) + upper
            * smoothstep(0.8, 0.97, lamps)
    }
}
