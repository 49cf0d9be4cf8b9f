import PomonaCore
import PomonaImaging
import Testing

@Suite("ImageLimits")
struct ImageLimitsTests {
    @Test("A small file that claims thousands of millions of pixels is refused before decoding")
    func bomb() throws {
        let bytes = try Fixture.bytes("bomb.png")
        let size = ImageSize(width: 60_000, height: 60_000)
        #expect(throws: ImagingError.tooManyPixels(photo: "bomb.png", size: size, limit: 250_000_000)) {
            try ImageDecoder().decode(bytes, named: "bomb.png", fittingWithin: ImageSize(width: 64, height: 64))
        }
    }

    @Test("A TIFF with one tile far larger than its photo is an error, not gigabytes of memory")
    func tileBomb() throws {
        let bytes = try Fixture.bytes("tile-bomb.tif")
        #expect(throws: ImagingError.self) { try ImageDecoder().decode(bytes, named: "tile-bomb.tif") }
    }

    @Test("Bytes, pixels and sides beyond the limits are refused, exactly at the limit they pass")
    func limits() throws {
        let bytes = try Fixture.bytes("rgb.png")
        let size = ImageSize(width: 48, height: 32)
        func decode(_ limits: ImageLimits) throws { _ = try ImageDecoder(limits: limits).decode(bytes, named: "p") }

        try decode(ImageLimits(bytes: bytes.count, pixels: size.area, side: 48))
        #expect(throws: ImagingError.tooManyBytes(photo: "p", count: bytes.count, limit: bytes.count - 1)) {
            try decode(ImageLimits(bytes: bytes.count - 1))
        }
        #expect(throws: ImagingError.tooManyPixels(photo: "p", size: size, limit: size.area - 1)) {
            try decode(ImageLimits(pixels: size.area - 1))
        }
        #expect(throws: ImagingError.sideTooLong(photo: "p", size: size, limit: 47)) {
            try decode(ImageLimits(side: 47))
        }
    }

    @Test("The limits hold for BMP and for files as well")
    func elsewhere() throws {
        let bitmap = BitmapBuilder(width: 40, height: 30, bitsPerPixel: 24).bytes
        #expect(throws: ImagingError.sideTooLong(photo: "b", size: ImageSize(width: 40, height: 30), limit: 39)) {
            try ImageDecoder(limits: ImageLimits(side: 39)).decode(bitmap, named: "b")
        }
        #expect(throws: ImagingError.tooManyBytes(photo: "rgb", count: 146, limit: 100)) {
            try ImageDecoder(limits: ImageLimits(bytes: 100)).decode(path: Fixture.path("rgb.png"), named: "rgb")
        }
    }
}
