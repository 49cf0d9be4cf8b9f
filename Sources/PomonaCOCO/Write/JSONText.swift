import Foundation

/// JSON as it is written, byte by byte.
struct JSONText {
    private(set) var bytes: [UInt8] = []

    init() { bytes.reserveCapacity(1 << 17) }

    mutating func removeAll() { bytes.removeAll(keepingCapacity: true) }

    /// Appends what is JSON already.
    mutating func raw(_ text: String) { bytes.append(contentsOf: text.utf8) }

    mutating func integer(_ value: Int) { raw(String(value)) }

    /// The fewest digits that mean the number, which must be finite.
    mutating func number(_ value: Double) { raw(value.shown) }

    /// A text in quotes. Everything beyond ASCII stays as it is.
    mutating func text(_ text: String) {
        bytes.append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"):
                bytes.append(UInt8(ascii: "\\"))
                bytes.append(byte)
            case 0..<0x20, 0x7F:
                let digits = String(byte, radix: 16)
                raw("\\u" + String(repeating: "0", count: 4 - digits.count) + digits)
            default: bytes.append(byte)
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }
}

extension CharacterSet {
    /// What may stand in the path of an address as it is.
    static let pathOfAddress = CharacterSet(
        charactersIn: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/")
}
