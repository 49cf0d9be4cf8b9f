public import PomonaCore

/// What is wrong with a photo, or with what was asked for. The first value is the photo as the person knows it.
public enum ImagingError: PomonaError, Equatable {
    case missing(photo: String, path: String)
    case unreadable(photo: String, path: String, reason: String)
    case empty(photo: String)
    case tooManyBytes(photo: String, count: Int, limit: Int)
    /// The file is something that Pomona does not read; `found` says what, with its article.
    case notAPhoto(photo: String, found: String)
    case tooManyPixels(photo: String, size: ImageSize, limit: Int)
    case sideTooLong(photo: String, size: ImageSize, limit: Int)
    /// The photo breaks off or contradicts itself.
    case damaged(photo: String, format: PhotoFormat, reason: String)
    /// An intact file in a variant of its format that has no meaning as a photo here.
    case unsupportedVariant(photo: String, format: PhotoFormat, found: String)
    case outOfMemory(photo: String?, size: ImageSize)
    case qualityOutOfRange(Int)
    /// The image could not be written in the format.
    case notEncoded(format: PhotoFormat, size: ImageSize, reason: String)
    case libraryUnavailable(reason: String)

    public var code: String {
        switch self {
        case .missing: "photoMissing"
        case .unreadable: "photoUnreadable"
        case .empty: "photoEmpty"
        case .tooManyBytes: "photoTooManyBytes"
        case .notAPhoto: "notAPhoto"
        case .tooManyPixels, .sideTooLong: "photoTooLarge"
        case .damaged: "photoDamaged"
        case .unsupportedVariant: "photoVariantUnsupported"
        case .outOfMemory: "outOfMemory"
        case .qualityOutOfRange: "qualityOutOfRange"
        case .notEncoded: "imageNotEncoded"
        case .libraryUnavailable: "imagingLibraryUnavailable"
        }
    }

    public var message: String {
        switch self {
        case .missing(let photo, let path):
            photo == path ? "there is no photo \(photo)" : "photo \(photo) is missing: there is no file \(path)"
        case .unreadable(let photo, let path, let reason):
            "photo \(photo) cannot be read\(photo == path ? "" : " from \(path)"): \(reason)"
        case .empty(let photo):
            "photo \(photo) is empty: it has no bytes"
        case .tooManyBytes(let photo, let count, let limit):
            "photo \(photo) has \(count) bytes; at most \(limit) are allowed"
        case .notAPhoto(let photo, let found):
            "\(photo) is \(found), not a photo in one of the formats \(PhotoFormat.list)"
        case .tooManyPixels(let photo, let size, let limit):
            "photo \(photo) is \(size), which is \(size.area) pixels; at most \(limit) are allowed"
        case .sideTooLong(let photo, let size, let limit):
            "photo \(photo) is \(size); each side may have at most \(limit) pixels"
        case .damaged(let photo, let format, let reason):
            "photo \(photo) is damaged or cut short (\(format.name): \(reason))"
        case .unsupportedVariant(let photo, let format, let found):
            "photo \(photo) is a \(format.name) file with \(found), which is not supported"
        case .outOfMemory(let photo, let size):
            "there is not enough memory for \(photo.map { "photo \($0)" } ?? "an image") of \(size) pixels"
        case .qualityOutOfRange(let quality):
            "quality \(quality) is outside 1...100"
        case .notEncoded(let format, let size, let reason):
            "an image of \(size) pixels could not be written as \(format.name): \(reason)"
        case .libraryUnavailable(let reason):
            "photos cannot be read: \(reason)"
        }
    }

    public var hint: String? {
        switch self {
        case .empty, .damaged: "Copy the photo again from where it came from."
        case .notAPhoto, .unsupportedVariant: "Convert it to JPEG or PNG."
        case .tooManyBytes, .tooManyPixels, .sideTooLong: "Scale the photo down or save it with stronger compression."
        case .libraryUnavailable: "Install libvips 8.14 or newer (Debian, Ubuntu: apt install libvips-dev)."
        case .missing, .unreadable, .outOfMemory, .qualityOutOfRange, .notEncoded: nil
        }
    }

    public var kind: ErrorKind {
        switch self {
        case .missing: .missing
        case .outOfMemory, .libraryUnavailable: .resource
        case .qualityOutOfRange: .usage
        case .unreadable, .empty, .tooManyBytes, .notAPhoto, .tooManyPixels, .sideTooLong, .damaged,
            .unsupportedVariant,
            .notEncoded:
            .badData
        }
    }
}
