import PomonaCore
import PomonaImaging
import Testing

@Suite("Bitmap")
struct BitmapTests {
    private func decode(_ builder: BitmapBuilder) throws -> RGBImage {
        try ImageDecoder().decode(builder.bytes, named: "b.bmp").image
    }

    private static let black: SIMD3<Int> = [0, 0, 0]
    private static let white: SIMD3<Int> = [255, 255, 255]
    private static let red: SIMD3<Int> = [255, 0, 0]
    private static let green: SIMD3<Int> = [0, 255, 0]
    private static let blue: SIMD3<Int> = [0, 0, 255]

    @Test("24 bits are blue, green, red; rows come from the bottom and are padded")
    func bits24() throws {
        let rows: [UInt8] = [255, 0, 0, 0, 255, 0, 0, 0] + [0, 0, 255, 255, 255, 255, 0, 0]
        let image = try decode(BitmapBuilder(width: 2, height: 2, bitsPerPixel: 24, rows: rows))
        #expect([image[0, 0], image[1, 0], image[0, 1], image[1, 1]] == [Self.red, Self.white, Self.blue, Self.green])
    }

    @Test("A negative height means rows from the top")
    func topDown() throws {
        let rows: [UInt8] = [255, 0, 0, 0] + [0, 0, 255, 0]
        let image = try decode(BitmapBuilder(width: 1, height: -2, bitsPerPixel: 24, rows: rows))
        #expect([image[0, 0], image[0, 1]] == [Self.blue, Self.red])
    }

    @Test("The padding of the last row may be missing, a pixel may not")
    func lastRow() throws {
        var builder = BitmapBuilder(width: 1, height: 1, bitsPerPixel: 24, rows: [0, 255, 0])
        #expect(try decode(builder)[0, 0] == Self.green)
        builder.rows = [0, 255]
        #expect(throws: ImagingError.damaged(photo: "b.bmp", format: .bmp, reason: "the pixels end early")) {
            try decode(builder)
        }
    }

    @Test("1, 4 and 8 bits look their colours up, from the highest bits on", arguments: [12, 40, 124])
    func palettes(headerBytes: Int) throws {
        let palette: [[UInt8]] = [[0, 0, 0], [0, 0, 255], [0, 255, 0], [255, 0, 0]]
        let expected = [Self.blue, Self.green, Self.red]
        func image(_ bits: Int, _ row: [UInt8], _ colors: [[UInt8]]) throws -> [SIMD3<Int>] {
            // The oldest header has no room for a number of colours: its palettes are full.
            let full = headerBytes == 12 ? 1 << bits : colors.count
            let image = try decode(
                BitmapBuilder(
                    width: 3, height: 1, bitsPerPixel: bits, headerBytes: headerBytes,
                    palette: colors + Array(repeating: [9, 9, 9], count: full - colors.count), rows: row))
            return (0..<3).map { image[$0, 0] }
        }
        #expect(try image(8, [3, 2, 1, 0], palette) == expected)
        #expect(try image(4, [0x32, 0x10, 0, 0], palette) == expected)
        #expect(
            try image(1, [0b0100_0000, 0, 0, 0], [[0, 0, 0], [255, 255, 255]]) == [Self.black, Self.white, Self.black])
    }

    @Test("An index beyond the palette is an error that names both")
    func beyondPalette() {
        let builder = BitmapBuilder(
            width: 1, height: 1, bitsPerPixel: 8, palette: [[0, 0, 0], [1, 1, 1]], rows: [7, 0, 0, 0])
        #expect(
            throws: ImagingError.damaged(photo: "b.bmp", format: .bmp, reason: "a pixel has colour 7 of a palette of 2")
        ) { try decode(builder) }
    }

    @Test("16 bits without masks are 5 bits a colour, scaled to the full range")
    func bits16() throws {
        let rows: [UInt8] = [0x00, 0x7C, 0xE0, 0x03, 0x1F, 0x00, 0x10, 0x42]
        let image = try decode(BitmapBuilder(width: 4, height: 1, bitsPerPixel: 16, rows: rows))
        #expect((0..<3).map { image[$0, 0] } == [Self.red, Self.green, Self.blue])
        #expect(image[3, 0] == [132, 132, 132])
    }

    @Test("Bit fields stand behind an old header and inside a new one", arguments: [40, 52, 56, 108, 124])
    func bitFields(headerBytes: Int) throws {
        let builder = BitmapBuilder(
            width: 2, height: 1, bitsPerPixel: 16, compression: 3, headerBytes: headerBytes,
            masks: [0xF800, 0x07E0, 0x001F], rows: [0xE0, 0x07, 0x1F, 0xF8])
        let image = try decode(builder)
        #expect([image[0, 0], image[1, 0]] == [Self.green, [255, 0, 255]])
    }

    @Test("Fields wider than eight bits keep their highest ones")
    func wideFields() throws {
        let builder = BitmapBuilder(
            width: 1, height: 1, bitsPerPixel: 32, compression: 3,
            masks: [0x3FF0_0000, 0x000F_FC00, 0x0000_03FF], rows: [0xFF, 0x03, 0x08, 0x20])
        #expect(try decode(builder)[0, 0] == [128, 128, 255])
    }

    @Test("32 bits without masks pass over the fourth byte")
    func bits32() throws {
        let image = try decode(BitmapBuilder(width: 1, height: 1, bitsPerPixel: 32, rows: [255, 0, 0, 0]))
        #expect(image[0, 0] == Self.blue)
    }

    @Test("Alpha is laid over white, and an alpha of zero everywhere means none")
    func alpha() throws {
        var builder = BitmapBuilder(
            width: 2, height: 1, bitsPerPixel: 32, compression: 3, headerBytes: 124,
            masks: [0xFF_0000, 0xFF00, 0xFF, 0xFF00_0000], rows: [0, 0, 255, 128, 0, 0, 255, 0])
        let image = try decode(builder)
        #expect([image[0, 0], image[1, 0]] == [[255, 127, 127], Self.white])
        builder.rows = [0, 0, 255, 0, 255, 0, 0, 0]
        let opaque = try decode(builder)
        #expect([opaque[0, 0], opaque[1, 0]] == [Self.red, Self.blue])
    }

    private static let headerFaults: [(BitmapBuilder, String)] = [
        (BitmapBuilder(width: 0, height: 1, bitsPerPixel: 24), "a size of 0 x 1"),
        (BitmapBuilder(width: 4, height: 4, bitsPerPixel: 24, rows: [1, 2, 3]), "the pixels end early"),
        (BitmapBuilder(width: 1, height: 1, bitsPerPixel: 7), "7 bits a pixel; 1, 4, 8, 16, 24 or 32 would be right"),
        (BitmapBuilder(width: 1, height: 1, bitsPerPixel: 8), "there is no palette"),
        (BitmapBuilder(width: 1, height: 1, bitsPerPixel: 24, compression: 1), "compression 1 with 24 bits a pixel"),
        (
            BitmapBuilder(width: 1, height: 1, bitsPerPixel: 24, headerBytes: 41),
            "a header of 41 bytes; 12, 40, 52, 56, 108 or 124 would be right"
        ),
        (
            BitmapBuilder(width: 1, height: 1, bitsPerPixel: 16, compression: 3, masks: [0xF0F0, 0, 0]),
            "a colour mask with a gap, 0xf0f0"
        ),
    ]

    @Test("Faults in the header are named", arguments: 0..<headerFaults.count)
    func faultyHeader(index: Int) {
        let (builder, reason) = Self.headerFaults[index]
        #expect(throws: ImagingError.damaged(photo: "b.bmp", format: .bmp, reason: reason)) { try decode(builder) }
    }

    @Test("A size that no file could hold is refused by the limits, not by running out of memory")
    func hugeSize() {
        let builder = BitmapBuilder(width: 1 << 30, height: 1 << 30, bitsPerPixel: 24, rows: [])
        let size = ImageSize(width: 1 << 30, height: 1 << 30)
        #expect(throws: ImagingError.sideTooLong(photo: "b.bmp", size: size, limit: 65_535)) { try decode(builder) }
    }

    @Test(
        "JPEG and PNG inside a bitmap are refused by name",
        arguments: [(UInt32(4), "a JPEG inside"), (5, "a PNG inside")])
    func embedded(compression: UInt32, found: String) {
        let builder = BitmapBuilder(width: 1, height: 1, bitsPerPixel: 0, compression: compression, rows: [0])
        #expect(throws: ImagingError.unsupportedVariant(photo: "b.bmp", format: .bmp, found: found)) {
            try decode(builder)
        }
    }

    @Test("Decoding to a smaller size scales bitmaps as well")
    func scaled() throws {
        let bytes = BitmapBuilder(width: 40, height: 20, bitsPerPixel: 24).bytes
        let photo = try ImageDecoder().decode(bytes, named: "b", fittingWithin: ImageSize(width: 10, height: 10))
        #expect(photo.image == RGBImage(size: ImageSize(width: 10, height: 5), filledWith: 0))
        #expect(photo.originalSize == ImageSize(width: 40, height: 20))
    }

    @Test("Changed bytes and cut files give an image or an error, never a crash")
    func changedBytes() throws {
        let palette = (0..<16).map { [UInt8](repeating: UInt8($0), count: 3) }
        let builders = [
            BitmapBuilder(width: 5, height: 4, bitsPerPixel: 24),
            BitmapBuilder(width: 5, height: -4, bitsPerPixel: 32, headerBytes: 124),
            BitmapBuilder(width: 5, height: 4, bitsPerPixel: 4, palette: palette),
            BitmapBuilder(
                width: 5, height: 2, bitsPerPixel: 8, compression: 1, palette: palette,
                rows: [5, 1, 0, 0, 0, 3, 1, 2, 3, 0, 2, 4, 0, 1]),
            BitmapBuilder(
                width: 5, height: 2, bitsPerPixel: 4, compression: 2, palette: palette,
                rows: [5, 0x12, 0, 0, 0, 3, 0x12, 0x30, 2, 0x45, 0, 1]),
        ]
        let decoder = ImageDecoder(limits: ImageLimits(pixels: 1_000_000))
        for (kind, builder) in builders.enumerated() {
            let original = builder.bytes
            var generator = SeededGenerator(seed: 11, kind)
            for round in 0..<2000 {
                var bytes = original
                for _ in 0...generator.index(below: 3) {
                    bytes[2 + generator.index(below: bytes.count - 2)] = UInt8(generator.index(below: 256))
                }
                if round % 4 == 0 { bytes = Array(bytes.prefix(generator.index(below: bytes.count + 1))) }
                do {
                    let image = try decoder.decode(bytes, named: "b").image
                    #expect(image.pixels.count == image.size.area * 3)
                } catch let error as ImagingError {
                    #expect(!error.message.isEmpty)
                }
            }
        }
    }
}
