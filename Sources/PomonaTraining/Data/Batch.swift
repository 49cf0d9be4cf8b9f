public import PomonaVision

/// A batch ready for a step: inputs and what is in them.
public struct Batch: Sendable {
    let step: Int
    /// `[N, 3, H, W] float32` in the model's input form.
    let images: [Float]
    let objects: [[TargetBox]]

    /// - Parameters:
    ///   - step: Counts from 0.
    ///   - images: `[N, 3, H, W] float32` in the model's input form.
    ///   - objects: The objects of each of the N images, in input pixels.
    public init(step: Int, images: [Float], objects: [[TargetBox]]) {
        self.step = step
        self.images = images
        self.objects = objects
    }
}
