import Foundation
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import PomonaStore

extension VisionAPI {
    static func json(
        _ document: some Encodable, status: HTTPResponse.Status = .ok, eTag: ETag? = nil
    ) throws -> Response {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        var headers: HTTPFields = [.contentType: "application/json; charset=utf-8"]
        if let eTag { headers[.eTag] = EntityTags.header(eTag) }
        let bytes = ByteBuffer(bytes: try encoder.encode(document))
        return Response(status: status, headers: headers, body: ResponseBody(byteBuffer: bytes))
    }

    /// One page of what `fetch` gives.
    static func list<Item: Sendable, Document: Encodable & Sendable>(
        _ request: VisionRequest, path: String, _ document: (Item) throws -> Document,
        fetch: (_ skip: Int, _ limit: Int) async throws -> [Item]
    ) async throws -> Response {
        let range = try ListRange(request.query)
        // One more than the page holds tells whether there is another page.
        let items = try await fetch(range.skip, range.top + 1)
        let next =
            "\(request.origin)\(basePath)\(path)?api-version=\(request.version.rawValue)"
            + "&skip=\(range.skip + range.top)&top=\(range.top)"
        return try json(
            ListDocument(
                value: try items.prefix(range.top).map(document), nextLink: items.count > range.top ? next : nil))
    }

    /// The answer to a request that failed.
    static func refusal(_ error: any Error, logger: Logger) -> Response {
        let visionError = VisionError(error)
        if visionError.status.code >= 500 { logger.error("Vision API: \(error)") }
        // A document of texts always encodes; without it the status still says what happened.
        var response = (try? json(ErrorDocument(visionError))) ?? Response(status: visionError.status)
        response.status = visionError.status
        response.headers.set("x-ms-error-code", visionError.code)
        return response
    }

    /// Puts on an answer what every answer has.
    static func stamp(_ response: inout Response, for request: HTTPFields) {
        response.headers.set("apim-request-id", RequestTrace.id)
        if let id = HTTPField.Name("x-ms-client-request-id").flatMap({ request[$0] }), id.utf8.count <= 1_024 {
            response.headers.set("x-ms-client-request-id", id)
        }
    }
}
