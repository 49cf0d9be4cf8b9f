import PomonaCore

/// Oranges and their near relations, from pale to deep.
enum Oranges {
    static func solid(_ generator: inout SeededGenerator) -> Solid {
        let shape = OrangeShape(
            radius: generator.float(0.34, 0.46), tallness: generator.float(0.88, 1.02),
            dip: generator.float(-0.02, 0.06), creases: generator.float(0, 0.02),
            unevenness: generator.float(0, 0.05))
        let depth = generator.float(0, 1)
        let peel = OrangePeel(
            colour: generator.near(mix(Colour.sRGB(238, 138, 16), Colour.sRGB(220, 86, 6), depth), by: 0.06),
            pale: generator.near(mix(Colour.sRGB(236, 156, 36), Colour.sRGB(224, 108, 16), depth), by: 0.06),
            paleness: generator.float(0, 0.8), tinge: generator.chance(0.4) ? generator.float(0.1, 0.7) : 0,
            poreDensity: generator.float(24, 40), poreDepth: generator.float(0.15, 0.45),
            roughness: generator.float(0.26, 0.42), seed: generator.bits())
        return .orange(shape, peel)
    }
}
