import HTTPTypes
import NIOCore

/// A request to the Blob API without its body: one that came over the wire or one inside a batch.
struct BlobRequest: Sendable {
    var method: HTTPRequest.Method
    var headers: HTTPFields

    /// The path as it was sent, percent-encoded; signatures are over this.
    var rawPath: String
    var query: QueryItems
    var target: BlobTarget

    /// Host and port as the client named them.
    var authority: String?
    var remoteAddress: SocketAddress?

    /// - Throws: `InvalidUri` for a path or query that cannot be read.
    init(_ head: HTTPRequest, remoteAddress: SocketAddress?) throws(StorageError) {
        let uri = head.path ?? "/"
        let mark = uri.firstIndex(of: "?") ?? uri.endIndex
        rawPath = String(uri[..<mark])
        guard let query = QueryItems(mark < uri.endIndex ? uri[uri.index(after: mark)...] : "") else {
            throw StorageError(.invalidUri, "The query \"\(uri[mark...].prefix(200))\" is not percent-encoded UTF-8.")
        }
        self.query = query
        target = try BlobTarget(rawPath: rawPath, authority: head.authority)
        method = head.method
        headers = head.headerFields
        authority = head.authority
        self.remoteAddress = remoteAddress
    }

    /// A header by its name in any letter case; several lines of one name are joined by commas.
    func header(_ name: String) -> String? {
        HTTPField.Name(name).flatMap { headers[$0] }
    }

    /// A header that says something.
    func nonEmptyHeader(_ name: String) -> String? {
        header(name).flatMap { $0.isEmpty ? nil : $0 }
    }
}
