import HTTPTypes
import PomonaCore
import PomonaStore

/// A refusal of the Vision API: one of Azure's codes, in words of ours.
struct VisionError: PomonaError, Equatable {
    /// The more exact code inside of another one.
    enum Inner: String, Sendable, CaseIterable {
        case badArgument = "BadArgument"
        case invalidImageFormat = "InvalidImageFormat"
        case invalidImageSize = "InvalidImageSize"
        case invalidImageURL = "InvalidImageUrl"
        case notSupportedImage = "NotSupportedImage"
        case notSupportedLanguage = "NotSupportedLanguage"
        case notSupportedVisualFeature = "NotSupportedVisualFeature"
        case datasetNotFound = "DatasetNotFound"
        case datasetEmpty = "DatasetEmpty"
        case datasetCorrupt = "DatasetCorrupt"
        case datasetAnnotationsInvalid = "DatasetAnnotationsInvalid"
    }

    var status: HTTPResponse.Status
    var code: String
    var message: String
    var inner: Inner?

    /// The field or parameter that is wrong.
    var target: String?

    var kind: ErrorKind {
        switch status.code {
        case 404: .missing
        case 409, 412: .conflict
        case 500...: .internal
        default: .usage
        }
    }

    static func invalidRequest(_ message: String, inner: Inner? = nil, target: String? = nil) -> VisionError {
        VisionError(status: .badRequest, code: "InvalidRequest", message: message, inner: inner, target: target)
    }

    static func parameter(_ name: String, _ value: String, expected: String, inner: Inner = .badArgument)
        -> VisionError
    {
        .invalidRequest(
            "The query parameter \(name) is \"\(value.prefix(100))\" where \(expected) is expected.", inner: inner,
            target: name)
    }

    static let accessDenied = VisionError(
        status: .unauthorized, code: "401",
        message: "The header Ocp-Apim-Subscription-Key is missing, or holds no key of a Vision resource of this server."
    )

    static func notFound(_ subject: String) -> VisionError {
        VisionError(status: .notFound, code: "404", message: "Resource not found: there is no \(subject).")
    }

    /// - Parameter kind: with a capital letter, such as "Dataset".
    static func exists(_ kind: String, _ name: String) -> VisionError {
        VisionError(
            status: .conflict, code: "\(kind)AlreadyExists",
            message: "There is a \(kind.lowercased()) named \"\(name)\" already.")
    }

    static let failedToProcess = VisionError(
        status: .internalServerError, code: "InternalServerError",
        message: "The server failed to answer; its log says why.")
}

extension VisionError {
    /// What the client is told of any error. One that is the server's own fault is not shown in its own words.
    init(_ error: any Error) {
        switch error {
        case let error as VisionError: self = error
        case StoreError.nameTaken(let kind, let name, _):
            self = .exists(kind.prefix(1).uppercased() + kind.dropFirst(), name)
        case StoreError.stateForbids(let kind, let name, let state, let action):
            self = .invalidRequest("The \(kind) \"\(name)\" is \(state), and in that state it cannot be \(action).")
        case StoreError.eTagMismatch(let kind, let name):
            self = VisionError(
                status: .preconditionFailed, code: "PreconditionFailed",
                message: "The \(kind) \"\(name)\" has another eTag than If-Match asks for.", target: "If-Match")
        case let error as any PomonaError:
            switch error.kind {
            case .usage, .badData: self = .invalidRequest(error.message)
            case .missing: self = VisionError(status: .notFound, code: "404", message: error.message)
            case .conflict: self = VisionError(status: .conflict, code: "Conflict", message: error.message)
            case .resource where error.code == "diskFull":
                self = VisionError(
                    status: .init(code: 507, reasonPhrase: "Insufficient Storage"), code: "InternalServerError",
                    message: "The server's disk is full.")
            case .resource, .internal, .interrupted: self = .failedToProcess
            }
        default: self = .failedToProcess
        }
    }
}
