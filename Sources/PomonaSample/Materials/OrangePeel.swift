/// The peel of an orange: pores that dent the normal, slow changes of hue, a green tinge and a button at the stem.
struct OrangePeel {
    var colour: Vector
    /// Hue of the patches that ripened less, and how many they are.
    var pale: Vector
    var paleness: Float
    /// Green around the button, 0...1.
    var tinge: Float
    /// Pores per radius, and their depth.
    var poreDensity: Float
    var poreDepth: Float
    var roughness: Float
    var seed: UInt32

    private static let green = Colour.sRGB(112, 130, 40)
    private static let button = Colour.sRGB(110, 104, 58)
    private static let navel = Colour.sRGB(150, 88, 28)

    /// - Parameters:
    ///   - q: The point in units of the orange's radius.
    ///   - footprint: Width of a pixel there, in the same unit.
    func surface(at q: Vector, normal: Vector, isButton: Bool, footprint: Float) -> Surface {
        guard !isButton else {
            let grain = Noise.value(q * 40, seed: seed)
            return Surface(albedo: Self.button * (0.5 + 0.8 * grain), normal: normal, roughness: 0.8)
        }
        let patches = Noise.fractal(q * 1.9, octaves: 3, seed: seed &+ 1)
        var albedo = mix(colour, pale, paleness * smoothstep(0.35, 0.75, patches))
        albedo *= 0.9 + 0.2 * Noise.fractal(q * 6, octaves: 2, seed: seed &+ 2)
        let around = (q.x * q.x + q.z * q.z).squareRoot()
        if q.y > 0 {
            albedo = mix(albedo, Self.green, tinge * (1 - smoothstep(0.08, 0.45, around)))
        } else {
            albedo = mix(albedo, Self.navel, 0.8 * (1 - smoothstep(0.025, 0.06, around)))
        }
        let pore = Noise.speck(near: q * poreDensity, seed: seed &+ 3)
        let visible = resolved(detail: 1 / poreDensity, footprint: footprint)
        let hollow = visible * (1 - smoothstep(0.1, 0.5, pore.distance))
        albedo *= 1 - 0.12 * hollow
        // The wall of a pore faces its middle.
        let slope =
            visible * poreDepth * smoothstep(0.05, 0.3, pore.distance) * (1 - smoothstep(0.3, 0.55, pore.distance))
        let tilted = normal + pore.offset / max(pore.distance, 1e-3) * slope
        return Surface(albedo: albedo, normal: tilted.normalized, roughness: roughness, translucency: 0.15)
    }
}
