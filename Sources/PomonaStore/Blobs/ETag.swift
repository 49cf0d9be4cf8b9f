/// The version of a thing: it changes with every change, and no two versions share it.
public struct ETag: RawRepresentable, Hashable, Codable, Sendable, CustomStringConvertible {
    /// The tag without the quotation marks that HTTP puts around it, such as `0x8DC1F3A94B7E21D0`.
    public let rawValue: String

    public init(rawValue: String) {
        self.rawValue = rawValue
    }

    public var description: String { rawValue }

    /// A new tag. It is random rather than counted: after a backup is restored a counter would give tags a second time that
    /// clients may still hold for what was lost.
    public static func fresh() -> ETag {
        let digits = String(UInt64.random(in: .min ... .max), radix: 16, uppercase: true)
        return ETag(rawValue: "0x" + String(repeating: "0", count: 16 - digits.count) + digits)
    }
}
