import Foundation
import PomonaCore

/// Chooses where the camera stands so that the things fill a given part of the picture.
struct Framing {
    /// Width of the picture against its height.
    let aspectRatio: Float
    /// Height of the camera over the things, as an angle above the ground.
    var elevation: Float
    /// Tangent of half the angle that the picture's height spans.
    var halfHeight: Float
    /// Share of the picture's width or height, whichever is tighter, that the things span.
    var fill: Float
    /// Where the things' middle is to appear, as shares (-1...1) of what the picture leaves free around them.
    var shift: SIMD2<Float>
    var roll: Float

    init(aspectRatio: Float, subjects: Int, _ generator: inout SeededGenerator) {
        self.aspectRatio = aspectRatio
        elevation = generator.chance(0.2) ? generator.float(0.9, 1.45) : generator.float(0.18, 0.9)
        halfHeight = generator.logarithmic(0.22, 0.5)
        fill = subjects == 1 ? generator.float(0.35, 0.85) : generator.float(0.5, 0.95)
        let strays: Float = generator.chance(0.15) ? 1.6 : 0.8
        shift = SIMD2(generator.float(-strays, strays), generator.float(-strays, strays))
        roll = Float(generator.normal()) * 0.03
    }

    /// - Parameter points: What is to be seen, in the scene's frame.
    func camera(on points: [Vector]) -> Camera {
        let centre = points.reduce(Vector.zero, +) / Float(max(points.count, 1))
        let towards = Vector(0, sin(elevation), cos(elevation))
        var (distance, target) = (Float(6), centre)
        for _ in 0..<6 {
            let camera = Camera(
                position: target + towards * distance, target: target, halfHeight: halfHeight, roll: roll)
            let (lower, upper) = extent(of: points, camera)
            let span = (upper - lower) * 0.5
            // Shares of the picture's half height and width.
            let filled = max(span.y, span.x / aspectRatio)
            let free = SIMD2(max(aspectRatio - span.x, 0.1), max(1 - span.y, 0.1))
            let off = (lower + upper) * 0.5 - shift * free
            target += (camera.right * off.x + camera.up * off.y) * (distance * halfHeight)
            distance = clamp(distance * filled / fill, 1.2, 40)
        }
        return Camera(position: target + towards * distance, target: target, halfHeight: halfHeight, roll: roll)
    }

    private func extent(of points: [Vector], _ camera: Camera) -> (lower: SIMD2<Float>, upper: SIMD2<Float>) {
        var lower = SIMD2<Float>(repeating: .infinity)
        var upper = -lower
        for place in points.compactMap(camera.project) {
            lower = pointwiseMin(lower, place)
            upper = pointwiseMax(upper, place)
        }
        return lower.x <= upper.x ? (lower, upper) : (.zero, .zero)
    }
}
