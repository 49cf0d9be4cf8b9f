import PomonaCore

/// A measured photo: what is to be seen in it and what the model found.
struct MeasuredPhoto: Encodable, Sendable {
    struct Truth: Encodable, Sendable {
        var label: Int
        var box: Box?
    }

    struct Found: Encodable, Sendable {
        var label: Int
        var confidence: Double
        var box: Box
    }

    var blobID: String?
    var name: String
    var width: Int
    var height: Int
    var annotations: [Truth]
    var detections: [Found]
}
