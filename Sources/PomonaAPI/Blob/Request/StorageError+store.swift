import PomonaCore
import PomonaStore

extension StorageError {
    /// What a client is told of an error from below.
    init(_ error: any Error) {
        switch error {
        case let error as StorageError: self = error
        case let error as BlobError: self.init(Self.reason(error), error.message)
        case let error as any PomonaError where error.kind == .resource: self.init(.serverBusy, error.message)
        case let error as any PomonaError where error.kind == .usage || error.kind == .badData:
            self.init(.invalidInput, error.message)
        default: self.init(.internalError, "The server failed on this request; its log says why.")
        }
    }

    private static func reason(_ error: BlobError) -> StorageErrorCode {
        switch error {
        case .accountMissing: .resourceNotFound
        case .invalidContainerName, .invalidBlobName: .invalidResourceName
        case .containerMissing: .containerNotFound
        case .containerExists: .containerAlreadyExists
        case .blobMissing: .blobNotFound
        case .blobExists: .blobAlreadyExists
        case .conditionNotMet: .conditionNotMet
        case .invalidRange: .invalidRange
        case .invalidMarker: .outOfRangeInput
        case .lengthMismatch, .policiesTooLarge: .invalidInput
        case .md5Mismatch: .md5Mismatch
        case .tooLarge: .requestBodyTooLarge
        case .invalidBlock: .invalidBlobOrBlock
        case .blockMissing: .invalidBlockList
        case .tooManyBlocks: .blockCountExceedsLimit
        }
    }
}
