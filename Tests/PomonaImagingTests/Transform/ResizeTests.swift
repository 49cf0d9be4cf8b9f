import PomonaCore
import PomonaImaging
import Testing

@Suite("Resizing, fitting and cropping")
struct ResizeTests {
    @Test(
        "Resizing gives what Pillow's bicubic resampling gives, but for rounding",
        arguments: ["12x9", "50x40", "31x8", "7x46", "1x1"])
    func likePillow(size: String) throws {
        let expected = try Fixture.decoded("busy-\(size).png")
        let resized = try Fixture.decoded("busy-31x23.png").resized(to: expected.size)
        // Pillow rounds to whole values between its two passes.
        #expect(resized.greatestDifference(to: expected) <= 2)
    }

    @Test("An even image stays even at any size", arguments: [(1, 1), (3, 200), (200, 3), (97, 31), (640, 480)])
    func even(size: (Int, Int)) throws {
        let image = RGBImage(size: ImageSize(width: 64, height: 48), filledWith: 201)
        let resized = try image.resized(to: ImageSize(width: size.0, height: size.1))
        #expect(resized == RGBImage(size: ImageSize(width: size.0, height: size.1), filledWith: 201))
    }

    @Test("Extreme reductions count every pixel")
    func extremeReduction() throws {
        let size = ImageSize(width: 3000, height: 2)
        let half = [UInt8](repeating: 0, count: 1500 * 3) + [UInt8](repeating: 200, count: 1500 * 3)
        let image = try RGBImage(size: size, pixels: half + half).resized(to: ImageSize(width: 1, height: 1))
        #expect(areClose([image[0, 0]], [[100, 100, 100]], within: 1))
    }

    @Test(
        "The fitted size keeps proportions, fits, and has no empty side",
        arguments: [
            (
                ImageSize(width: 1024, height: 768), ImageSize(width: 416, height: 416),
                ImageSize(width: 416, height: 312)
            ),
            (
                ImageSize(width: 768, height: 1024), ImageSize(width: 640, height: 416),
                ImageSize(width: 312, height: 416)
            ),
            (ImageSize(width: 100, height: 50), ImageSize(width: 416, height: 416), ImageSize(width: 100, height: 50)),
            (ImageSize(width: 5000, height: 3), ImageSize(width: 10, height: 10), ImageSize(width: 10, height: 1)),
        ])
    func fitted(size: ImageSize, bound: ImageSize, expected: ImageSize) {
        #expect(size.fitted(within: bound) == expected)
    }

    @Test("Cropping takes every pixel that the box touches")
    func crop() throws {
        let image = try Fixture.decoded("rgb.png")
        let cut = try #require(image.cropped(to: Box(xMin: 23.2, yMin: 14.9, xMax: 25.1, yMax: 17)))
        #expect(cut.size == ImageSize(width: 3, height: 3))
        #expect(cut[0, 0] == image[23, 14] && cut[2, 2] == image[25, 16])
    }

    @Test("Cropping outside the image gives nothing, and an overhang is cut off")
    func cropOutside() throws {
        let image = try Fixture.decoded("rgb.png")
        #expect(image.cropped(to: Box(xMin: 48, yMin: 0, xMax: 60, yMax: 10)) == nil)
        let cut = try #require(image.cropped(to: Box(xMin: -5, yMin: 30, xMax: 2, yMax: 99)))
        #expect(cut.size == ImageSize(width: 2, height: 2))
    }
}
