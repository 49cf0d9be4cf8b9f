/// The peel of a banana between green and brown-spotted.
struct BananaPeel {
    var yellow: Vector
    /// Green of the whole peel and, more, of its two ends; 0...1.
    var greenness: Float
    var greenEnds: Float
    /// Number and size of the brown spots; 0 none.
    var spots: Float
    var spotSize: Float
    /// Rubbed streaks along the body, 0...1.
    var scuffs: Float
    /// How far the tip's and the stem's brown reach along the body.
    var brownTip: Float
    var brownStem: Float
    var roughness: Float
    var seed: UInt32

    private static let green = Colour.sRGB(118, 148, 42)
    private static let brown = Colour.sRGB(92, 58, 24)
    private static let dark = Colour.sRGB(44, 30, 18)

    /// - Parameters:
    ///   - p: The point in decimetres.
    ///   - place: The same point's place in the tube.
    ///   - edge: How near it is to one of the five edges, 0...1.
    ///   - footprint: Width of a pixel there, in decimetres.
    func surface(at p: Vector, place: BananaShape.Place, edge: Float, normal: Vector, footprint: Float) -> Surface {
        let along = place.along
        let patches = Noise.fractal(p * 2.3, octaves: 3, seed: seed)
        let ends = smoothstep(0.3, 0.85, along) + 0.7 * smoothstep(0.62, 0.95, -along)
        let green = clamp(greenness * (0.7 + 0.6 * patches) + greenEnds * ends + 0.15 * greenness * edge, 0, 1)
        var albedo = mix(yellow, Self.green, green)
        albedo *= 0.86 + 0.2 * patches + 0.08 * Noise.value(p * 45, seed: seed &+ 6)
        // Along the edges the peel is thicker and a little darker.
        albedo *= 1 - 0.1 * edge
        albedo = mix(albedo, Self.brown, scuffed(along, place.across) * scuffs * 0.75)
        albedo = mix(albedo, Self.brown * 0.8, spotted(p, footprint: footprint))
        let ragged = 0.06 * (Noise.value(p * 18, seed: seed &+ 5) - 0.5)
        let tip = smoothstep(1 - brownTip, 1 - brownTip * 0.55, -along + ragged)
        let cut = smoothstep(1 - brownStem, 1 - brownStem * 0.4, along + ragged)
        albedo = mix(albedo, Self.dark, 0.95 * tip)
        albedo = mix(albedo, mix(Self.brown, Self.dark, 0.6), 0.9 * max(cut, place.beyond > 0.004 ? 1 : 0))
        return Surface(
            albedo: albedo, normal: normal, roughness: roughness + 0.3 * max(tip, cut), translucency: 0.15)
    }

    private func scuffed(_ along: Float, _ across: SIMD2<Float>) -> Float {
        let direction = across / max(across.length, 1e-4)
        let long = Noise.fractal(
            Vector(along * 3.2, direction.x * 4.5, direction.y * 4.5), octaves: 3, seed: seed &+ 1)
        let fine = Noise.value(Vector(along * 9, direction.x * 16, direction.y * 16), seed: seed &+ 2)
        return smoothstep(0.58, 0.8, long * 0.75 + fine * 0.3)
    }

    private func spotted(_ p: Vector, footprint: Float) -> Float {
        guard spots > 0 else { return 0 }
        let warp = Noise.value(p * 16, seed: seed &+ 4) - 0.5
        let density = 8 / spotSize
        let speck = Noise.speck(near: p * density, seed: seed &+ 3)
        guard speck.identity < spots else { return 0 }
        let size = 0.1 + 0.3 * speck.identity / spots
        let visible = resolved(detail: size / density, footprint: footprint * 0.5)
        return 0.85 * visible * (1 - smoothstep(size * 0.6, size, speck.distance + warp * 0.16))
    }
}
