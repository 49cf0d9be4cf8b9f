/// Stone, concrete or terrazzo: stains at several scales and grains of other tones.
struct Stone {
    var colour: Vector
    var grain: Vector
    /// Grains per decimetre, their size in cells (0...0.5) and how much they stand out.
    var density: Float
    var grainSize: Float
    var contrast: Float
    var stains: Float
    var roughness: Float
    var seed: UInt32

    func finish(at p: SIMD2<Float>, footprint: Float) -> PlaneFinish {
        let stain = Noise.fractal(Vector(p.x * 0.9, 0, p.y * 0.9), octaves: 5, seed: seed) - 0.5
        let speck = Noise.speck(near: Vector(p.x * density, 0.5, p.y * density), seed: seed &+ 1)
        let size = grainSize * (0.4 + speck.identity)
        let visible = resolved(detail: size / density, footprint: footprint * 0.5)
        let soft = max(0.04, footprint * density * 0.7)
        let inside = visible * contrast * (1 - smoothstep(size - soft, size + soft, speck.distance))
        let tone = Noise.value(Vector(speck.identity * 61, 0, 0), seed: seed &+ 2)
        let albedo = mix(colour, mix(grain, colour * 1.3, tone), inside) * (1 + stains * stain)
        let rough = Noise.value(Vector(p.x * 40, 0, p.y * 40), seed: seed &+ 3) - 0.5
        let bumps = rough * 0.25 * roughness * resolved(detail: 1 / 40, footprint: footprint)
        return PlaneFinish(albedo: albedo, slope: SIMD2(bumps, -bumps), roughness: roughness)
    }
}
