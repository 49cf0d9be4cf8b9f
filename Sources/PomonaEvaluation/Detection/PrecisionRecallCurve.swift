/// Precision over recall of one tag at IoU 0.5, at COCO's recall levels 0, 0.01, ... up to the last that was reached.
///
/// The area below it, with zero beyond its end, is the average precision. The arrays run in parallel.
public struct PrecisionRecallCurve: Codable, Equatable, Sendable {
    /// Recall levels, rising, 0...1.
    public let recall: [Double]

    /// The highest precision at that recall or a higher one: never rising, 0...1.
    public let precision: [Double]

    /// The confidence threshold at which the recall is first reached.
    public let confidence: [Double]

    init(_ interpolated: InterpolatedPrecision) {
        recall = Array(InterpolatedPrecision.levels.prefix(interpolated.precision.count))
        precision = interpolated.precision
        confidence = interpolated.confidence
    }
}
