public import PomonaCore

/// Why the blob store refused.
public enum BlobError: PomonaError {
    case accountMissing(String)
    case invalidContainerName(String, reason: String)
    case containerMissing(ContainerAddress)
    case containerExists(ContainerAddress)
    case invalidBlobName(String, reason: String)
    case blobMissing(BlobAddress)
    /// `If-None-Match: *` met a blob.
    case blobExists(BlobAddress)
    /// The subject is a blob's or a container's address in words.
    case conditionNotMet(String, BlobCondition)
    case invalidRange(BlobAddress, length: Int64)
    case invalidMarker(String)
    /// The subject names what was uploaded.
    case lengthMismatch(String, expected: Int64, found: Int64)
    /// Both in base64.
    case md5Mismatch(String, expected: String, found: String)
    case tooLarge(String, limit: Int64)
    case invalidBlock(BlobAddress, id: String, reason: String)
    case blockMissing(BlobAddress, id: String, source: BlockReference.Source)
    case tooManyBlocks(BlobAddress, limit: Int)
    case policiesTooLarge(ContainerAddress, limit: Int)

    public var code: String {
        switch self {
        case .accountMissing: "accountMissing"
        case .invalidContainerName: "invalidContainerName"
        case .containerMissing: "containerMissing"
        case .containerExists: "containerExists"
        case .invalidBlobName: "invalidBlobName"
        case .blobMissing: "blobMissing"
        case .blobExists: "blobExists"
        case .conditionNotMet: "conditionNotMet"
        case .invalidRange: "invalidRange"
        case .invalidMarker: "invalidMarker"
        case .lengthMismatch: "lengthMismatch"
        case .md5Mismatch: "md5Mismatch"
        case .tooLarge: "tooLarge"
        case .invalidBlock: "invalidBlock"
        case .blockMissing: "blockMissing"
        case .tooManyBlocks: "tooManyBlocks"
        case .policiesTooLarge: "policiesTooLarge"
        }
    }

    public var message: String {
        switch self {
        case .accountMissing(let name): "There is no storage account named \"\(name)\"."
        case .invalidContainerName(let name, let reason): "\"\(name)\" cannot be a container's name: \(reason)."
        case .containerMissing(let address):
            "There is no container \"\(address.name)\" in the storage account \"\(address.account)\"."
        case .containerExists(let address):
            "The storage account \"\(address.account)\" has a container \"\(address.name)\" already."
        case .invalidBlobName(let name, let reason): "\"\(name.prefix(80))\" cannot be a blob's name: \(reason)."
        case .blobMissing(let address):
            "There is no blob \"\(address.name)\" in the container \"\(address.container)\"."
        case .blobExists(let address):
            "The container \"\(address.container)\" has a blob \"\(address.name)\" already, and it was not to be replaced."
        case .conditionNotMet(let subject, let condition):
            "\(subject) is not in the state that the condition \(condition.rawValue) asks for."
        case .invalidRange(let address, let length):
            "The range holds no byte of the blob \"\(address)\", which has \(length) bytes."
        case .invalidMarker(let marker): "The marker \"\(marker.prefix(80))\" is not one that this store gave out."
        case .lengthMismatch(let subject, let expected, let found):
            "\(subject) should have \(expected) bytes, but \(found) came."
        case .md5Mismatch(let subject, let expected, let found):
            "\(subject) should have the MD5 \(expected), but its bytes have \(found)."
        case .tooLarge(let subject, let limit): "\(subject) is larger than the \(limit) bytes that are taken here."
        case .invalidBlock(let address, let id, let reason):
            "\"\(id.prefix(100))\" cannot be a block of the blob \"\(address)\": \(reason)."
        case .blockMissing(let address, let id, let source):
            "The blob \"\(address)\" has no \(source.words) block \"\(id.prefix(100))\"."
        case .tooManyBlocks(let address, let limit): "The blob \"\(address)\" would have more than \(limit) blocks."
        case .policiesTooLarge(let address, let limit):
            "The stored access policies of the container \"\(address)\" are longer than \(limit) bytes."
        }
    }

    public var hint: String? {
        switch self {
        case .lengthMismatch, .md5Mismatch: "Nothing was changed. Send it again."
        case .blobExists: "Ask to overwrite it, or choose another name."
        case .blockMissing: "Stage the block first, or take it out of the list."
        default: nil
        }
    }

    public var kind: ErrorKind {
        switch self {
        case .accountMissing, .containerMissing, .blobMissing: .missing
        case .containerExists, .blobExists, .conditionNotMet: .conflict
        case .invalidContainerName, .invalidBlobName, .invalidRange, .invalidMarker, .invalidBlock: .usage
        case .lengthMismatch, .md5Mismatch, .tooLarge, .blockMissing, .tooManyBlocks, .policiesTooLarge: .badData
        }
    }
}

extension BlockReference.Source {
    fileprivate var words: String {
        switch self {
        case .committed: "committed"
        case .uncommitted: "uncommitted"
        case .latest: "staged or committed"
        }
    }
}
