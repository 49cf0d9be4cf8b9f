/// How far confidences can be taken at their word: the photos sorted into equal bins by the confidence of their most
/// probable tag (Guo et al., "On Calibration of Modern Neural Networks", 2017, section 2).
public struct Calibration: Codable, Equatable, Sendable {
    /// The photos whose confidence lies in `lower < confidence <= upper`.
    public struct Bin: Codable, Equatable, Sendable {
        public let lower: Double
        public let upper: Double
        public internal(set) var count = 0

        /// Photos of the bin that were classified right.
        public internal(set) var correct = 0

        /// The sum of the bin's confidences; with perfect calibration it equals `correct`.
        public internal(set) var confidenceSum = 0.0

        /// The share that is right, 0...1; `nil` for an empty bin.
        public var accuracy: Double? { count > 0 ? Double(correct) / Double(count) : nil }

        /// The mean confidence, 0...1; `nil` for an empty bin.
        public var meanConfidence: Double? { count > 0 ? confidenceSum / Double(count) : nil }
    }

    /// Fifteen bins of equal width from 0 to 1.
    public private(set) var bins: [Bin]

    init(_ outcomes: some Sequence<(confidence: Double, isCorrect: Bool)>) {
        let binCount = 15
        let width = 1 / Double(binCount)
        bins = (0..<binCount).map { index in
            Bin(lower: Double(index) * width, upper: index + 1 == binCount ? 1 : Double(index + 1) * width)
        }
        for outcome in outcomes {
            // No bin holds a confidence of 0; only a model that gives every tag probability 0 has it.
            guard let index = bins.firstIndex(where: { outcome.confidence <= $0.upper }), outcome.confidence > 0 else {
                continue
            }
            bins[index].count += 1
            bins[index].correct += outcome.isCorrect ? 1 : 0
            bins[index].confidenceSum += outcome.confidence
        }
    }

    /// The expected calibration error, 0...1: over the bins the sum of |correct - sum of confidences|, divided by the
    /// number of all photos.
    func expectedError(photoCount: Int) -> Double {
        bins.reduce(0) { $0 + abs(Double($1.correct) - $1.confidenceSum) } / Double(photoCount)
    }
}
