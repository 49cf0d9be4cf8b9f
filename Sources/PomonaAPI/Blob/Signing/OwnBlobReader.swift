import Foundation
import HTTPTypes
import NIOCore
import PomonaCore
import PomonaDatasets
import PomonaStore

/// Says whether a URL of one of this server's own blobs opens it: by a shared access signature in the URL, or because
/// everybody may read it. Who names a blob by URL may read it in no other way, unless it is of the own resource group.
struct OwnBlobReader: Sendable {
    let blobs: OwnBlobs
    private let authorizer: BlobAuthorizer

    init(store: Store, authorities: Set<String>, isOverTLS: Bool) {
        blobs = OwnBlobs(authorities: authorities)
        // The development account's key is known to everybody, so a signature by it opens nothing from here: whoever asks
        // may be on another machine.
        authorizer = BlobAuthorizer(
            accounts: StoredBlobAccounts(store.catalog, allowsDevelopmentAccount: false), store: store.blobs,
            now: { Date() }, isOverTLS: isOverTLS)
    }

    /// - Parameter address: where whoever reads is, which a signature may ask for.
    /// - Throws: ``StorageError`` where the URL does not open the blob.
    func authorize(_ url: RemoteURL, from address: SocketAddress?) async throws {
        _ = try await authorizer.authorize(try request(url, from: address), for: .getBlob)
    }

    /// What a URL opens for this server itself, and whether that is so for the whole container.
    func access(_ text: String) async throws -> BlobAccess {
        guard let url = RemoteURL(text) else { return BlobAccess(isGranted: false, coversContainer: false) }
        let request = try request(url, from: try SocketAddress(ipAddress: "127.0.0.1", port: 0))
        let coversContainer = SharedAccessSignature(request.query)?["sr"] != "b"
        do {
            _ = try await authorizer.authorize(request, for: .getBlob)
            return BlobAccess(isGranted: true, coversContainer: coversContainer)
        } catch is StorageError {
            return BlobAccess(isGranted: false, coversContainer: coversContainer)
        }
    }

    private func request(_ url: RemoteURL, from address: SocketAddress?) throws(StorageError) -> BlobRequest {
        let head = HTTPRequest(method: .get, scheme: "http", authority: url.authority, path: url.pathAndQuery)
        var request = try BlobRequest(head, remoteAddress: address)
        request.target = request.target.inRootContainer
        return request
    }
}
