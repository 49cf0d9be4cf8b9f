import PomonaCore

/// Apples as an orchard grows them: the colours of known varieties, shapes from flat to tall.
enum Apples {
    private struct Variety {
        var ground: Vector
        var blush: Vector
        var coverage: ClosedRange<Float>
        var streaks: ClosedRange<Float>
        var dots: ClosedRange<Float>
        var likelihood: Double
    }

    private static let varieties = [
        // Deep red all over.
        Variety(
            ground: Colour.sRGB(176, 96, 48), blush: Colour.sRGB(132, 16, 22), coverage: 0.75...1.1,
            streaks: 0.1...0.5, dots: 0.3...0.9, likelihood: 0.3),
        // Bright red, one side yellow or green.
        Variety(
            ground: Colour.sRGB(206, 190, 82), blush: Colour.sRGB(176, 32, 30), coverage: 0.5...0.85,
            streaks: 0.3...0.9, dots: 0.2...0.8, likelihood: 0.25),
        // Orange-red stripes over yellow.
        Variety(
            ground: Colour.sRGB(220, 176, 84), blush: Colour.sRGB(200, 62, 38), coverage: 0.45...0.75,
            streaks: 0.7...1.2, dots: 0.1...0.6, likelihood: 0.15),
        // Green.
        Variety(
            ground: Colour.sRGB(120, 154, 52), blush: Colour.sRGB(170, 150, 60), coverage: 0.0...0.2,
            streaks: 0.0...0.2, dots: 0.3...0.8, likelihood: 0.2),
        // Golden, sometimes with a rosy cheek.
        Variety(
            ground: Colour.sRGB(206, 196, 84), blush: Colour.sRGB(214, 120, 70), coverage: 0.05...0.35,
            streaks: 0.0...0.3, dots: 0.3...0.9, likelihood: 0.1),
    ]

    static func solid(_ generator: inout SeededGenerator) -> Solid {
        .apple(shape(&generator), skin(&generator))
    }

    private static func shape(_ generator: inout SeededGenerator) -> AppleShape {
        let radius = generator.float(0.36, 0.46)
        let bend = generator.heading() * generator.float(0, 0.2)
        return AppleShape(
            radius: radius, tallness: generator.float(0.95, 1.28), shoulder: generator.float(0.33, 0.43),
            foot: generator.float(0.16, 0.26), bulges: generator.float(0.005, 0.04),
            lean: generator.heading() * generator.float(0, 0.09),
            stemLength: generator.float(0.2, 0.52), stemBend: bend)
    }

    private static func skin(_ generator: inout SeededGenerator) -> AppleSkin {
        let variety = pickVariety(&generator)
        return AppleSkin(
            ground: generator.near(variety.ground, by: 0.15), blush: generator.near(variety.blush, by: 0.25),
            coverage: generator.float(variety.coverage.lowerBound, variety.coverage.upperBound),
            sunSide: generator.direction(),
            streaks: generator.float(variety.streaks.lowerBound, variety.streaks.upperBound),
            dots: generator.float(variety.dots.lowerBound, variety.dots.upperBound),
            dotSize: generator.float(0.07, 0.15),
            stem: generator.near(generator.pick([Colour.sRGB(84, 58, 34), Colour.sRGB(104, 92, 44)]), by: 0.3),
            russet: generator.float(0.2, 0.85), roughness: generator.float(0.1, 0.32), seed: generator.bits())
    }

    private static func pickVariety(_ generator: inout SeededGenerator) -> Variety {
        var rest = generator.unit()
        for variety in varieties.dropLast() {
            rest -= variety.likelihood
            if rest < 0 { return variety }
        }
        return varieties[varieties.count - 1]
    }
}
