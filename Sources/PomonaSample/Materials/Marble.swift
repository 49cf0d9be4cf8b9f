/// Polished marble: clouds of two tones and veins where folded noise crosses its middle.
struct Marble {
    var light: Vector
    var dark: Vector
    var vein: Vector
    /// Veins per decimetre, roughly, and their strength.
    var scale: Float
    var veins: Float
    var roughness: Float
    var seed: UInt32

    func finish(at p: SIMD2<Float>, footprint: Float) -> PlaneFinish {
        let q = Vector(p.x * scale, 0.5, p.y * scale)
        let cloud = Noise.fractal(q * 0.8, octaves: 4, seed: seed)
        let warp = Vector(cloud, 0, Noise.fractal(q * 0.9, octaves: 3, seed: seed &+ 1)) * 1.6
        var albedo = mix(light, dark, smoothstep(0.35, 0.75, cloud))
        let broad = crease(q * 0.55 + warp, sharpness: 9, seed: seed &+ 2)
        let fine = crease(q * 1.7 + warp * 1.5, sharpness: 16, seed: seed &+ 3)
        albedo = mix(albedo, vein, veins * clamp(0.75 * broad + 0.4 * fine * cloud * 2, 0, 1))
        return PlaneFinish(albedo: albedo, roughness: roughness)
    }

    /// 1 on the lines where noise crosses 0.5, falling off to both sides.
    private func crease(_ p: Vector, sharpness: Float, seed: UInt32) -> Float {
        let away = abs(Noise.fractal(p, octaves: 2, seed: seed) - 0.5) * sharpness
        return 1 / (1 + away * away * away)
    }
}
