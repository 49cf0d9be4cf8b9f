/// The encodings of photos that Pomona reads.
public enum PhotoFormat: String, CaseIterable, Codable, Sendable {
    case jpeg, png, gif, webp, tiff, bmp

    /// The format whose signature the bytes begin with; `nil` for anything else, whatever a file name says.
    public init?(signatureOf bytes: UnsafeRawBufferPointer) {
        if bytes.starts(with: [0xFF, 0xD8, 0xFF]) {
            self = .jpeg
        } else if bytes.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) {
            self = .png
        } else if bytes.holds("GIF87a") || bytes.holds("GIF89a") {
            self = .gif
        } else if bytes.holds("RIFF"), bytes.holds("WEBP", at: 8) {
            self = .webp
        } else if Self.isTIFF(bytes) {
            self = .tiff
        } else if bytes.holds("BM"), bytes.count >= 18, bytes[15] == 0, bytes[16] == 0, bytes[17] == 0 {
            // The second header's length follows, one of 12...124; two letters alone would also begin a text.
            self = .bmp
        } else {
            return nil
        }
    }

    /// Little or big endian, classic (42) or with 64-bit offsets (43). Some cameras' raw files begin the same way and
    /// say what they are at byte 8.
    private static func isTIFF(_ bytes: UnsafeRawBufferPointer) -> Bool {
        let isTIFF =
            bytes.starts(with: [0x49, 0x49, 42, 0]) || bytes.starts(with: [0x49, 0x49, 43, 0])
            || bytes.starts(with: [0x4D, 0x4D, 0, 42]) || bytes.starts(with: [0x4D, 0x4D, 0, 43])
        return isTIFF && !bytes.holds("CR\u{2}", at: 8)
    }

    /// The format's name as people write it.
    public var name: String {
        switch self {
        case .jpeg: "JPEG"
        case .png: "PNG"
        case .gif: "GIF"
        case .webp: "WebP"
        case .tiff: "TIFF"
        case .bmp: "BMP"
        }
    }

    /// The registered media type, for example `image/jpeg`.
    public var mediaType: String { "image/\(rawValue)" }

    /// The endings of file names, lower case and without the dot, the usual one first.
    public var fileExtensions: [String] {
        switch self {
        case .jpeg: ["jpg", "jpeg", "jpe", "jfif"]
        case .tiff: ["tif", "tiff"]
        case .bmp: ["bmp", "dib"]
        case .png, .gif, .webp: [rawValue]
        }
    }

    /// All names in a sentence.
    static var list: String {
        let names = allCases.map(\.name)
        return names.dropLast().joined(separator: ", ") + " and " + (names.last ?? "")
    }
}

extension UnsafeRawBufferPointer {
    /// Whether the bytes from `offset` on are the ASCII text.
    func holds(_ text: StaticString, at offset: Int = 0) -> Bool {
        count >= offset + text.utf8CodeUnitCount
            && self[offset...].starts(with: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }
}
