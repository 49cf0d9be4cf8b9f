import CVips
public import PomonaCore

/// How an image is written.
public enum ImageEncoding: Equatable, Sendable {
    /// Quality 1...100.
    case jpeg(quality: Int = 90)
    case png
    /// Lossy WebP, quality 1...100.
    case webp(quality: Int = 80)

    public var format: PhotoFormat {
        switch self {
        case .jpeg: .jpeg
        case .png: .png
        case .webp: .webp
        }
    }

    private func checkedQuality() throws(ImagingError) -> Int32 {
        switch self {
        case .jpeg(let quality), .webp(let quality):
            guard (1...100).contains(quality) else { throw .qualityOutOfRange(quality) }
            return Int32(quality)
        case .png:
            return 100
        }
    }

    fileprivate func encode(_ image: RGBImage) throws(ImagingError) -> [UInt8] {
        let quality = try checkedQuality()
        var encoded: UnsafeMutablePointer<UInt8>?
        var count: Int64 = 0
        defer { cvips_free(encoded) }
        do {
            try VipsCall.run { message, capacity in
                image.pixels.withUnsafeBufferPointer {
                    cvips_encode(
                        $0.baseAddress, Int32(image.width), Int32(image.height), format.vipsCode, quality, &encoded,
                        &count, message, capacity)
                }
            }
        } catch {
            throw switch error.cause {
            case .notStarted: .libraryUnavailable(reason: error.reason)
            case .failed, .unsupported, .outOfMemory:
                .notEncoded(format: format, size: image.size, reason: error.reason)
            }
        }
        return [UInt8](UnsafeBufferPointer(start: encoded, count: Int(count)))
    }
}

extension RGBImage {
    /// The image as the bytes of a file, without metadata.
    ///
    /// - Throws: ``ImagingError`` for a quality out of range, or where the format does not hold so large an image:
    ///   JPEG ends at 65,500 pixels a side, WebP at 16,383.
    public func encoded(as encoding: ImageEncoding) throws -> [UInt8] {
        try encoding.encode(self)
    }
}
