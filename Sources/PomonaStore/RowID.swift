/// The number of a row in the catalog, typed by what the row is, so that a model's cannot be given for a dataset's.
public struct RowID<Row>: RawRepresentable, Hashable, Comparable, Codable, Sendable, CustomStringConvertible {
    public let rawValue: Int64

    public init(rawValue: Int64) {
        self.rawValue = rawValue
    }

    public init(from decoder: any Decoder) throws {
        rawValue = try decoder.singleValueContainer().decode(Int64.self)
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(rawValue)
    }

    public static func < (a: RowID, b: RowID) -> Bool { a.rawValue < b.rawValue }

    public var description: String { String(rawValue) }
}
