public import PomonaCore

/// Turns encoded photos into upright 8-bit sRGB images.
///
/// JPEG, PNG, GIF, WebP and TIFF are decoded by libvips, BMP by ``Bitmap``. The bytes decide the format, never a file
/// name. Of animations and documents with several pages the first one counts. EXIF orientation is applied; CMYK,
/// 16-bit, grey and palette images and embedded ICC profiles become 8-bit sRGB, transparency becomes white.
///
/// A decoder is a value without state. Its calls block the calling thread and may run side by side on any number of
/// threads; each uses about one core. All errors are ``ImagingError`` and name the photo.
public struct ImageDecoder: Sendable {
    public let limits: ImageLimits

    public init(limits: ImageLimits = ImageLimits()) {
        self.limits = limits
    }

    /// The format of what may be a photo, by its first bytes alone. No decoder sees it, so nothing in it can do harm.
    ///
    /// - Parameter name: How messages call the photo.
    public func format(of bytes: UnsafeRawBufferPointer, named name: String) throws -> PhotoFormat {
        try limits.check(byteCount: bytes.count, of: name)
        guard let format = PhotoFormat(signatureOf: bytes) else {
            throw ImagingError.notAPhoto(photo: name, found: ForeignFormat.name(of: bytes))
        }
        return format
    }

    /// Format and size of a photo, without decoding its pixels: damage further back goes unnoticed.
    ///
    /// - Parameter name: How messages call the photo.
    public func probe(_ bytes: UnsafeRawBufferPointer, named name: String) throws -> PhotoHeader {
        let format = try format(of: bytes, named: name)
        let header =
            switch format {
            case .bmp: try Bitmap.probe(bytes, named: name)
            default: try VipsPhoto(bytes: bytes, format: format, name: name).header()
            }
        try limits.check(header, of: name)
        return header
    }

    /// Decodes a photo.
    ///
    /// - Parameters:
    ///   - name: How messages call the photo.
    ///   - bound: The image is scaled down, keeping its proportions, until it fits in; it is never enlarged. This is
    ///     much faster and takes less memory than decoding the whole photo and scaling it down afterwards.
    public func decode(
        _ bytes: UnsafeRawBufferPointer, named name: String, fittingWithin bound: ImageSize? = nil
    ) throws -> DecodedPhoto {
        let header = try probe(bytes, named: name)
        let size = bound.map { header.size.fitted(within: $0) } ?? header.size
        let image =
            switch header.format {
            case .bmp: try Bitmap.decode(bytes, named: name).resized(to: size)
            default: try VipsPhoto(bytes: bytes, format: header.format, name: name).decode(header, to: size)
            }
        return DecodedPhoto(image: image, originalSize: header.size, format: header.format)
    }

    /// Format and size of a photo in memory; see ``probe(_:named:)-(UnsafeRawBufferPointer,_)``.
    public func probe(_ bytes: [UInt8], named name: String) throws -> PhotoHeader {
        try bytes.withUnsafeBytes { try probe($0, named: name) }
    }

    /// Decodes a photo in memory.
    public func decode(
        _ bytes: [UInt8], named name: String, fittingWithin bound: ImageSize? = nil
    ) throws -> DecodedPhoto {
        try bytes.withUnsafeBytes { try decode($0, named: name, fittingWithin: bound) }
    }

    /// Format and size of the photo in a file.
    ///
    /// - Parameter name: How messages call the photo; by default its path.
    public func probe(path: String, named name: String? = nil) throws -> PhotoHeader {
        let name = name ?? path
        return try probe(PhotoFile(path: path, name: name).read(atMost: limits.bytes), named: name)
    }

    /// Decodes the photo in a file.
    public func decode(
        path: String, named name: String? = nil, fittingWithin bound: ImageSize? = nil
    ) throws -> DecodedPhoto {
        let name = name ?? path
        let bytes = try PhotoFile(path: path, name: name).read(atMost: limits.bytes)
        return try decode(bytes, named: name, fittingWithin: bound)
    }
}
