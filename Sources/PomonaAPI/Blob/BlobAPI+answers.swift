import Foundation
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import PomonaStore

extension BlobAPI {
    /// What requests that name no version are answered with.
    static let version = "2021-12-02"

    /// Puts on an answer what every answer has.
    func stamp(_ response: inout Response, for request: HTTPFields) {
        response.headers.set("x-ms-request-id", RequestTrace.id)
        let asked = HTTPField.Name("x-ms-version").flatMap { request[$0] }
        response.headers.set("x-ms-version", asked.flatMap { ISO8601.date($0) == nil ? nil : $0 } ?? Self.version)
        if let id = HTTPField.Name("x-ms-client-request-id").flatMap({ request[$0] }), id.utf8.count <= 1_024 {
            response.headers.set("x-ms-client-request-id", id)
        }
        if let origin = request[.origin], allows(origin: origin) {
            response.headers[.accessControlAllowOrigin] = origin
            response.headers[.accessControlExposeHeaders] = "*"
            response.headers[.vary] = "Origin"
        }
    }

    /// The answer to a read that a condition stopped: the client has the newest already.
    func notModified(_ operation: BlobOperation, _ call: BlobCall) async throws -> Response {
        var headers =
            operation.isOnBlob
            ? Self.version(of: try await store.blob(call.blob))
            : Self.version(of: try await store.container(call.container))
        headers.set("x-ms-error-code", StorageErrorCode.conditionNotMet.rawValue)
        return Response(status: .notModified, headers: headers)
    }

    /// The answer to a request that failed.
    static func refusal(_ error: any Error, of method: HTTPRequest.Method, logger: Logger) -> Response {
        let storageError = StorageError(error)
        if storageError.reason.status.code >= 500 {
            logger.error("Blob API: \(error)")
        }
        var headers = HTTPFields()
        headers.set("x-ms-error-code", storageError.code)
        if case BlobError.invalidRange(_, let length) = error { headers[.contentRange] = "bytes */\(length)" }
        guard method != .head else { return Response(status: storageError.reason.status, headers: headers) }
        return xml(document(storageError), status: storageError.reason.status, headers: headers)
    }

    static func xml(_ text: String, status: HTTPResponse.Status = .ok, headers: HTTPFields = [:]) -> Response {
        var headers = headers
        headers[.contentType] = "application/xml"
        return Response(status: status, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
    }

    private static func document(_ error: StorageError) -> String {
        var xml = XMLWriter()
        xml.element("Error") { xml in
            xml.element("Code", error.code)
            xml.element("Message", error.message)
            for (name, value) in error.details { xml.element(name, value) }
        }
        return xml.text
    }

    // MARK: Other origins

    func allows(origin: String) -> Bool {
        settings.allowedOrigins.contains(origin) || settings.allowedOrigins.contains("*")
    }

    /// Tells a browser whether a page of another origin may send the request that it is about to send.
    func preflight(_ request: Request) -> Response {
        guard let origin = request.headers[.origin], request.headers[.accessControlRequestMethod] != nil,
            allows(origin: origin)
        else {
            var headers = HTTPFields()
            headers.set("x-ms-error-code", "CorsPreflightFailure")
            return Response(status: .forbidden, headers: headers)
        }
        var headers: HTTPFields = [
            .accessControlAllowOrigin: origin, .accessControlAllowMethods: "GET, HEAD, PUT, POST, DELETE",
            .accessControlMaxAge: "3600", .vary: "Origin",
        ]
        headers[.accessControlAllowHeaders] = request.headers[.accessControlRequestHeaders]
        return Response(status: .ok, headers: headers)
    }
}
