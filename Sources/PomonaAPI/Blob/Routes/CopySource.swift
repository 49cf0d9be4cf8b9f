import HTTPTypes
import PomonaStore

/// Where a copy takes its bytes from.
enum CopySource: Sendable {
    /// A blob of this server that the client may read.
    case own(BlobAddress)
    case remote(String)
}

extension BlobAPI {
    /// Reads the header `x-ms-copy-source` and checks that its sender may read what it names: as the account's owner, by a
    /// signature in the URL, or because everybody may.
    ///
    /// - Throws: `MissingRequiredHeader`, `InvalidHeaderValue`, `CannotVerifyCopySource`, `BlobNotFound`.
    func copySource(_ call: BlobCall) async throws -> CopySource {
        guard let text = call.request.nonEmptyHeader("x-ms-copy-source") else {
            throw StorageError.missingHeader("x-ms-copy-source")
        }
        var head = HTTPRequest(method: .get, scheme: "http", authority: call.request.authority, path: text)
        // Old clients name a blob of this server by its path alone.
        if !text.hasPrefix("/") {
            guard let url = RemoteURL(text) else {
                throw StorageError.header("x-ms-copy-source", text, expected: "the absolute URL of a blob")
            }
            // Servers behind a name that only their clients know are asked by it.
            let scheme = settings.isOverTLS ? "https" : "http"
            let asked = call.request.authority.flatMap { RemoteURL("\(scheme)://\($0)/") }
            guard url.endpoint == asked?.endpoint || own.target(of: url) != nil else { return .remote(text) }
            (head.authority, head.path) = (url.authority, url.pathAndQuery)
        }
        return .own(try await readable(head, call))
    }

    private func readable(_ head: HTTPRequest, _ call: BlobCall) async throws -> BlobAddress {
        var source = try BlobRequest(head, remoteAddress: call.request.remoteAddress)
        source.target = source.target.inRootContainer
        guard let address = source.target.blobAddress else {
            throw StorageError.header("x-ms-copy-source", source.rawPath, expected: "the absolute URL of a blob")
        }
        for name in ["snapshot", "versionid"] where source.query.nonEmpty(name) != nil {
            throw StorageError(.blobNotFound, "This server keeps no snapshots and no versions of blobs.")
        }
        if call.authorization.isOwner, source.target.account == call.request.target.account { return address }
        do {
            _ = try await authorizer.authorize(source, for: .getBlob)
        } catch let error as StorageError {
            throw StorageError(.cannotVerifyCopySource, "The source of the copy cannot be read: \(error.message)")
        }
        return address
    }
}
