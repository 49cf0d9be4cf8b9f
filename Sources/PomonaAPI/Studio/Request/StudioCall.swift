import Foundation
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import PomonaStore

/// A request to the studio's interface whose route is known, and who sent it.
struct StudioCall: Sendable {
    /// Bytes of the largest JSON body.
    static let largestBody = 4 << 20

    let method: HTTPRequest.Method
    let query: QueryItems
    let headers: HTTPFields
    let body: RequestBody
    let logger: Logger

    /// Who is signed in; `nil` for routes that are open to everybody.
    private let signedIn: Person?

    /// The token of the session.
    let session: String?
    private let names: [String: String]

    init(_ request: Request, names: [String: String], api: StudioAPI, logger: Logger) async throws {
        guard let query = QueryItems(request.uri.query.map { $0[...] } ?? "", plusIsSpace: true) else {
            throw StudioFailure.invalid("The query is not percent-encoded UTF-8.")
        }
        self.query = query
        self.names = names
        self.logger = logger
        method = request.method
        headers = request.headers
        body = request.body
        session = SessionCookie.token(in: request.headers)
        if let session {
            do { signedIn = try await api.store.catalog.person(ofSession: session) } catch StoreError.notSignedIn {
                signedIn = nil
            }
        } else {
            signedIn = nil
        }
    }

    /// - Throws: `403 crossSiteRequest`, `401 notSignedIn`, `403 forbidden`.
    func check(_ access: StudioRoute.Access) throws(StudioFailure) {
        if method != .get, header("X-Pomona") != "1" {
            throw StudioFailure(
                .forbidden, "crossSiteRequest", "This request did not come from the studio's own page.",
                hint: "Programs send the header \"X-Pomona: 1\".")
        }
        switch access {
        case .everybody: break
        case .signedIn: _ = try person
        case .owner:
            guard try person.role == .owner else {
                throw StudioFailure(.forbidden, "forbidden", "Only the owner of this studio may do that.")
            }
        }
    }

    /// Who is signed in.
    ///
    /// - Throws: `401 notSignedIn`.
    var person: Person {
        get throws(StudioFailure) {
            guard let signedIn else {
                throw StudioFailure(
                    .unauthorized, "notSignedIn", "Nobody is signed in.",
                    hint: "Open the link that the server prints when it starts.")
            }
            return signedIn
        }
    }

    func header(_ name: String) -> String? {
        HTTPField.Name(name).flatMap { headers[$0] }.flatMap { $0.isEmpty ? nil : $0 }
    }

    /// A header whose value is percent-encoded, such as the name of a file.
    ///
    /// - Throws: `400` where it is missing or not percent-encoded UTF-8.
    func encodedHeader(_ name: String) throws(StudioFailure) -> String {
        guard let text = header(name) else { throw .invalid("The header \(name) is missing.") }
        guard let value = PercentCoding.decode(text) else {
            throw .invalid("The header \(name) is not percent-encoded UTF-8.")
        }
        return value
    }

    // MARK: Path and query

    /// The id that the path holds under a name.
    ///
    /// - Throws: `404` for one that no such thing can have.
    func id<Row>(_ name: String, _ type: RowID<Row>.Type = RowID<Row>.self) throws(StudioFailure) -> RowID<Row>
    where Row: StudioIdentified {
        let text = names[name] ?? ""
        guard let id = RowID<Row>(studioID: text) else { throw .missing(Row.studioName, text) }
        return id
    }

    /// What the path holds under a name, as it stands.
    func word(_ name: String) -> String { names[name] ?? "" }

    /// All values of a query's parameter.
    func values(_ name: String) -> [String] {
        let name = name.lowercased()
        return query.items.filter { $0.name == name && !$0.value.isEmpty }.map(\.value)
    }

    func value(_ name: String) -> String? { query.nonEmpty(name.lowercased()) }

    /// One of an enumeration's words.
    ///
    /// - Throws: `422 invalidField`.
    func choice<Value: RawRepresentable & CaseIterable>(_ name: String, default standard: Value) throws(StudioFailure)
        -> Value where Value.RawValue == String
    {
        guard let text = value(name) else { return standard }
        guard let value = Value(rawValue: text) else {
            let words = Value.allCases.map(\.rawValue).joined(separator: ", ")
            throw .field(name, "\"\(text.prefix(80))\" is not one of \(words).")
        }
        return value
    }

    func number(_ name: String, in range: ClosedRange<Double>) throws(StudioFailure) -> Double? {
        guard let text = value(name) else { return nil }
        guard let number = Double(text), range.contains(number) else {
            throw .field(
                name, "\"\(text.prefix(80))\" is not a number from \(range.lowerBound) to \(range.upperBound).")
        }
        return number
    }

    // MARK: Body

    /// The body of a request that brings JSON.
    ///
    /// - Throws: `400 invalidRequest`, `422 invalidField` with the path of the field, `413 tooLarge`.
    func json<Body: Decodable>(_ type: Body.Type = Body.self) async throws -> Body {
        let bytes = try await bytes(upTo: Self.largestBody)
        do {
            return try JSONDecoder().decode(Body.self, from: Data(bytes.isEmpty ? Array("{}".utf8) : bytes))
        } catch let error as DecodingError {
            throw StudioFailure(error)
        }
    }

    /// The body as a whole.
    ///
    /// - Throws: `413 tooLarge`.
    func bytes(upTo limit: Int) async throws -> [UInt8] {
        let tooLarge = StudioFailure(
            .contentTooLarge, "tooLarge", "What was sent has more than the \(limit) bytes that are taken here.")
        if let length = headers[.contentLength].flatMap({ Int($0) }), length > limit { throw tooLarge }
        var bytes: [UInt8] = []
        for try await piece in body {
            guard bytes.count + piece.readableBytes <= limit else { throw tooLarge }
            bytes.append(contentsOf: piece.readableBytesView)
        }
        return bytes
    }
}
