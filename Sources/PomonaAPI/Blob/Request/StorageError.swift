import HTTPTypes
import PomonaCore

/// A refusal of the Blob API: one of Azure's codes, in words of ours.
struct StorageError: PomonaError {
    var reason: StorageErrorCode
    var message: String

    /// Further elements of the error document, such as `QueryParameterName`.
    var details: [(name: String, value: String)]

    init(_ reason: StorageErrorCode, _ message: String, details: [(name: String, value: String)] = []) {
        self.reason = reason
        self.message = message
        self.details = details
    }

    var code: String { reason.rawValue }

    var kind: ErrorKind {
        switch reason.status.code {
        case 404: .missing
        case 409, 412: .conflict
        case 500...: .internal
        default: .usage
        }
    }
}

extension StorageError {
    static func header(_ name: String, _ value: String, expected: String) -> StorageError {
        StorageError(
            .invalidHeaderValue, "The header \(name) is \"\(value.prefix(200))\" where \(expected) is expected.",
            details: [("HeaderName", name), ("HeaderValue", String(value.prefix(200)))])
    }

    static func parameter(
        _ name: String, _ value: String, expected: String, reason: StorageErrorCode = .invalidQueryParameterValue
    ) -> StorageError {
        StorageError(
            reason, "The query parameter \(name) is \"\(value.prefix(200))\" where \(expected) is expected.",
            details: [
                ("QueryParameterName", name), ("QueryParameterValue", String(value.prefix(200))),
                ("Reason", "Expected \(expected)"),
            ])
    }

    static func missingHeader(_ name: String) -> StorageError {
        StorageError(
            .missingRequiredHeader, "The header \(name) is missing; this operation needs it.",
            details: [("HeaderName", name)])
    }

    static func missingParameter(_ name: String) -> StorageError {
        StorageError(
            .missingRequiredQueryParameter, "The query parameter \(name) is missing; this operation needs it.",
            details: [("QueryParameterName", name)])
    }

    static func xml(_ error: XMLError) -> StorageError {
        StorageError(.invalidXmlDocument, error.message)
    }
}
