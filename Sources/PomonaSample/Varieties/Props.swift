import PomonaCore

/// Balls, boxes and cups in colours that do not make them fruits: no plain red, orange, yellow or green balls.
enum Props {
    static func solid(_ kind: ObjectKind, _ generator: inout SeededGenerator) -> Solid {
        switch kind {
        case .box: box(&generator)
        case .cup: cup(&generator)
        default: ball(&generator)
        }
    }

    private static func ball(_ generator: inout SeededGenerator) -> Solid {
        let isStriped = generator.chance(0.6)
        let hue = isStriped ? generator.float(0, 1) : generator.float(0.5, 0.9)
        let paint = Paint(
            colour: Colour.hsv(hue, generator.float(0.5, 0.9), generator.float(0.5, 0.95)),
            second: Colour.hsv(hue + generator.float(0.2, 0.8), generator.float(0, 0.3), generator.float(0.7, 0.95)),
            bands: isStriped ? generator.direction() * generator.float(2.2, 4.5) : .zero,
            share: generator.float(0.3, 0.6), roughness: generator.float(0.15, 0.7), seed: generator.bits())
        return .ball(BallShape(radius: generator.float(0.22, 0.5)), paint)
    }

    private static func box(_ generator: inout SeededGenerator) -> Solid {
        let half = Vector(generator.float(0.25, 0.6), generator.float(0.15, 0.6), generator.float(0.2, 0.5))
        let isBanded = generator.chance(0.5)
        let paint = Paint(
            colour: Colour.hsv(generator.float(0, 1), generator.float(0, 0.8), generator.float(0.3, 0.9)),
            second: Colour.hsv(generator.float(0, 1), generator.float(0, 0.5), generator.float(0.5, 0.95)),
            bands: isBanded ? Vector(0, generator.float(0.6, 1.4) / half.y, 0) : .zero,
            share: generator.float(0.2, 0.5), roughness: generator.float(0.3, 0.9), seed: generator.bits())
        return .box(BoxShape(halfExtent: half, rounding: generator.float(0.015, 0.08)), paint)
    }

    private static func cup(_ generator: inout SeededGenerator) -> Solid {
        let shape = CupShape(
            radius: generator.float(0.36, 0.46), foot: generator.float(0.7, 1),
            halfHeight: generator.float(0.36, 0.52), wall: generator.float(0.045, 0.07))
        let isBanded = generator.chance(0.4)
        let paint = Paint(
            colour: Colour.hsv(generator.float(0, 1), generator.float(0, 0.7), generator.float(0.35, 0.95)),
            second: Colour.hsv(generator.float(0, 1), generator.float(0.1, 0.7), generator.float(0.3, 0.9)),
            bands: isBanded ? Vector(0, generator.float(1.2, 4), 0) : .zero,
            share: generator.float(0.15, 0.5), roughness: generator.float(0.1, 0.4), seed: generator.bits())
        return .cup(shape, paint)
    }
}
