/// A lacquered or laminated top of one colour, with faint clouds and dust.
struct PlainTable {
    var colour: Vector
    var clouds: Float
    var roughness: Float
    var seed: UInt32

    func finish(at p: SIMD2<Float>, footprint: Float) -> PlaneFinish {
        let cloud = Noise.fractal(Vector(p.x * 0.5, 0, p.y * 0.5), octaves: 3, seed: seed)
        let grain = Noise.value(Vector(p.x * 30, 0, p.y * 30), seed: seed &+ 1) - 0.5
        let visible = resolved(detail: 1 / 30, footprint: footprint)
        return PlaneFinish(
            albedo: colour * (1 + clouds * (cloud - 0.5) + 0.06 * grain * visible), roughness: roughness)
    }
}
