import PomonaCore
import PomonaImaging
import Testing

@Suite("Decoding to a smaller size")
struct ScaledDecodingTests {
    private static let scene = RGBImage.scene(640, 427)

    @Test(
        "The image fits the bound, keeps its proportions and looks like the whole photo scaled down",
        arguments: [ImageEncoding.jpeg(quality: 95), .png, .webp(quality: 95)],
        [(416, 416), (320, 64), (213, 900), (79, 79), (40, 40), (1, 1)])
    func fits(encoding: ImageEncoding, bound: (Int, Int)) throws {
        let bytes = try Self.scene.encoded(as: encoding)
        let bound = ImageSize(width: bound.0, height: bound.1)
        let photo = try ImageDecoder().decode(bytes, named: "scene", fittingWithin: bound)
        #expect(photo.originalSize == Self.scene.size)
        #expect(photo.image.size == Self.scene.size.fitted(within: bound))
        #expect(photo.image.meanDifference(to: try Self.scene.resized(to: photo.image.size)) < 4)
    }

    @Test("A photo that fits already is not enlarged")
    func neverEnlarged() throws {
        let bound = ImageSize(width: 1000, height: 1000)
        let photo = try ImageDecoder().decode(Fixture.bytes("rgb.png"), named: "rgb.png", fittingWithin: bound)
        #expect(photo.image == (try Fixture.decoded("rgb.png")))
    }

    @Test("Photos of one pixel in a direction can be scaled", arguments: [(1, 700), (700, 1), (1, 1)])
    func thin(size: (Int, Int)) throws {
        let line = RGBImage(size: ImageSize(width: size.0, height: size.1), filledWith: 77)
        for encoding in [ImageEncoding.jpeg(), .png, .webp()] {
            let photo = try ImageDecoder().decode(
                line.encoded(as: encoding), named: "line", fittingWithin: ImageSize(width: 64, height: 64))
            #expect(photo.image.size == line.size.fitted(within: ImageSize(width: 64, height: 64)))
            #expect(photo.image.pixels.allSatisfy { abs(Int($0) - 77) <= 2 })
        }
    }
}
