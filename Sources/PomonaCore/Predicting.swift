/// Finds objects in photos with one loaded model.
///
/// Implementations differ in what computes (an engine process, a runtime in this process); callers do not.
public protocol Predicting: Sendable {
    /// The tags of the model in the order of their indices.
    var labels: [String] { get }

    /// Detects objects in one encoded photo.
    ///
    /// - Parameters:
    ///   - photo: The bytes of the file as a camera or browser made it.
    ///   - threshold: Detections below this confidence (0...1) are left out.
    /// - Returns: The detections, most confident first, in pixels of the upright photo.
    /// - Throws: A ``PomonaError`` that names what is wrong with the photo or the model.
    func predict(photo: [UInt8], threshold: Double) async throws -> Prediction
}

/// What a model says about one photo.
public struct Prediction: Codable, Equatable, Sendable {
    /// The size of the photo, upright; the boxes are in its pixels.
    public var size: ImageSize

    /// Most confident first.
    public var detections: [Detection]

    /// Time from bytes to boxes.
    public var milliseconds: Double

    public init(size: ImageSize, detections: [Detection], milliseconds: Double) {
        self.size = size
        self.detections = detections
        self.milliseconds = milliseconds
    }
}
