import Foundation
import NIOHTTP1

/// What a studio answered.
struct StudioAnswer: Sendable, CustomStringConvertible {
    var status: Int
    var headers: HTTPHeaders
    var bytes: [UInt8]

    /// The body, where it is JSON.
    var json: TestJSON { (try? JSONDecoder().decode(TestJSON.self, from: Data(bytes))) ?? .null }

    func header(_ name: String) -> String? { headers.first(name: name) }

    var id: String? { json["id"].text }
    var code: String? { json["error"]["code"].text }
    var field: String? { json["error"]["field"].text }
    var description: String { "\(status) \(String(decoding: bytes.prefix(1_000), as: UTF8.self))" }
}

/// JSON whose parts are looked at by name.
enum TestJSON: Codable, Equatable, Sendable, ExpressibleByDictionaryLiteral, ExpressibleByArrayLiteral,
    ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral
{
    case null
    case flag(Bool)
    case number(Double)
    case text(String)
    case list([TestJSON])
    case object([String: TestJSON])

    init(dictionaryLiteral elements: (String, TestJSON)...) {
        self = .object(Dictionary(elements, uniquingKeysWith: { first, _ in first }))
    }
    init(arrayLiteral elements: TestJSON...) { self = .list(elements) }
    init(stringLiteral value: String) { self = .text(value) }
    init(integerLiteral value: Int) { self = .number(Double(value)) }
    init(booleanLiteral value: Bool) { self = .flag(value) }

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let value = try? container.decode(Bool.self) {
            self = .flag(value)
        } else if let value = try? container.decode(Double.self) {
            self = .number(value)
        } else if let value = try? container.decode(String.self) {
            self = .text(value)
        } else if let value = try? container.decode([TestJSON].self) {
            self = .list(value)
        } else {
            self = .object(try container.decode([String: TestJSON].self))
        }
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .null: try container.encodeNil()
        case .flag(let value): try container.encode(value)
        case .number(let value): try container.encode(value)
        case .text(let value): try container.encode(value)
        case .list(let value): try container.encode(value)
        case .object(let value): try container.encode(value)
        }
    }

    var bytes: [UInt8] { (try? JSONEncoder().encode(self)).map { [UInt8]($0) } ?? [] }

    subscript(name: String) -> TestJSON {
        if case .object(let members) = self { members[name] ?? .null } else { .null }
    }
    subscript(index: Int) -> TestJSON {
        if case .list(let items) = self, items.indices.contains(index) { items[index] } else { .null }
    }
    var text: String? { if case .text(let value) = self { value } else { nil } }
    var number: Double? { if case .number(let value) = self { value } else { nil } }
    var flag: Bool? { if case .flag(let value) = self { value } else { nil } }
    var items: [TestJSON] { if case .list(let items) = self { items } else { [] } }
    /// The texts that the items have under a name.
    func texts(_ name: String) -> [String] { items.compactMap { $0[name].text } }
}
