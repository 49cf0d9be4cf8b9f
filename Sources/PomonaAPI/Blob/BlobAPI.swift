public import Foundation
import HTTPTypes
public import Hummingbird
import Logging
public import PomonaStore

/// Azure Blob Storage's HTTP interface on top of a ``BlobStoring``: containers, block blobs, lists, copies, batches, shared
/// keys and shared access signatures.
///
/// Give it to an `Application` as its responder. A request is read (``BlobRequest``), its operation found
/// (``BlobOperation``), its right to it checked (``BlobAuthorizer``), and then done by the function of that operation in
/// `Routes/`. Bodies pass through in pieces in both directions.
public struct BlobAPI: HTTPResponder {
    public typealias Context = APIRequestContext

    let store: any BlobStoring
    let settings: BlobAPISettings
    let authorizer: BlobAuthorizer
    let remote: RemoteContent
    let own: OwnBlobs
    let now: @Sendable () -> Date

    public init(
        store: any BlobStoring, accounts: any BlobAccounts, settings: BlobAPISettings = BlobAPISettings(),
        now: @escaping @Sendable () -> Date = { Date() }
    ) {
        self.init(
            store: store, accounts: accounts, settings: settings,
            remote: RemoteContent(hosts: settings.remoteHosts), now: now)
    }

    init(
        store: any BlobStoring, accounts: any BlobAccounts, settings: BlobAPISettings, remote: RemoteContent,
        now: @escaping @Sendable () -> Date = { Date() }
    ) {
        self.store = store
        self.settings = settings
        self.remote = remote
        own = OwnBlobs(authorities: settings.authorities)
        self.now = now
        authorizer = BlobAuthorizer(accounts: accounts, store: store, now: now, isOverTLS: settings.isOverTLS)
    }

    /// Answers every request, with an error document where it must.
    public func respond(to request: Request, context: APIRequestContext) async -> Response {
        if request.method == .options { return preflight(request) }
        var response: Response
        do {
            let call = try BlobRequest(request.head, remoteAddress: context.remoteAddress)
            response = try await answer(call, request.body, logger: context.logger)
        } catch {
            response = Self.refusal(error, of: request.method, logger: context.logger)
        }
        stamp(&response, for: request.headers)
        // Some operations answer GET and HEAD alike; whoever asks for the head alone takes a body for the next answer.
        return request.method == .head ? response.createHeadResponse() : response
    }

    /// Does what the request asks for, if it may.
    func answer(_ request: BlobRequest, _ body: RequestBody, logger: Logger) async throws -> Response {
        var request = request
        let operation = try BlobOperation(request)
        RequestTrace.take("\(operation)")
        if operation.isOnBlob { request.target = request.target.inRootContainer }
        let authorization = try await authorizer.authorize(request, for: operation)
        try request.checkHeaders(for: operation)
        let call = BlobCall(request: request, authorization: authorization, body: body, logger: logger)
        do {
            return try await perform(operation, call)
        } catch BlobError.conditionNotMet(_, let condition) where condition.meansNotModified && request.method.isRead {
            return try await notModified(operation, call)
        }
    }

    private func perform(_ operation: BlobOperation, _ call: BlobCall) async throws -> Response {
        switch operation {
        case .listContainers: try await listContainers(call)
        case .serviceProperties: serviceProperties()
        case .accountInformation: accountInformation()
        case .batch: try await batch(call)
        case .createContainer: try await createContainer(call)
        case .containerProperties: try await containerProperties(call)
        case .setContainerMetadata: try await setContainerMetadata(call)
        case .deleteContainer: try await deleteContainer(call)
        case .containerAccess: try await containerAccess(call)
        case .setContainerAccess: try await setContainerAccess(call)
        case .listBlobs: try await listBlobs(call)
        case .putBlob: try await putBlob(call)
        case .putBlobFromURL: try await putBlobFromURL(call)
        case .copyBlob: try await copyBlob(call)
        case .abortCopy: throw StorageError(.noPendingCopyOperation, "Copies here are done when they are answered.")
        case .putBlock: try await putBlock(call)
        case .putBlockFromURL: try await putBlockFromURL(call)
        case .putBlockList: try await putBlockList(call)
        case .blockList: try await blockList(call)
        case .getBlob: try await getBlob(call)
        case .blobProperties: try await blobProperties(call)
        case .blobMetadata: try await blobMetadata(call)
        case .setBlobMetadata: try await setBlobMetadata(call)
        case .setBlobHeaders: try await setBlobHeaders(call)
        case .deleteBlob: try await deleteBlob(call)
        }
    }
}

/// One request on its way through the Blob API, already let in.
struct BlobCall: Sendable {
    let request: BlobRequest
    let authorization: BlobAuthorization
    let body: RequestBody
    let logger: Logger

    /// - Throws: `InvalidUri` where the URL names no container.
    var container: ContainerAddress {
        get throws(StorageError) {
            guard let address = request.target.containerAddress else {
                throw StorageError(.invalidUri, "The path \"\(request.rawPath.prefix(200))\" names no container.")
            }
            return address
        }
    }

    /// - Throws: `InvalidUri` where the URL names no blob; `BlobNotFound` where it names a snapshot or a version.
    var blob: BlobAddress {
        get throws(StorageError) {
            guard let address = request.target.blobAddress else {
                throw StorageError(.invalidUri, "The path \"\(request.rawPath.prefix(200))\" names no blob.")
            }
            for name in ["snapshot", "versionid"] where request.query.nonEmpty(name) != nil {
                throw StorageError(.blobNotFound, "This server keeps no snapshots and no versions of blobs.")
            }
            return address
        }
    }

    /// Conditions of a write; a signature that only lets create adds that there must be nothing yet.
    func writeConditions() throws(StorageError) -> BlobConditions {
        var conditions = try request.conditions()
        if !authorization.mayOverwrite { conditions.ifNoneMatch = .any }
        return conditions
    }

    /// Says of a write that met a blob why it was refused.
    func refusal(_ error: any Error) -> any Error {
        if case BlobError.blobExists = error, !authorization.mayOverwrite {
            return StorageError(
                .unauthorizedBlobOverwrite,
                "The shared access signature lets create blobs, and there is this one already.")
        }
        return error
    }
}
