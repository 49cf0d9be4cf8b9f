/// The IoU thresholds that detection is judged at.
enum IoUThresholds {
    /// COCO's .50, .55, ..., .95 with the bits of `numpy.linspace(.5, .95, 10)`, so that an overlap that lies exactly on
    /// a threshold falls to the same side.
    static let coco = (0..<9).map { Double($0) * ((0.95 - 0.5) / 9) + 0.5 } + [0.95]

    /// All thresholds of the reported figures: .30 and COCO's.
    static let reported = [0.3] + coco

    /// Indices into `reported`.
    static let at30 = 0
    static let at50 = 1
    static let at75 = 6
    static let cocoRange = 1..<11

    static func check(_ thresholds: [Double]) throws(EvaluationError) {
        for threshold in thresholds where !(threshold > 0 && threshold <= 1) {
            throw .invalidIoUThreshold(threshold)
        }
    }
}
