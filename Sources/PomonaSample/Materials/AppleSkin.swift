/// The skin of an apple: a ground colour, a blush with streaks from stem to foot, pale dots, a russet dimple.
struct AppleSkin {
    var ground: Vector
    var blush: Vector
    /// How much of the apple is blushed, 0...1, and on which side most.
    var coverage: Float
    var sunSide: Vector
    /// Strength of the streaks: 0 a smooth blush, 1 striped.
    var streaks: Float
    /// Strength and size of the pale dots.
    var dots: Float
    var dotSize: Float
    var stem: Vector
    var russet: Float
    var roughness: Float
    var seed: UInt32

    private static let calyx = Colour.sRGB(66, 46, 26)
    private static let rust = Colour.sRGB(140, 104, 52)

    /// - Parameters:
    ///   - q: The point in units of the apple's radius.
    ///   - footprint: Width of a pixel there, in the same unit.
    func surface(at q: Vector, normal: Vector, isStem: Bool, footprint: Float) -> Surface {
        guard !isStem else {
            let grain = Noise.value(q * Vector(20, 6, 20), seed: seed)
            return Surface(albedo: stem * (0.6 + 0.7 * grain), normal: normal, roughness: 0.7)
        }
        let around = (q.x * q.x + q.z * q.z).squareRoot()
        var albedo = mix(ground, blush, blushShare(q, around: around))
        let mottle = Noise.fractal(q * 3.1, octaves: 3, seed: seed &+ 5)
        albedo *= 0.82 + 0.36 * mottle
        albedo = withDots(albedo, q, footprint: footprint)
        if q.y > 0 {
            let rim = 0.2 + 0.16 * Noise.value(q * 7, seed: seed &+ 3)
            albedo = mix(albedo, Self.rust, russet * (1 - smoothstep(rim * 0.35, rim, around)))
        } else {
            albedo = mix(albedo, Self.calyx, 1 - smoothstep(0.07, 0.15, around))
        }
        return Surface(
            albedo: albedo, normal: normal, roughness: roughness + 0.08 * mottle, reflectance: 0.06,
            translucency: 0.08)
    }

    private func blushShare(_ q: Vector, around: Float) -> Float {
        let meridian = SIMD2(q.x, q.z) / max(around, 1e-3)
        let direction = q.normalized
        var share =
            coverage + 0.3 * dot(direction, sunSide) + 0.5 * (Noise.fractal(q * 1.7, octaves: 2, seed: seed) - 0.5)
        // Streaks run along meridians; they crowd together, and end, in the dimples.
        let broad = Noise.value(Vector(meridian.x * 7, q.y * 0.9, meridian.y * 7), seed: seed &+ 1) - 0.5
        let fine = Noise.fractal(Vector(meridian.x * 21, q.y * 1.7, meridian.y * 21), octaves: 3, seed: seed &+ 2) - 0.5
        share += streaks * (0.4 * broad + 0.9 * fine) * smoothstep(0.05, 0.4, around)
        if q.y > 0 { share -= 0.35 * (1 - smoothstep(0.05, 0.4, around)) * (1 - 0.6 * coverage) }
        return smoothstep(0.18, 0.82, share)
    }

    private func withDots(_ albedo: Vector, _ q: Vector, footprint: Float) -> Vector {
        let density: Float = 11
        let speck = Noise.speck(near: q * density, seed: seed &+ 4)
        let size = dotSize * (0.5 + speck.identity)
        let visible = resolved(detail: size / density, footprint: footprint * 0.5)
        let share = dots * visible * (1 - smoothstep(size * 0.5, size, speck.distance))
        return mix(albedo, mix(albedo, ground, 0.6) + 0.12, share)
    }
}
