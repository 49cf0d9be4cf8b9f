import Foundation
import GRDB

extension Date {
    /// The time as rows keep it: whole milliseconds since 1970, UTC.
    var milliseconds: Int64 { Int64((timeIntervalSince1970 * 1_000).rounded()) }

    init(milliseconds: Int64) {
        self.init(timeIntervalSince1970: Double(milliseconds) / 1_000)
    }
}

extension Row {
    func date(_ column: String) -> Date { Date(milliseconds: self[column]) }

    func optionalDate(_ column: String) -> Date? { (self[column] as Int64?).map { Date(milliseconds: $0) } }

    func id<Thing>(_ column: String) -> RowID<Thing> { RowID(rawValue: self[column]) }

    func optionalID<Thing>(_ column: String) -> RowID<Thing>? { (self[column] as Int64?).map { RowID(rawValue: $0) } }

    func eTag() -> ETag { ETag(rawValue: self["eTag"]) }

    /// A value of an enumeration by its word.
    ///
    /// - Throws: ``StoreError/catalog(_:)`` for a word that this program does not know.
    func word<Value: RawRepresentable>(_ column: String) throws -> Value where Value.RawValue == String {
        let word: String = self[column]
        guard let value = Value(rawValue: word) else {
            throw StoreError.catalog("the column \(column) holds \"\(word)\", which is not one of its words")
        }
        return value
    }

    /// String pairs kept as a JSON object; none are kept as NULL.
    func pairs(_ column: String) throws -> [String: String] {
        guard let text = self[column] as String? else { return [:] }
        return try JSONDecoder().decode([String: String].self, from: Data(text.utf8))
    }

    /// Texts kept as a JSON array.
    func list(_ column: String) throws -> [String] {
        let text: String = self[column]
        return try JSONDecoder().decode([String].self, from: Data(text.utf8))
    }
}

/// Texts as a JSON array.
func listText(_ list: [String]) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .withoutEscapingSlashes
    return String(decoding: try encoder.encode(list), as: UTF8.self)
}

/// String pairs as a JSON object with sorted keys, `nil` for none.
func pairsText(_ pairs: [String: String]) throws -> String? {
    guard !pairs.isEmpty else { return nil }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(pairs), as: UTF8.self)
}
