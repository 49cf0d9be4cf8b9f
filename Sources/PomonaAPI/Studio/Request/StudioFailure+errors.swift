import HTTPTypes
import PomonaCOCO
import PomonaCore
import PomonaDatasets
import PomonaImaging
import PomonaStore

extension StudioFailure {
    /// What an error means for who asked.
    init(of error: any Error) {
        switch error {
        case let failure as StudioFailure: self = failure
        case let error as StoreError: self.init(error)
        case let error as BlobError: self.init(error)
        case let error as ImagingError where error.kind == .badData:
            self.init(.unprocessableContent, "photoUnreadable", error.message.sentence, hint: error.hint)
        case let error as any PomonaError: self.init(error)
        case is CancellationError: self.init(.badRequest, "invalidRequest", "The request was broken off.")
        default:
            self.init(.internalServerError, "internal", "Something went wrong inside of Pomona.", hint: "\(error)")
        }
    }

    private init(_ error: any PomonaError) {
        let status: HTTPResponse.Status =
            switch error.kind {
            case .usage: .badRequest
            case .badData: .unprocessableContent
            case .missing: .notFound
            case .conflict: .conflict
            case .resource, .interrupted: .serviceUnavailable
            case .internal: .internalServerError
            }
        self.init(status, error.code, error.message.sentence, hint: error.hint)
    }

    private init(_ error: StoreError) {
        self.init(error as any PomonaError)
        switch error {
        case .invalidName: (status, code, field) = (.unprocessableContent, "invalidName", "name")
        case .nameTaken: (status, code, field) = (.conflict, "nameTaken", "name")
        case .wrongConfirmation: (status, code, field) = (.unprocessableContent, "nameDiffers", "name")
        case .invalidValue(_, let name, _, _): (status, code, field) = (.unprocessableContent, "invalidField", name)
        case .missing: (status, code) = (.notFound, "notFound")
        case .stateForbids: (status, code) = (.conflict, "inUse")
        case .groupBeingDeleted, .eTagMismatch: (status, code) = (.conflict, "conflict")
        case .notSignedIn: (status, code) = (.unauthorized, "notSignedIn")
        case .diskFull: status = Self.diskFull
        default: break
        }
    }

    private init(_ error: BlobError) {
        self.init(error as any PomonaError)
        switch error {
        case .blobExists: (status, code, field) = (.conflict, "blobAlreadyExists", "name")
        case .containerExists: (status, code, field) = (.conflict, "nameTaken", "name")
        case .invalidContainerName, .invalidBlobName:
            (status, code, field) = (.unprocessableContent, "invalidName", "name")
        case .accountMissing, .containerMissing, .blobMissing: (status, code) = (.notFound, "notFound")
        case .tooLarge: (status, code) = (.contentTooLarge, "tooLarge")
        default: break
        }
    }

    /// RFC 4918 section 11.5.
    private static let diskFull = HTTPResponse.Status(code: 507, reasonPhrase: "Insufficient Storage")

    /// Says which field of a body is wrong, and how.
    init(_ error: DecodingError) {
        func path(_ context: DecodingError.Context, _ last: String? = nil) -> String {
            (context.codingPath.map { $0.intValue.map(String.init) ?? $0.stringValue } + [last].compactMap { $0 })
                .joined(separator: ".")
        }
        switch error {
        case .keyNotFound(let key, let context):
            let field = path(context, key.stringValue)
            self = .field(field, "The field \(field) is missing.")
        case .typeMismatch(_, let context), .valueNotFound(_, let context):
            self = .field(path(context), "The field \(path(context)) is of another type: \(context.debugDescription)")
        case .dataCorrupted(let context) where !context.codingPath.isEmpty:
            self = .field(path(context), "The field \(path(context)) cannot be used: \(context.debugDescription)")
        default: self = .invalid("What was sent is not JSON.")
        }
    }
}

extension String {
    /// With a capital letter, unless it begins with the name of a file, and a full stop.
    var sentence: String {
        guard let first else { return self }
        let beginsWithFile = prefix { $0 != " " }.dropLast().contains(".")
        let text = beginsWithFile ? self : first.uppercased() + dropFirst()
        return text.hasSuffix(".") || text.hasSuffix("!") || text.hasSuffix("?") ? text : text + "."
    }
}
