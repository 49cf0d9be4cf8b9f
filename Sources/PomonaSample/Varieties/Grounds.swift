import PomonaCore

/// Tables, cloths, tiles and stones to put things on.
enum Grounds {
    static func pattern(_ generator: inout SeededGenerator) -> GroundPattern {
        switch generator.index(below: 12) {
        case 0, 1: table(&generator)
        case 2, 3, 4: wood(&generator)
        case 5, 6, 7: .cloth(cloth(&generator))
        case 8: tiles(&generator)
        case 9: marble(&generator)
        default: stone(&generator)
        }
    }

    /// What may stand behind the table: no pattern that only makes sense underfoot.
    static func wall(_ generator: inout SeededGenerator) -> GroundPattern {
        switch generator.index(below: 6) {
        case 0: tiles(&generator)
        case 1: wood(&generator)
        case 2: stone(&generator)
        case 3: .cloth(cloth(&generator))
        default: table(&generator)
        }
    }

    /// The colour the ground throws back, for light from below: the mean over a few places.
    static func meanAlbedo(of pattern: GroundPattern) -> Vector {
        var sum = Vector.zero
        for row in 0..<6 {
            for column in 0..<6 {
                let place = SIMD2(Float(column) * 0.37 - 1, Float(row) * 0.41 - 1)
                sum += pattern.finish(at: place, footprint: 0.3).albedo
            }
        }
        return sum / 36
    }

    private static func table(_ generator: inout SeededGenerator) -> GroundPattern {
        let isPale = generator.chance(0.6)
        let colour = Colour.hsv(
            generator.float(0, 1), isPale ? generator.float(0, 0.12) : generator.float(0.05, 0.65),
            isPale ? generator.float(0.75, 0.97) : generator.float(0.12, 0.8))
        return .table(
            PlainTable(
                colour: colour, clouds: generator.float(0, 0.25), roughness: generator.float(0.12, 0.9),
                seed: generator.bits()))
    }

    private static func wood(_ generator: inout SeededGenerator) -> GroundPattern {
        let (light, dark) = generator.pick([
            (Colour.sRGB(214, 172, 118), Colour.sRGB(150, 100, 56)),
            (Colour.sRGB(178, 124, 74), Colour.sRGB(98, 58, 30)),
            (Colour.sRGB(120, 78, 50), Colour.sRGB(54, 32, 22)),
            (Colour.sRGB(226, 204, 168), Colour.sRGB(182, 150, 108)),
            (Colour.sRGB(150, 138, 124), Colour.sRGB(84, 76, 68)),
        ])
        return .wood(
            WoodGrain(
                light: generator.near(light, by: 0.15), dark: generator.near(dark, by: 0.2),
                plankWidth: generator.logarithmic(0.7, 4), plankLength: generator.float(6, 14),
                rings: generator.float(2, 6), variety: generator.float(0.1, 0.5),
                joint: generator.chance(0.8) ? generator.float(0.5, 1) : 0,
                roughness: generator.float(0.3, 0.75), seed: generator.bits()))
    }

    private static func cloth(_ generator: inout SeededGenerator) -> Cloth {
        let hue = generator.float(0, 1)
        let isWhite = generator.chance(0.5)
        let colour =
            isWhite
            ? Colour.hsv(hue, generator.float(0, 0.08), generator.float(0.82, 0.95))
            : Colour.hsv(hue, generator.float(0.1, 0.75), generator.float(0.25, 0.85))
        let design: Cloth.Design = generator.pick([.plain, .plain, .gingham, .stripes, .dots])
        return Cloth(
            design: design, colour: colour,
            second: Colour.hsv(
                isWhite ? generator.float(0, 1) : hue + generator.float(-0.1, 0.1),
                generator.float(0.1, 0.8), generator.float(0.25, 0.9)),
            repeatWidth: generator.logarithmic(0.15, 0.9), thread: generator.float(0.008, 0.022),
            folds: generator.float(0.02, 0.22), seed: generator.bits())
    }

    private static func tiles(_ generator: inout SeededGenerator) -> GroundPattern {
        let width = generator.logarithmic(0.5, 2.2)
        let isBrick = generator.chance(0.4)
        return .tiles(
            Tiles(
                colour: Colour.hsv(
                    generator.float(0, 1), generator.float(0, generator.chance(0.3) ? 0.5 : 0.15),
                    generator.float(0.35, 0.95)),
                grout: Colour.hsv(generator.float(0.05, 0.15), generator.float(0, 0.15), generator.float(0.3, 0.8)),
                width: SIMD2(isBrick ? width * 2 : width, width), offset: isBrick ? 0.5 : 0,
                groutWidth: generator.float(0.02, 0.07), variety: generator.float(0.02, 0.25),
                roughness: generator.float(0.1, 0.5), seed: generator.bits()))
    }

    private static func marble(_ generator: inout SeededGenerator) -> GroundPattern {
        let (light, dark, vein) = generator.pick([
            (Colour.sRGB(238, 236, 232), Colour.sRGB(206, 206, 208), Colour.sRGB(120, 122, 128)),
            (Colour.sRGB(226, 208, 180), Colour.sRGB(196, 170, 136), Colour.sRGB(130, 92, 58)),
            (Colour.sRGB(60, 62, 66), Colour.sRGB(30, 32, 36), Colour.sRGB(190, 188, 180)),
            (Colour.sRGB(70, 104, 84), Colour.sRGB(36, 62, 50), Colour.sRGB(180, 200, 184)),
        ])
        return .marble(
            Marble(
                light: light, dark: dark, vein: vein, scale: generator.logarithmic(0.25, 0.8),
                veins: generator.float(0.4, 0.9), roughness: generator.float(0.08, 0.35), seed: generator.bits()))
    }

    private static func stone(_ generator: inout SeededGenerator) -> GroundPattern {
        let colour = Colour.hsv(generator.float(0.04, 0.16), generator.float(0, 0.25), generator.float(0.2, 0.85))
        return .stone(
            Stone(
                colour: colour,
                grain: Colour.hsv(generator.float(0, 1), generator.float(0, 0.3), generator.float(0.1, 0.9)),
                density: generator.logarithmic(3, 30), grainSize: generator.float(0.12, 0.4),
                contrast: generator.float(0.2, 0.9), stains: generator.float(0.1, 0.8),
                roughness: generator.float(0.25, 1), seed: generator.bits()))
    }
}
