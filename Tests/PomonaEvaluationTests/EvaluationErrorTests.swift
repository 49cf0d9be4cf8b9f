import PomonaCore
import PomonaEvaluation
import Testing

@Suite("EvaluationError")
struct EvaluationErrorTests {
    @Test("Two tags of one name are refused, for figures per tag would share a place")
    func duplicateTags() {
        #expect(throws: EvaluationError.duplicateTag(name: "apple", first: 0, second: 2)) {
            try DetectionEvaluator(labels: ["apple", "pear", "apple"])
        }
        #expect(throws: EvaluationError.duplicateTag(name: "a", first: 1, second: 2)) {
            try ClassificationEvaluator(labels: ["b", "a", "a"])
        }
    }

    @Test(
        "Bad photos are named with what is wrong",
        arguments: [
            (
                photo([object(3, square(0))], []),
                EvaluationError.unknownLabel(photo: 1, subject: .annotation(0), label: 3, labelCount: 2)
            ),
            (
                photo([], [detection(-1, 0.5, square(0))]),
                .unknownLabel(photo: 1, subject: .detection(0), label: -1, labelCount: 2)
            ),
            (
                photo([object(0, square(0)), Annotation(label: 0, box: nil)], []),
                .missingBox(photo: 1, annotation: 1)
            ),
            (
                photo([], [detection(0, 0.5, square(0)), detection(0, 0.5, square(0, side: -1))]),
                .invalidBox(photo: 1, subject: .detection(1), box: square(0, side: -1))
            ),
            (
                photo([object(1, square(0, side: .infinity))], []),
                .invalidBox(photo: 1, subject: .annotation(0), box: square(0, side: .infinity))
            ),
            (
                photo([], [detection(0, 1.01, square(0))]),
                .invalidConfidence(photo: 1, detection: 0, confidence: 1.01)
            ),
        ])
    func badPhotos(bad: PhotoResult, error: EvaluationError) throws {
        let evaluator = try DetectionEvaluator(labels: ["apple", "banana"])
        let good = photo([object(1, square(0))], [detection(0, 1, square(0))])
        #expect(throws: error) { try evaluator.evaluate([good, bad]) }
        #expect(throws: error) { try evaluator.averagePrecision(of: [good, bad], iouThresholds: [0.5]) }
        #expect(error.kind == .badData)
        #expect(error.message.contains("Photo 1"))
    }

    @Test("Numbers that are none do not slip through", arguments: [Double.nan, .infinity, -.infinity])
    func notNumbers(value: Double) throws {
        let evaluator = try DetectionEvaluator(labels: ["apple"])
        let box = Box(xMin: value, yMin: 0, xMax: 10, yMax: 10)
        #expect(throws: EvaluationError.self) { try evaluator.evaluate([photo([object(0, box)], [])]) }
        #expect(throws: EvaluationError.self) { try evaluator.evaluate([photo([], [detection(0, 0.5, box)])]) }
        #expect(throws: EvaluationError.self) { try evaluator.evaluate([photo([], [detection(0, value, square(0))])]) }
    }

    @Test("IoU thresholds lie above 0 and not above 1", arguments: [0, -0.5, 1.5, .nan])
    func badThresholds(threshold: Double) throws {
        let evaluator = try DetectionEvaluator(labels: ["apple"])
        let error = #expect(throws: EvaluationError.self) {
            try evaluator.averagePrecision(of: [], iouThresholds: [0.5, threshold])
        }
        #expect(error?.kind == .usage)
        #expect(error?.code == "invalidThreshold")
    }

    @Test(
        "Bad classification results are named with what is wrong",
        arguments: [
            (
                ClassificationResult(truth: 2, probabilities: [0.5, 0.5]),
                EvaluationError.unknownTruth(photo: 0, label: 2, labelCount: 2)
            ),
            (
                ClassificationResult(truth: 0, probabilities: [1]),
                .probabilityCount(photo: 0, found: 1, labelCount: 2)
            ),
            (
                ClassificationResult(truth: 0, probabilities: [0.5, 1.5]),
                .invalidProbability(photo: 0, label: 1, probability: 1.5)
            ),
        ])
    func badClassification(bad: ClassificationResult, error: EvaluationError) throws {
        let evaluator = try ClassificationEvaluator(labels: ["apple", "banana"])
        #expect(throws: error) { try evaluator.evaluate([bad]) }
    }
}
