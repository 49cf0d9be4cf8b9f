import HTTPTypes
import Hummingbird
import NIOCore
import PomonaStore

/// A request to the Vision API whose route is known.
struct VisionRequest: Sendable {
    let operation: VisionOperation
    let version: VisionVersion
    let query: QueryItems
    let headers: HTTPFields
    let body: RequestBody

    /// The server as the client names it, such as `http://127.0.0.1:8080`.
    let origin: String

    /// Where the request came from; `nil` for requests that no socket brought.
    let remoteAddress: SocketAddress?

    /// The names in the path, by what they name.
    private let names: [String: String]

    /// The resource that the key opens.
    let resource: VisionResource

    /// - Throws: `404` for a path that is none, `405` for a method that it does not have.
    init(
        _ request: Request, from address: SocketAddress?, overTLS isOverTLS: Bool, resource: VisionResource
    ) throws(VisionError) {
        let uri = request.head.path ?? "/"
        let mark = uri.firstIndex(of: "?") ?? uri.endIndex
        guard let query = QueryItems(mark < uri.endIndex ? uri[uri.index(after: mark)...] : "", plusIsSpace: true)
        else {
            throw .invalidRequest("The query is not percent-encoded UTF-8.", inner: .badArgument)
        }
        // Some clients put two slashes where one belongs.
        var segments: [String] = []
        for segment in uri[..<mark].split(separator: "/").dropFirst() {
            guard let text = PercentCoding.decode(segment) else {
                throw .invalidRequest("The path is not percent-encoded UTF-8.", inner: .badArgument)
            }
            segments.append(text)
        }
        (operation, names) = try Self.route(request.method, segments)
        version = try VisionVersion(query)
        self.query = query
        self.resource = resource
        headers = request.headers
        body = request.body
        remoteAddress = address
        // The server is asked: what the request itself says of its scheme is always http.
        origin = "\(isOverTLS ? "https" : "http")://\(request.head.authority ?? "localhost")"
    }

    private static func route(_ method: HTTPRequest.Method, _ segments: [String]) throws(VisionError) -> (
        VisionOperation, [String: String]
    ) {
        var methods: [String] = []
        for route in VisionRoute.all {
            guard let names = route.names(in: segments) else { continue }
            if route.method == method { return (route.operation, names) }
            methods.append(route.method.rawValue)
        }
        let path = "/" + segments.joined(separator: "/").prefix(200)
        guard methods.isEmpty else {
            throw VisionError(
                status: .methodNotAllowed, code: "405",
                message: "\(method.rawValue) is not possible on \(path); \(methods.joined(separator: ", ")) is.")
        }
        throw .notFound("route \(path)")
    }

    /// A name of the path, such as that of a model.
    func name(_ what: String) -> String { names[what] ?? "" }

    func header(_ name: String) -> String? {
        HTTPField.Name(name).flatMap { headers[$0] }.flatMap { $0.isEmpty ? nil : $0 }
    }

    /// The media type of the body, in lower case and without its parameters.
    var mediaType: String? {
        headers[.contentType].map { $0.prefix { $0 != ";" }.trimmingSpaces().lowercased() }
    }

    /// The body, where it is no longer than `limit` bytes; `nil` otherwise.
    func bytes(upTo limit: Int) async throws -> [UInt8]? {
        if let length = headers[.contentLength].flatMap({ Int($0) }), length > limit { return nil }
        var bytes: [UInt8] = []
        for try await piece in body {
            guard bytes.count + piece.readableBytes <= limit else { return nil }
            bytes.append(contentsOf: piece.readableBytesView)
        }
        return bytes
    }

    /// The body of the routes that take an object.
    ///
    /// - Throws: `InvalidRequest` for anything else, or more than 4 MiB.
    func object() async throws -> JSONObject {
        let limit = 4 << 20
        guard let bytes = try await bytes(upTo: limit) else {
            throw VisionError.invalidRequest("The body has more than \(limit) bytes.", inner: .badArgument)
        }
        return try JSONObject(body: bytes)
    }
}

extension VisionRequest {
    /// Reads the header `If-Match`; `nil` where every version will do.
    ///
    /// - Throws: `InvalidRequest` for a header that holds no tag.
    func ifMatch() throws(VisionError) -> Set<ETag>? {
        guard let text = header("If-Match") else { return nil }
        switch EntityTags.condition(text) {
        case .any: return nil
        case .oneOf(let tags): return tags
        case nil:
            throw .invalidRequest(
                "The header If-Match is \"\(text.prefix(100))\" where an eTag or * is expected.", inner: .badArgument,
                target: "If-Match")
        }
    }
}
