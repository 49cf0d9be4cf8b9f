public import PomonaCore

/// A decoded photo with its objects, both in the pixels of the image at hand (which may be smaller than the photo).
public struct TrainingExample: Sendable {
    public var image: RGBImage
    public var boxes: [Box]
    /// The label of each box.
    public var labels: [Int]

    public init(image: RGBImage, boxes: [Box], labels: [Int]) {
        self.image = image
        self.boxes = boxes
        self.labels = labels
    }
}
