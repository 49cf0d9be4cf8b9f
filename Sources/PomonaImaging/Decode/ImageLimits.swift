import PomonaCore

/// How large a photo may be. What goes beyond is refused before any pixel is decoded.
public struct ImageLimits: Equatable, Sendable {
    /// Bytes of the encoded photo.
    public var bytes: Int

    /// Width times height. A decoded pixel takes 3 bytes, and some encodings need several times that while decoding.
    public var pixels: Int

    /// Pixels along each side.
    public var side: Int

    /// 20 MiB, as Azure's Vision service allows; 250 megapixels, more than any phone takes; 65,535 along a side,
    /// which is where JPEG ends.
    public init(bytes: Int = 20 * 1024 * 1024, pixels: Int = 250_000_000, side: Int = 65_535) {
        self.bytes = bytes
        self.pixels = pixels
        self.side = side
    }

    func check(byteCount: Int, of photo: String) throws(ImagingError) {
        if byteCount == 0 { throw .empty(photo: photo) }
        if byteCount > bytes { throw .tooManyBytes(photo: photo, count: byteCount, limit: bytes) }
    }

    func check(_ header: PhotoHeader, of photo: String) throws(ImagingError) {
        let size = header.size
        if max(size.width, size.height) > side { throw .sideTooLong(photo: photo, size: size, limit: side) }
        if size.area > pixels { throw .tooManyPixels(photo: photo, size: size, limit: pixels) }
    }
}
