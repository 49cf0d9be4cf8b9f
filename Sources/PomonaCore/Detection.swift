/// One object a model found in a photo.
public struct Detection: Hashable, Codable, Sendable {
    /// Index into the labels of the model.
    public var label: Int

    /// How sure the model is, 0...1.
    public var confidence: Double

    /// Where it is, in pixels of the upright photo.
    public var box: Box

    public init(label: Int, confidence: Double, box: Box) {
        self.label = label
        self.confidence = confidence
        self.box = box
    }
}
