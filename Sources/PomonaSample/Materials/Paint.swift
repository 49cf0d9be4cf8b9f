/// The finish of things that are no fruit: one colour, or two in bands.
struct Paint {
    var colour: Vector
    var second: Vector
    /// Which way the bands run, in the thing's own frame, scaled by their number per decimetre; zero for one colour.
    var bands: Vector
    /// Share of a band that has the second colour, 0...1.
    var share: Float
    var roughness: Float
    var seed: UInt32

    /// - Parameter footprint: Width of a pixel at the point, in decimetres.
    func surface(at p: Vector, normal: Vector, footprint: Float) -> Surface {
        var albedo = colour
        if bands.lengthSquared > 0 {
            let phase = dot(p, bands)
            let within = phase - Float(floorInt(phase))
            // Distance into the second colour, softened over one pixel.
            let inside = share * 0.5 - abs(within - 0.5)
            let soft = footprint * bands.length * 0.7 + 1e-3
            albedo = mix(colour, second, smoothstep(-soft, soft, inside))
        }
        albedo *= 0.94 + 0.12 * Noise.fractal(p * 4, octaves: 2, seed: seed)
        return Surface(albedo: albedo, normal: normal, roughness: roughness)
    }
}
