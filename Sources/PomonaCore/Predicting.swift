/// Looks at photos with one loaded model: finds objects, or tells what a photo as a whole shows.
///
/// Implementations differ in what computes (an engine process, a runtime in this process); callers do not.
public protocol Predicting: Sendable {
    /// The tags of the model in the order of their indices.
    var labels: [String] { get }

    /// Looks at one encoded photo.
    ///
    /// - Parameters:
    ///   - photo: The bytes of the file as a camera or browser made it.
    ///   - threshold: What is less confident (0...1) is left out.
    /// - Returns: Detections in pixels of the upright photo, or tags.
    /// - Throws: A ``PomonaError`` that names what is wrong with the photo or the model.
    func predict(photo: [UInt8], threshold: Double) async throws -> Prediction
}

/// What a model says about one photo.
public struct Prediction: Codable, Equatable, Sendable {
    /// The size of the photo, upright; the boxes are in its pixels.
    public var size: ImageSize

    /// Most confident first; empty from a model that sorts whole photos.
    public var detections: [Detection]

    /// What the photo as a whole shows, most confident first; `nil` from a model that finds objects.
    public var tags: [PhotoTag]?

    /// Time from bytes to answer.
    public var milliseconds: Double

    public init(size: ImageSize, detections: [Detection] = [], tags: [PhotoTag]? = nil, milliseconds: Double) {
        self.size = size
        self.detections = detections
        self.tags = tags
        self.milliseconds = milliseconds
    }
}

/// A tag of a whole photo.
public struct PhotoTag: Codable, Equatable, Sendable {
    /// Index into the model's labels.
    public var label: Int

    /// Probability, 0...1; those of all tags of a photo sum to 1.
    public var confidence: Double

    public init(label: Int, confidence: Double) {
        self.label = label
        self.confidence = confidence
    }

    /// The tags of a photo by their probabilities.
    ///
    /// - Parameters:
    ///   - probabilities: One for each label, in the order of the labels.
    ///   - threshold: What is less probable is left out.
    /// - Returns: The most probable first.
    public static func ranked(_ probabilities: some Sequence<Float>, threshold: Double) -> [PhotoTag] {
        probabilities.enumerated().map { PhotoTag(label: $0, confidence: Double($1)) }
            .filter { $0.confidence >= threshold }
            .sorted { ($0.confidence, $1.label) > ($1.confidence, $0.label) }
    }
}
