import PomonaCore
import PomonaImaging
import Testing

@Suite("Orientation")
struct OrientationTests {
    @Test("Every EXIF orientation of a JPEG comes out upright", arguments: 1...8)
    func jpeg(orientation: Int) throws {
        let name = "orientation-\(orientation).jpg"
        let photo = try ImageDecoder().decode(Fixture.bytes(name), named: name)
        #expect(photo.originalSize == ImageSize(width: 48, height: 32))
        #expect(photo.image.size == photo.originalSize)
        #expect(areClose(photo.image.quarters, Fixture.colors, within: 4))
    }

    @Test("PNG, WebP and TIFF carry an orientation too", arguments: ["png", "webp", "tif"])
    func otherFormats(suffix: String) throws {
        let image = try Fixture.decoded("orientation-6.\(suffix)")
        #expect(image.size == ImageSize(width: 48, height: 32))
        #expect(areClose(image.quarters, Fixture.colors, within: 4))
    }

    @Test("The header tells the upright size and the size as stored", arguments: 1...8)
    func header(orientation: Int) throws {
        let name = "orientation-\(orientation).jpg"
        let header = try ImageDecoder().probe(Fixture.bytes(name), named: name)
        #expect(header.size == ImageSize(width: 48, height: 32))
        #expect(header.orientation == orientation)
        let stored = orientation >= 5 ? ImageSize(width: 32, height: 48) : ImageSize(width: 48, height: 32)
        #expect(header.storedSize == stored)
    }

    @Test("A photo scaled down while it is decoded is upright as well", arguments: 1...8)
    func scaled(orientation: Int) throws {
        let name = "orientation-\(orientation).jpg"
        let bound = ImageSize(width: 18, height: 100)
        let photo = try ImageDecoder().decode(Fixture.bytes(name), named: name, fittingWithin: bound)
        #expect(photo.image.size == ImageSize(width: 18, height: 12))
        #expect(photo.originalSize == ImageSize(width: 48, height: 32))
        #expect(areClose(photo.image.quarters, Fixture.colors, within: 6))
    }
}
