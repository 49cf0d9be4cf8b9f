import Foundation
import PomonaEvaluation
import Testing

@Suite("ClassificationEvaluator")
struct ClassificationEvaluatorTests {
    @Test("All figures agree with numpy on 150 photos with ties and an absent tag")
    func agreesWithNumpy() throws {
        let golden: ClassificationGolden = try GoldenFile.read("classification.json")
        let labels = golden.probabilities[0].indices.map { "tag \($0)" }
        let photos = zip(golden.truths, golden.probabilities).map {
            ClassificationResult(truth: $0, probabilities: $1)
        }
        var evaluator = try ClassificationEvaluator(labels: labels)
        let metrics = try evaluator.evaluate(photos)
        let expected = golden.expected
        #expect(isClose(metrics.accuracyTop1, expected.accuracyTop1))
        #expect(isClose(metrics.accuracyTop5, expected.accuracyTop5))
        #expect(isClose(metrics.averagePrecision, expected.averagePrecision))
        #expect(isClose(metrics.calibrationECE, expected.calibrationECE))
        #expect(zip(metrics.tags, expected.tagAveragePrecision).allSatisfy { isClose($0.averagePrecision, $1) })
        #expect(zip(metrics.tags, expected.tagAccuracy).allSatisfy { isClose($0.accuracy, $1) })
        evaluator.isConcurrent = false
        #expect(try evaluator.evaluate(photos) == metrics)
        #expect(
            try JSONDecoder().decode(ClassificationMetrics.self, from: JSONEncoder().encode(metrics)) == metrics)
    }

    @Test("Four photos by hand")
    func byHand() throws {
        let metrics = try ClassificationEvaluator(labels: ["apple", "banana", "pear"]).evaluate([
            ClassificationResult(truth: 0, probabilities: [0.7, 0.2, 0.1]),
            ClassificationResult(truth: 0, probabilities: [0.1, 0.9, 0.0]),
            ClassificationResult(truth: 1, probabilities: [0.2, 0.8, 0.0]),
            ClassificationResult(truth: 1, probabilities: [0.6, 0.3, 0.1]),
        ])
        #expect(metrics.accuracyTop1 == 0.5)
        #expect(metrics.accuracyTop5 == 1)
        #expect(metrics.confusionMatrix.rows == [[1, 1, 0], [1, 1, 0], [0, 0, 0]])
        #expect(metrics.tags.map(\.accuracy) == [0.5, 0.5, nil])
        #expect(metrics.tags.map(\.photoCount) == [2, 2, 0])
        // Apple ranks photos 0, 3, 2, 1: right at 1 and 4, (1 + 2/4) / 2. Banana: 1, 2, 3, 0: (1/2 + 2/3) / 2.
        #expect(isClose(metrics.tags[0].averagePrecision, 0.75))
        #expect(isClose(metrics.tags[1].averagePrecision, 7.0 / 12))
        #expect(isClose(metrics.averagePrecision, (0.75 + 7.0 / 12) / 2))
        // Bins: (0.533, 0.6] one wrong; (0.667, 0.733] one right; (0.733, 0.8] one right; (0.867, 0.933] one wrong.
        #expect(isClose(metrics.calibrationECE, (0.6 + 0.3 + 0.2 + 0.9) / 4))
        #expect(metrics.mistakes.map(\.photo) == [1, 3])
        #expect(metrics.mistakes[0].truthConfidence == 0.1)
    }

    @Test("With equal probabilities the first tag counts as the most probable")
    func equalProbabilities() throws {
        let even = [Double](repeating: 0.125, count: 8)
        let metrics = try ClassificationEvaluator(labels: (0..<8).map(String.init)).evaluate([
            ClassificationResult(truth: 0, probabilities: even), ClassificationResult(truth: 4, probabilities: even),
            ClassificationResult(truth: 5, probabilities: even), ClassificationResult(truth: 7, probabilities: even),
        ])
        #expect(metrics.accuracyTop1 == 0.25)
        #expect(metrics.accuracyTop5 == 0.5)
        // One rank for all four photos: each of the four tags has precision 1/4.
        #expect(metrics.averagePrecision == 0.25)
    }

    @Test("No photos give no figures")
    func noPhotos() throws {
        let metrics = try ClassificationEvaluator(labels: ["apple"]).evaluate([])
        #expect(metrics.accuracyTop1 == nil)
        #expect(metrics.averagePrecision == nil)
        #expect(metrics.calibrationECE == nil)
        #expect(metrics.mistakes.isEmpty)
    }

    @Test("Only the most confident mistakes are listed")
    func mistakeLimit() throws {
        var evaluator = try ClassificationEvaluator(labels: ["apple", "banana"])
        evaluator.mistakeLimit = 2
        let confidences = [0.6, 0.9, 0.7, 0.9]
        let metrics = try evaluator.evaluate(
            confidences.map { ClassificationResult(truth: 0, probabilities: [1 - $0, $0]) })
        #expect(metrics.mistakes.map(\.photo) == [1, 3])
    }
}

@Suite("Calibration")
struct CalibrationTests {
    @Test("A confidence on a border belongs to the bin below it")
    func borders() throws {
        // 0.2, 0.6 and 1 are the upper borders of bins 2, 8 and 14.
        let labels = (0..<5).map(String.init)
        let metrics = try ClassificationEvaluator(labels: labels).evaluate([
            ClassificationResult(truth: 0, probabilities: [0.2, 0.2, 0.2, 0.2, 0.2]),
            ClassificationResult(truth: 0, probabilities: [0.6, 0.1, 0.1, 0.1, 0.1]),
            ClassificationResult(truth: 1, probabilities: [1, 0, 0, 0, 0]),
            ClassificationResult(truth: 0, probabilities: [0.21, 0.2, 0.2, 0.2, 0.19]),
        ])
        let bins = metrics.calibration.bins
        #expect(bins.count == 15)
        #expect(bins.indices.filter { bins[$0].count > 0 } == [2, 3, 8, 14])
        #expect(bins[14].accuracy == 0)
        #expect(bins[14].meanConfidence == 1)
        #expect(bins[0].accuracy == nil)
        #expect(isClose(metrics.calibrationECE, (0.8 + 0.4 + 1 + 0.79) / 4))
    }

    @Test("A model that gives every tag nothing falls into no bin")
    func zeroConfidence() throws {
        let metrics = try ClassificationEvaluator(labels: ["a", "b"])
            .evaluate([ClassificationResult(truth: 0, probabilities: [0, 0])])
        #expect(metrics.calibrationECE == 0)
        #expect(metrics.calibration.bins.allSatisfy { $0.count == 0 })
    }
}
