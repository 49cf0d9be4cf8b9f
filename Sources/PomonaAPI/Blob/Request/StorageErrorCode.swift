import HTTPTypes

/// The error codes of Azure Blob Storage that this server answers with.
enum StorageErrorCode: String, Sendable, CaseIterable {
    case authenticationFailed = "AuthenticationFailed"
    case authorizationFailure = "AuthorizationFailure"
    case authorizationPermissionMismatch = "AuthorizationPermissionMismatch"
    case authorizationProtocolMismatch = "AuthorizationProtocolMismatch"
    case authorizationResourceTypeMismatch = "AuthorizationResourceTypeMismatch"
    case authorizationServiceMismatch = "AuthorizationServiceMismatch"
    case authorizationSourceIPMismatch = "AuthorizationSourceIPMismatch"
    case blobAlreadyExists = "BlobAlreadyExists"
    case blobNotFound = "BlobNotFound"
    case blockCountExceedsLimit = "BlockCountExceedsLimit"
    case blockListTooLong = "BlockListTooLong"
    case cannotVerifyCopySource = "CannotVerifyCopySource"
    case conditionNotMet = "ConditionNotMet"
    case containerAlreadyExists = "ContainerAlreadyExists"
    case containerNotFound = "ContainerNotFound"
    case emptyMetadataKey = "EmptyMetadataKey"
    case internalError = "InternalError"
    case invalidAuthenticationInfo = "InvalidAuthenticationInfo"
    case invalidBlobOrBlock = "InvalidBlobOrBlock"
    case invalidBlockList = "InvalidBlockList"
    case invalidHeaderValue = "InvalidHeaderValue"
    case invalidInput = "InvalidInput"
    case outOfRangeInput = "OutOfRangeInput"
    case invalidMd5 = "InvalidMd5"
    case invalidMetadata = "InvalidMetadata"
    case invalidQueryParameterValue = "InvalidQueryParameterValue"
    case invalidRange = "InvalidRange"
    case invalidResourceName = "InvalidResourceName"
    case invalidUri = "InvalidUri"
    case invalidXmlDocument = "InvalidXmlDocument"
    case leaseNotPresent = "LeaseNotPresentWithBlobOperation"
    case leaseNotPresentOnContainer = "LeaseNotPresentWithContainerOperation"
    case md5Mismatch = "Md5Mismatch"
    case metadataTooLarge = "MetadataTooLarge"
    case missingContentLengthHeader = "MissingContentLengthHeader"
    case missingRequiredHeader = "MissingRequiredHeader"
    case missingRequiredQueryParameter = "MissingRequiredQueryParameter"
    case noAuthenticationInformation = "NoAuthenticationInformation"
    case noPendingCopyOperation = "NoPendingCopyOperation"
    case outOfRangeQueryParameterValue = "OutOfRangeQueryParameterValue"
    case requestBodyTooLarge = "RequestBodyTooLarge"
    case resourceNotFound = "ResourceNotFound"
    case serverBusy = "ServerBusy"
    case sourceConditionNotMet = "SourceConditionNotMet"
    case unauthorizedBlobOverwrite = "UnauthorizedBlobOverwrite"
    case unsupportedHeader = "UnsupportedHeader"
    case unsupportedHttpVerb = "UnsupportedHttpVerb"

    /// The HTTP status that the code comes with.
    var status: HTTPResponse.Status {
        switch self {
        case .invalidAuthenticationInfo, .noAuthenticationInformation: .unauthorized
        case .authenticationFailed, .authorizationFailure, .authorizationPermissionMismatch,
            .authorizationProtocolMismatch, .authorizationResourceTypeMismatch, .authorizationServiceMismatch,
            .authorizationSourceIPMismatch, .unauthorizedBlobOverwrite:
            .forbidden
        case .blobNotFound, .containerNotFound, .resourceNotFound, .cannotVerifyCopySource: .notFound
        case .unsupportedHttpVerb: .methodNotAllowed
        case .blobAlreadyExists, .containerAlreadyExists, .blockCountExceedsLimit, .noPendingCopyOperation: .conflict
        case .missingContentLengthHeader: .lengthRequired
        case .conditionNotMet, .sourceConditionNotMet, .leaseNotPresent, .leaseNotPresentOnContainer:
            .preconditionFailed
        case .requestBodyTooLarge: .contentTooLarge
        case .invalidRange: .rangeNotSatisfiable
        case .internalError: .internalServerError
        case .serverBusy: .serviceUnavailable
        default: .badRequest
        }
    }
}
