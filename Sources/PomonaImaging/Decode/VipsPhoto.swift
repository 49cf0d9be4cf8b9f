import CVips
import PomonaCore

/// An encoded photo that libvips decodes.
struct VipsPhoto {
    /// Valid only while whoever made this value says so.
    let bytes: UnsafeRawBufferPointer
    let format: PhotoFormat
    let name: String

    func header() throws(ImagingError) -> PhotoHeader {
        var found = cvips_header()
        do {
            try VipsCall.run { message, capacity in
                cvips_read_header(start, Int64(bytes.count), format.vipsCode, &found, message, capacity)
            }
        } catch {
            throw imagingError(error, size: ImageSize(width: 0, height: 0))
        }
        let (width, height) = (Int(found.width), Int(found.height))
        let sideways = found.orientation >= 5
        return PhotoHeader(
            format: format,
            size: ImageSize(width: sideways ? height : width, height: sideways ? width : height),
            orientation: Int(found.orientation))
    }

    /// - Parameters:
    ///   - header: What ``header()`` returned.
    ///   - size: Of the result, at most `header.size`.
    func decode(_ header: PhotoHeader, to size: ImageSize) throws -> RGBImage {
        let stored = header.storedSize
        var head = cvips_header(
            width: Int32(stored.width), height: Int32(stored.height), orientation: Int32(header.orientation))
        let pixels = try [UInt8](unsafeUninitializedCapacity: size.area * 3) { buffer, count in
            do throws(VipsCall.Failure) {
                try VipsCall.run { message, capacity in
                    cvips_decode(
                        start, Int64(bytes.count), format.vipsCode, &head, Int32(size.width), Int32(size.height),
                        buffer.baseAddress, message, capacity)
                }
            } catch {
                throw imagingError(error, size: header.size)
            }
            count = size.area * 3
        }
        return RGBImage(size: size, pixels: pixels)
    }

    private var start: UnsafePointer<UInt8>? { bytes.assumingMemoryBound(to: UInt8.self).baseAddress }

    private func imagingError(_ failure: VipsCall.Failure, size: ImageSize) -> ImagingError {
        switch failure.cause {
        case .failed: .damaged(photo: name, format: format, reason: failure.reason)
        case .unsupported: .unsupportedVariant(photo: name, format: format, found: failure.reason)
        case .outOfMemory: .outOfMemory(photo: name, size: size)
        case .notStarted: .libraryUnavailable(reason: failure.reason)
        }
    }
}

extension PhotoFormat {
    /// The number that CVips knows the format by; 0, which it refuses, for the one that it does not read.
    var vipsCode: Int32 {
        switch self {
        case .jpeg: Int32(CVIPS_JPEG)
        case .png: Int32(CVIPS_PNG)
        case .gif: Int32(CVIPS_GIF)
        case .webp: Int32(CVIPS_WEBP)
        case .tiff: Int32(CVIPS_TIFF)
        case .bmp: 0
        }
    }
}
