import PomonaCore

/// Bananas from green to spotted, from nearly straight to well bent.
enum Bananas {
    static func solid(_ generator: inout SeededGenerator) -> Solid {
        let ripeness = generator.float(0, 1)
        return .banana(shape(&generator, ripeness: ripeness), peel(&generator, ripeness: ripeness))
    }

    private static func shape(_ generator: inout SeededGenerator, ripeness: Float) -> BananaShape {
        let halfAngle = generator.float(0.5, 0.95)
        let length = generator.float(1.55, 2.05)
        return BananaShape(
            bend: length / (2 * halfAngle), halfAngle: halfAngle, unwinding: generator.float(-0.1, 0.3),
            thickness: generator.float(0.165, 0.205), edges: generator.float(0.4, 0.9) * (1 - 0.4 * ripeness),
            swerve: generator.float(-0.08, 0.08), stem: generator.float(0.28, 0.38))
    }

    /// - Parameter ripeness: 0 picked green, 0.4 yellow with green ends, 1 spotted.
    private static func peel(_ generator: inout SeededGenerator, ripeness: Float) -> BananaPeel {
        let unripe = 1 - smoothstep(0.08, 0.3, ripeness)
        let ripe = smoothstep(0.55, 1, ripeness)
        return BananaPeel(
            yellow: generator.near(mix(Colour.sRGB(232, 198, 48), Colour.sRGB(222, 172, 44), ripe), by: 0.1),
            greenness: unripe * generator.float(0.4, 0.95),
            greenEnds: (1 - ripe) * generator.float(0.2, 0.8),
            spots: ripe * generator.float(0.1, 0.9) + generator.float(0, 0.08),
            spotSize: generator.float(0.6, 1.6), scuffs: generator.float(0, 0.5) + 0.4 * ripe,
            brownTip: generator.float(0.05, 0.11), brownStem: generator.float(0.03, 0.12),
            roughness: generator.float(0.3, 0.5), seed: generator.bits())
    }
}
