import Foundation
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import PomonaCore

/// A refusal of the studio's interface: what is answered instead of what was asked for.
struct StudioFailure: PomonaError {
    var status: HTTPResponse.Status
    var code: String
    var message: String
    var hint: String?

    /// The path of the offending field in the request.
    var field: String?

    /// Members beside `error`, each already JSON.
    var more: [String: Data] = [:]

    init(
        _ status: HTTPResponse.Status, _ code: String, _ message: String, hint: String? = nil, field: String? = nil,
        more: [String: Data] = [:]
    ) {
        self.status = status
        self.code = code
        self.message = message
        self.hint = hint
        self.field = field
        self.more = more
    }

    var kind: ErrorKind {
        switch status.code {
        case 404: .missing
        case 409: .conflict
        case 500...: .internal
        default: .usage
        }
    }

    static func invalid(_ message: String) -> StudioFailure {
        StudioFailure(.badRequest, "invalidRequest", message)
    }

    static func field(_ field: String, _ message: String, code: String = "invalidField", hint: String? = nil)
        -> StudioFailure
    {
        StudioFailure(.unprocessableContent, code, message, hint: hint, field: field)
    }

    static func missing(_ kind: String, _ id: String) -> StudioFailure {
        StudioFailure(.notFound, "notFound", "There is no \(kind) \"\(id.prefix(80))\" (any more).")
    }

    static func conflict(_ message: String, code: String = "conflict", hint: String? = nil) -> StudioFailure {
        StudioFailure(.conflict, code, message, hint: hint)
    }

    static func noRoute(_ path: some StringProtocol) -> StudioFailure {
        StudioFailure(.notFound, "notFound", "There is nothing at \(path.prefix(200)).")
    }

    /// The answer to what went wrong.
    static func response(to error: any Error, logger: Logger) -> Response {
        let failure = StudioFailure(of: error)
        if failure.status.code >= 500 { logger.error("Studio: \(error)") }
        var headers: HTTPFields = [.contentType: "application/json", .cacheControl: "no-store"]
        if failure.status == .serviceUnavailable { headers[.retryAfter] = "2" }
        return Response(
            status: failure.status, headers: headers,
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: failure.document)))
    }

    private struct Words: Encodable {
        var code: String
        var message: String
        var field: String?
        var hint: String?
    }

    private var document: Data {
        // Four texts always encode.
        let words = (try? StudioJSON.encode(Words(code: code, message: message, field: field, hint: hint))) ?? Data()
        var document = Data("{\"error\":".utf8) + words
        for (name, value) in more.sorted(by: { $0.key < $1.key }) {
            document += Data(",\"\(name)\":".utf8) + value
        }
        return document + Data("}".utf8)
    }
}
