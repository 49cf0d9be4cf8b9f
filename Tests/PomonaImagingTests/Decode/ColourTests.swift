import PomonaCore
import PomonaImaging
import Testing

@Suite("Colours of decoded photos")
struct ColourTests {
    /// 1/2, 0 and 1/4 opaque, over white; the first quarter is opaque.
    private static let overWhite: [SIMD3<Int>] = [[220, 40, 40], [147, 217, 157], [255, 255, 255], [251, 244, 201]]
    private static let greyOverWhite: [SIMD3<Int>] = [20, 172, 255, 249].map { SIMD3(repeating: $0) }
    private static let bilevel: [SIMD3<Int>] = [0, 0, 255, 255].map { SIMD3(repeating: $0) }

    @Test(
        "Colour photos come out in their colours",
        arguments: [
            "rgb.png", "rgb-16.png", "palette.png", "progressive.jpg", "lossy.webp", "lzw.tif", "deflate.tif",
            "palette.tif", "broken-profile.png",
        ])
    func colour(name: String) throws {
        // Chroma at quarter resolution and 8-bit YUV move lossy colours a little.
        let tolerance = name == "lossy.webp" ? 8 : 4
        #expect(areClose(try Fixture.decoded(name).quarters, Fixture.colors, within: tolerance))
    }

    @Test(
        "Grey photos come out as grey of the same lightness",
        arguments: ["grey.jpg", "grey.png", "grey-16.png", "grey-16.tif", "wrong-profile.png"])
    func grey(name: String) throws {
        #expect(areClose(try Fixture.decoded(name).quarters, Fixture.greys, within: 1))
    }

    @Test("Photos of two tones come out black and white", arguments: ["bilevel.png", "fax.tif"])
    func twoTones(name: String) throws {
        #expect(try Fixture.decoded(name).quarters == Self.bilevel)
    }

    @Test("Transparency becomes white", arguments: ["alpha.png", "alpha.webp", "alpha.tif"])
    func alpha(name: String) throws {
        #expect(areClose(try Fixture.decoded(name).quarters, Self.overWhite, within: 2))
    }

    @Test("A transparent colour of a palette and grey with alpha become white")
    func otherAlpha() throws {
        var expected = Fixture.colors
        expected[0] = [255, 255, 255]
        #expect(areClose(try Fixture.decoded("palette-alpha.png").quarters, expected, within: 2))
        #expect(areClose(try Fixture.decoded("grey-alpha.png").quarters, Self.greyOverWhite, within: 2))
    }

    @Test("CMYK photos keep their hues", arguments: ["cmyk.jpg", "cmyk.tif"])
    func cmyk(name: String) throws {
        // Inks are duller than screens, so the hue counts and not the number.
        let quarters = try Fixture.decoded(name).quarters
        let strongest = quarters.map { color in (0..<3).max { color[$0] < color[$1] } }
        #expect(Array(strongest.prefix(3)) == [0, 1, 2])
        let yellow = quarters[3]
        #expect(min(yellow.x, yellow.y) > 150 && yellow.z < 120)
    }

    @Test("An embedded profile of wider colours is converted to sRGB")
    func wideProfile() throws {
        let quarters = try Fixture.decoded("wide.png").quarters
        // Display P3's (200, 100, 100) and (100, 180, 110) by the matrices of both spaces; white and grey stay.
        #expect(areClose(quarters, [[213, 96, 96], [58, 182, 106], [128, 128, 128], [255, 255, 255]], within: 8))
        #expect(quarters[0].x > 205 && quarters[1].x < 85)
    }

    @Test("Floating point samples, which have no agreed range, are refused by name")
    func floatingPoint() throws {
        let bytes = try Fixture.bytes("float.tif")
        #expect(
            throws: ImagingError.unsupportedVariant(
                photo: "float.tif", format: .tiff, found: "1 band of float samples")
        ) {
            try ImageDecoder().decode(bytes, named: "float.tif")
        }
    }

    @Test("Of animations and pages the first counts", arguments: ["animation.gif", "animation.webp", "pages.tif"])
    func firstFrame(name: String) throws {
        let photo = try ImageDecoder().decode(Fixture.bytes(name), named: name)
        #expect(photo.originalSize == ImageSize(width: 48, height: 32))
        #expect(areClose(photo.image.quarters, Fixture.colors, within: 4))
    }
}
