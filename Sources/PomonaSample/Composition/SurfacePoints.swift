import Foundation

/// Points spread over a solid's surface, in the scene's frame: enough to settle it on the ground and beside others.
struct SurfacePoints {
    private(set) var points: [Vector]

    /// Drops points from a ball around the solid onto it, each along its own gradient.
    init(of object: SceneObject, count: Int = 220) {
        let bounds = object.solid.bounds
        let half = (bounds.upper - bounds.lower) * 0.5
        points = (0..<count).map { index in
            // A spiral whose points are evenly spread over the ball (golden angle).
            let y = 1 - (Float(index) + 0.5) * 2 / Float(count)
            let around = (1 - y * y).squareRoot()
            let angle = Float(index) * 2.399_963
            var p = bounds.centre + Vector(around * cos(angle), y, around * sin(angle)) * half
            for _ in 0..<8 {
                let distance = object.solid.distance(at: p)
                guard abs(distance) > 0.002 else { break }
                p -= object.solid.normal(at: p, spacing: 0.004) * distance
            }
            return object.world(p)
        }
    }

    /// Their mean, which stands for the centre of gravity.
    var centre: Vector { points.reduce(.zero, +) / Float(points.count) }

    /// Where the solid touches the ground it is lowered on: the mean of the points next to the lowest.
    var contact: Vector {
        let limit = lowest + 0.02
        let touching = points.filter { $0.y < limit }
        return touching.reduce(.zero, +) / Float(touching.count)
    }

    mutating func turn(by rotation: Rotation) {
        for index in points.indices { points[index] = rotation.outward(points[index]) }
    }

    mutating func move(by offset: Vector) {
        for index in points.indices { points[index] += offset }
    }

    /// Height of the lowest point.
    var lowest: Float { points.reduce(Float.infinity) { min($0, $1.y) } }

    /// The smallest distance from any point to a solid, negative where they overlap.
    func clearance(to object: SceneObject) -> Float {
        points.reduce(Float.infinity) { nearest, point in
            // Outside the ball around the solid the distance to the ball is bound enough.
            let toBall = (point - object.centre).length - object.radius
            return toBall < nearest ? min(nearest, object.distance(at: point)) : nearest
        }
    }
}
