import HTTPTypes

/// What a request to the Blob API asks for.
enum BlobOperation: Equatable, Sendable {
    case listContainers, serviceProperties, accountInformation
    case batch
    case createContainer, containerProperties, setContainerMetadata, deleteContainer
    case containerAccess, setContainerAccess
    case listBlobs
    case putBlob, putBlobFromURL, copyBlob, abortCopy
    case putBlock, putBlockFromURL, putBlockList, blockList
    case getBlob, blobProperties, blobMetadata, setBlobMetadata, setBlobHeaders, deleteBlob

    /// - Throws: `UnsupportedHttpVerb`, `InvalidQueryParameterValue` for operations that this server does not have.
    init(_ request: BlobRequest) throws(StorageError) {
        let restype = request.query.nonEmpty("restype")?.lowercased()
        let comp = request.query.nonEmpty("comp")?.lowercased()
        let operation: BlobOperation?
        switch restype {
        case nil where request.target.container != nil: operation = try Self.onBlob(request, comp: comp)
        case nil, "service": operation = Self.onService(request.method, comp: comp)
        case "account" where comp == "properties" && request.method.isRead: operation = .accountInformation
        case "container": operation = try Self.onContainer(request, comp: comp)
        default: throw .parameter("restype", restype ?? "", expected: "container, service or account")
        }
        guard let operation else {
            if let comp, !Self.knownParts.contains(comp) {
                throw .parameter("comp", comp, expected: "an operation that this server has")
            }
            throw StorageError(
                .unsupportedHttpVerb,
                "\(request.method.rawValue) is not possible here\(comp.map { " with comp=\($0)" } ?? "").")
        }
        self = operation
    }

    private static let knownParts: Set<String> = [
        "list", "properties", "metadata", "acl", "batch", "block", "blocklist", "copy",
    ]

    private static func onService(_ method: HTTPRequest.Method, comp: String?) -> BlobOperation? {
        switch (method, comp) {
        case (.get, "list"): .listContainers
        case (.get, "properties"): .serviceProperties
        case (.post, "batch"): .batch
        default: nil
        }
    }

    private static func onContainer(_ request: BlobRequest, comp: String?) throws(StorageError) -> BlobOperation? {
        guard request.target.container != nil else {
            throw StorageError(.invalidUri, "The path \"\(request.rawPath.prefix(200))\" names no container.")
        }
        return switch (request.method, comp) {
        case (.put, nil): .createContainer
        case (.get, nil), (.head, nil), (.get, "metadata"), (.head, "metadata"): .containerProperties
        case (.put, "metadata"): .setContainerMetadata
        case (.delete, nil): .deleteContainer
        case (.get, "acl"), (.head, "acl"): .containerAccess
        case (.put, "acl"): .setContainerAccess
        case (.get, "list"): .listBlobs
        case (.post, "batch"): .batch
        default: nil
        }
    }

    private static func onBlob(_ request: BlobRequest, comp: String?) throws(StorageError) -> BlobOperation? {
        let hasSource = request.nonEmptyHeader("x-ms-copy-source") != nil
        let isNewBlob = request.nonEmptyHeader("x-ms-blob-type") != nil
        return switch (request.method, comp) {
        case (.put, nil): hasSource ? (isNewBlob ? .putBlobFromURL : .copyBlob) : .putBlob
        case (.put, "copy"): .abortCopy
        case (.put, "block"): hasSource ? .putBlockFromURL : .putBlock
        case (.put, "blocklist"): .putBlockList
        case (.get, "blocklist"): .blockList
        case (.put, "metadata"): .setBlobMetadata
        case (.put, "properties"): .setBlobHeaders
        case (.get, nil): .getBlob
        case (.head, nil): .blobProperties
        case (.get, "metadata"), (.head, "metadata"): .blobMetadata
        case (.delete, nil): .deleteBlob
        default: nil
        }
    }
}

extension BlobOperation {
    /// Whether it is about one blob rather than a container or an account.
    var isOnBlob: Bool {
        switch self {
        case .listContainers, .serviceProperties, .accountInformation, .batch, .createContainer, .containerProperties,
            .setContainerMetadata, .deleteContainer, .containerAccess, .setContainerAccess, .listBlobs:
            false
        default: true
        }
    }
}

extension HTTPRequest.Method {
    var isRead: Bool { self == .get || self == .head }
}
