/// An axis-aligned block in an object's own frame that holds all of the object.
struct Bounds {
    var lower: Vector
    var upper: Vector

    var centre: Vector { (lower + upper) * 0.5 }

    /// Radius of the sphere about `centre` that holds the block.
    var radius: Float { (upper - lower).length * 0.5 }

    init(lower: Vector, upper: Vector) {
        self.lower = lower
        self.upper = upper
    }

    /// The smallest block around balls given by centre and radius.
    init(around balls: [(centre: Vector, radius: Float)]) {
        lower = Vector(repeating: .infinity)
        upper = Vector(repeating: -.infinity)
        for ball in balls {
            lower = pointwiseMin(lower, ball.centre - ball.radius)
            upper = pointwiseMax(upper, ball.centre + ball.radius)
        }
    }

    func expanded(by margin: Float) -> Bounds { Bounds(lower: lower - margin, upper: upper + margin) }

    /// The part of a ray inside the block as `(enter, leave)`; outside it where `enter > leave`.
    func interval(of ray: Ray) -> (enter: Float, leave: Float) {
        // A component of exactly zero would turn 0 * infinity into a NaN for a ray that runs along a face.
        let tiny = Vector(repeating: 1e-9)
        let inverse = 1 / ray.direction.replacing(with: tiny, where: ray.direction .== 0)
        let a = (lower - ray.origin) * inverse
        let b = (upper - ray.origin) * inverse
        return (pointwiseMin(a, b).max(), pointwiseMax(a, b).min())
    }
}
