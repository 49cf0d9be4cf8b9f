/// The body of a refusal.
struct ErrorDocument: Encodable, Sendable {
    var error: Content

    struct Content: Encodable, Sendable {
        var code: String
        var message: String
        var target: String?
        var innererror: Inner?
    }

    struct Inner: Encodable, Sendable {
        var code: String
        var message: String
    }

    init(_ error: VisionError) {
        self.error = Content(
            code: error.code, message: error.message, target: error.target,
            innererror: error.inner.map { Inner(code: $0.rawValue, message: error.message) })
    }
}

/// Why a model, an evaluation or a run failed. It holds no `innererror`: Microsoft's sample client reads these four
/// fields and fails over any other.
struct FailureDocument: Encodable, Sendable {
    var code: String
    var message: String
    var target: String?
    var details: [FailureDocument]?
}
