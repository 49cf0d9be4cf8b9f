import Foundation

/// A point or direction in the scene (decimetres, y upwards, the ground at y = 0), or a linear-light colour.
typealias Vector = SIMD3<Float>

extension SIMD3<Float> {
    var lengthSquared: Float { x * x + y * y + z * z }
    var length: Float { lengthSquared.squareRoot() }

    /// The direction of this vector; `self` must not be zero.
    var normalized: Vector { self / length }

    /// Perceived brightness of a linear-light colour (Rec. 709 weights).
    var luminance: Float { 0.2126 * x + 0.7152 * y + 0.0722 * z }

    /// This direction mirrored at a surface.
    func reflected(at normal: Vector) -> Vector { self - 2 * dot(self, normal) * normal }
}

extension SIMD2<Float> {
    var length: Float { (x * x + y * y).squareRoot() }
}

func dot(_ a: Vector, _ b: Vector) -> Float { a.x * b.x + a.y * b.y + a.z * b.z }

func cross(_ a: Vector, _ b: Vector) -> Vector {
    Vector(a.y * b.z - a.z * b.y, a.z * b.x - a.x * b.z, a.x * b.y - a.y * b.x)
}

func mix(_ a: Float, _ b: Float, _ share: Float) -> Float { a + (b - a) * share }

func mix(_ a: Vector, _ b: Vector, _ share: Float) -> Vector { a + (b - a) * share }

func clamp(_ value: Float, _ lower: Float, _ upper: Float) -> Float { min(max(value, lower), upper) }

/// 0 up to `lower`, 1 from `upper` on, and a smooth rise between.
func smoothstep(_ lower: Float, _ upper: Float, _ value: Float) -> Float {
    let t = clamp((value - lower) / (upper - lower), 0, 1)
    return t * t * (3 - 2 * t)
}

/// cos(5 angle) from cos(angle), by the Chebyshev polynomial: five-fold shapes without a trigonometric call.
func fiveFold(cosine c: Float) -> Float {
    let square = c * c
    return c * (square * (16 * square - 20) + 5)
}
