import Foundation
import HTTPTypes
import Hummingbird
import NIOCore

/// The form of all answers: camel case, no empty members, times in ISO 8601.
enum StudioJSON {
    static func encode(_ value: some Encodable) throws -> Data {
        let encoder = JSONEncoder()
        // The page compares what it was told twice.
        encoder.outputFormatting = [.withoutEscapingSlashes, .sortedKeys]
        encoder.dateEncodingStrategy = .custom { date, encoder in
            var container = encoder.singleValueContainer()
            try container.encode(time(date))
        }
        return try encoder.encode(value)
    }

    /// Such as `2026-03-01T12:00:00.250Z`.
    static func time(_ date: Date) -> String {
        let text = ISO8601.string(date)
        // Rows keep milliseconds, and browsers read no more.
        return text.dropLast(5) + "Z"
    }

    static func response(
        _ value: some Encodable, status: HTTPResponse.Status = .ok, headers: HTTPFields = [:]
    ) throws -> Response {
        var headers = headers
        headers[.contentType] = "application/json"
        if headers[.cacheControl] == nil { headers[.cacheControl] = "no-store" }
        return Response(
            status: status, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: try encode(value))))
    }

    static var noContent: Response { Response(status: .noContent) }
}

/// One page of a list.
struct StudioList<Item: Encodable & Sendable>: Encodable, Sendable {
    var items: [Item]

    /// How many the filters let through.
    var total: Int
    var offset: Int
}

/// The part of a list that a request asks for.
struct StudioPage: Sendable {
    static let largest = 500

    var offset: Int
    var limit: Int

    /// - Throws: `422 invalidField`.
    init(_ call: StudioCall) throws(StudioFailure) {
        offset = Int(try call.number("offset", in: 0...1e12) ?? 0)
        limit = min(Self.largest, Int(try call.number("limit", in: 0...1e12) ?? 100))
    }

    /// The page of a list that is at hand as a whole.
    func list<Source, Item: Encodable & Sendable>(of all: [Source], _ document: (Source) throws -> Item) rethrows
        -> StudioList<Item>
    {
        let part = all.dropFirst(offset).prefix(limit)
        return StudioList(items: try part.map(document), total: all.count, offset: offset)
    }
}
