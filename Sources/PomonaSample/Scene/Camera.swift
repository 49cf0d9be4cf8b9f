import Foundation
import PomonaCore

/// A pinhole camera.
struct Camera {
    var position: Vector
    var right: Vector
    var up: Vector
    var forward: Vector
    /// Tangent of half the angle that the picture's height spans.
    var halfHeight: Float

    /// A camera that looks at a point.
    ///
    /// - Parameter roll: How far it is turned about its line of sight, in radians.
    init(position: Vector, target: Vector, halfHeight: Float, roll: Float) {
        self.position = position
        self.halfHeight = halfHeight
        forward = (target - position).normalized
        let level = cross(forward, [0, 1, 0])
        // Straight down there is no horizon to be level with.
        let side: Vector = level.lengthSquared > 1e-6 ? level.normalized : [1, 0, 0]
        let top = cross(side, forward)
        right = side * cos(roll) + top * sin(roll)
        up = top * cos(roll) - side * sin(roll)
    }

    /// The ray through a place of the picture, in pixels from its top left corner.
    func ray(through place: SIMD2<Float>, of size: ImageSize) -> Ray {
        let scale = 2 * halfHeight / Float(size.height)
        let x = (place.x - Float(size.width) * 0.5) * scale
        let y = (Float(size.height) * 0.5 - place.y) * scale
        return Ray(origin: position, direction: (forward + right * x + up * y).normalized)
    }

    /// Where a point appears, in half picture heights from the middle, x to the right and y up; `nil` for a point
    /// behind the camera.
    func project(_ point: Vector) -> SIMD2<Float>? {
        let seen = point - position
        let depth = dot(seen, forward) * halfHeight
        guard depth > 1e-3 else { return nil }
        return SIMD2(dot(seen, right), dot(seen, up)) / depth
    }

    /// Width of a pixel per unit of distance.
    func footprint(of size: ImageSize) -> Float { 2 * halfHeight / Float(size.height) }
}
