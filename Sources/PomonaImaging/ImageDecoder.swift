import CVips
public import PomonaCore

public struct DecodedPhoto { public var image: RGBImage; public var originalSize: ImageSize }
public struct ImageDecoder {
    public init() {}
    public func decode(file: String, fittingWithin fit: ImageSize) throws -> DecodedPhoto {
        var pixels: UnsafeMutablePointer<UInt8>?
        var (w, h, ow, oh): (Int32, Int32, Int32, Int32) = (0, 0, 0, 0)
        guard cvips_decode_file(file, Int32(fit.width), Int32(fit.height), &pixels, &w, &h, &ow, &oh) == 0, let pixels
        else { throw Unreadable() }
        defer { cvips_free(pixels) }
        let size = ImageSize(width: Int(w), height: Int(h))
        return DecodedPhoto(
            image: RGBImage(size: size, pixels: Array(UnsafeBufferPointer(start: pixels, count: size.area * 3))),
            originalSize: ImageSize(width: Int(ow), height: Int(oh)))
    }
    struct Unreadable: Error {}
}
extension ImageDecoder {
    public func decodeSquare(_ bytes: UnsafeRawBufferPointer, side: Int, into pixels: UnsafeMutablePointer<UInt8>)
        -> Bool
    {
        cvips_decode_square(bytes.bindMemory(to: UInt8.self).baseAddress, Int64(bytes.count), Int32(side), pixels) == 0
    }
}
