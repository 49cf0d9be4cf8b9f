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
            colour: generator.near(mix(Colour.sRGB(246, 158, 26), Colour.sRGB(224, 96, 10), depth), by: 0.08),
            pale: generator.near(mix(Colour.sRGB(238, 176, 50), Colour.sRGB(228, 124, 24), depth), by: 0.08),
            paleness: generator.float(0, 0.9), tinge: generator.chance(0.4) ? generator.float(0.1, 0.7) : 0,
            poreDensity: generator.float(16, 26), poreDepth: generator.float(0.25, 0.6),
            roughness: generator.float(0.32, 0.5), seed: generator.bits())
        return .orange(shape, peel)
    }
}
