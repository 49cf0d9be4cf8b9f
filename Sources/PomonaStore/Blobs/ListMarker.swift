import Foundation

/// Where a list goes on, as text that may stand in a URL and in XML.
enum ListMarker {
    /// With the first name after this one.
    case after(String)
    /// With the first name after all that begin with this prefix.
    case afterPrefix(String)

    /// - Throws: ``BlobError/invalidMarker(_:)`` for text that no list gave out.
    init(text: String) throws(BlobError) {
        let bytes = Data(base64URL: text) ?? Data()
        guard let kind = bytes.first, let name = String(bytes: bytes.dropFirst(), encoding: .utf8) else {
            throw .invalidMarker(text)
        }
        switch kind {
        case UInt8(ascii: "n"): self = .after(name)
        case UInt8(ascii: "p"): self = .afterPrefix(name)
        default: throw .invalidMarker(text)
        }
    }

    var text: String { (Data(kind.utf8) + Data(name.utf8)).base64URL }

    var name: String {
        switch self {
        case .after(let name), .afterPrefix(let name): name
        }
    }

    private var kind: String {
        switch self {
        case .after: "n"
        case .afterPrefix: "p"
        }
    }
}

extension String {
    /// The least text that comes after every text with this prefix in the order of UTF-8's bytes, `nil` where nothing does.
    var firstTextAfterAllWithThisPrefix: String? {
        var scalars = Array(unicodeScalars)
        while let last = scalars.popLast() {
            // The order of UTF-8 is the order of scalars; the surrogates' numbers in between are none.
            let next = last.value == 0xD7FF ? 0xE000 : last.value + 1
            if let scalar = Unicode.Scalar(next) {
                scalars.append(scalar)
                var text = String.UnicodeScalarView()
                text.append(contentsOf: scalars)
                return String(text)
            }
        }
        return nil
    }
}
