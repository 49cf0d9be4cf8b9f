public import PomonaCore

/// One evaluated photo: what is to be seen in it and what the model found.
///
/// Photos are evaluated in the order of their array. pycocotools takes them in the order of their image ids, so a
/// caller that wants its numbers to the last digit hands the photos over sorted by id. The order matters only
/// where detections of two photos have exactly the same confidence.
public struct PhotoResult: Codable, Equatable, Sendable {
    /// The ground truth, in the order of the label file; every annotation needs a box.
    public var annotations: [Annotation]

    /// The model's detections in any order; equal confidences keep their order.
    public var detections: [Detection]

    public init(annotations: [Annotation], detections: [Detection]) {
        self.annotations = annotations
        self.detections = detections
    }
}
