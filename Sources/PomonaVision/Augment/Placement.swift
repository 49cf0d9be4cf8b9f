import PomonaCore

/// Where one photo stands in a network's input: scaled along each side, moved, perhaps mirrored, and cut to a part of the
/// input.
struct Placement {
    /// Input pixels per image pixel.
    var scaleX: Double
    var scaleY: Double
    /// Left top corner of the image in the input.
    var x: Double
    var y: Double
    var isMirrored: Bool
    /// The part of the input that the photo may cover, in whole pixels.
    var window: (x: Range<Int>, y: Range<Int>)

    /// A box of the image in input pixels, not cut.
    func place(_ box: Box, imageWidth: Int) -> Box {
        let left = isMirrored ? Double(imageWidth) - box.xMax : box.xMin
        return Box(
            xMin: left * scaleX + x, yMin: box.yMin * scaleY + y,
            xMax: (left + box.width) * scaleX + x, yMax: box.yMax * scaleY + y)
    }

    /// What is left of a placed box inside the window.
    func visible(_ box: Box) -> Box {
        Box(
            xMin: max(box.xMin, Double(window.x.lowerBound)), yMin: max(box.yMin, Double(window.y.lowerBound)),
            xMax: min(box.xMax, Double(window.x.upperBound)), yMax: min(box.yMax, Double(window.y.upperBound)))
    }

    /// The objects of a placed photo that are still there to be found, in input pixels.
    func targets(of example: TrainingExample, options: AugmentationOptions) -> [TargetBox] {
        zip(example.boxes, example.labels).compactMap { box, label in
            let placed = place(box, imageWidth: example.image.width)
            let visible = visible(placed)
            guard visible.width >= options.leastSide, visible.height >= options.leastSide,
                visible.area >= placed.area * options.leastVisibleShare
            else { return nil }
            return TargetBox(
                label: label, xMin: Float(visible.xMin), yMin: Float(visible.yMin), xMax: Float(visible.xMax),
                yMax: Float(visible.yMax))
        }
    }
}
