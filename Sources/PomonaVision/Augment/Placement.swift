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
}
