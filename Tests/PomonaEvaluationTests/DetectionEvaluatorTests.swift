import Foundation
import PomonaCore
import PomonaEvaluation
import Testing

@Suite("DetectionEvaluator")
struct DetectionEvaluatorTests {
    let evaluator: DetectionEvaluator

    init() throws { evaluator = try DetectionEvaluator(labels: ["apple", "banana"]) }

    @Test("No photos at all give no figures instead of a failure")
    func noPhotos() throws {
        let metrics = try evaluator.evaluate([])
        #expect(metrics.photoCount == 0)
        #expect(metrics.meanAveragePrecision == nil)
        #expect(metrics.bestThreshold == nil)
        #expect(metrics.mistakes.isEmpty)
        #expect(metrics.figures.overall.precision == nil)
    }

    @Test("A model without tags and without detections is evaluated to nothing")
    func noTags() throws {
        let metrics = try DetectionEvaluator(labels: []).evaluate([photo([], [])])
        #expect(metrics.tags.isEmpty)
        #expect(metrics.meanAveragePrecision50 == nil)
    }

    @Test("Without detections every object is missed and average precision is zero")
    func noDetections() throws {
        let metrics = try evaluator.evaluate([photo([object(0, square(0)), object(0, square(50))], [])])
        #expect(metrics.meanAveragePrecision50 == 0)
        #expect(metrics.meanAveragePrecision == 0)
        #expect(metrics.figures.overall == MatchCounts(truePositives: 0, falsePositives: 0, missed: 2))
        #expect(metrics.bestThreshold == nil)
        #expect(metrics.tags[0].curve?.precision == [])
        #expect(metrics.tags[1].averagePrecision50 == nil)
    }

    @Test("Without ground truth detections are false and there is no average precision")
    func noGroundTruth() throws {
        let metrics = try evaluator.evaluate([photo([], [detection(0, 0.9, square(0))])])
        #expect(metrics.meanAveragePrecision50 == nil)
        #expect(metrics.figures.overall == MatchCounts(truePositives: 0, falsePositives: 1, missed: 0))
        #expect(metrics.mistakes.map(\.kind) == [.falseDetection])
    }

    @Test("A tag without objects does not weigh on the mean")
    func absentTag() throws {
        let metrics = try evaluator.evaluate([
            photo([object(0, square(0))], [detection(0, 0.9, square(0)), detection(1, 0.9, square(50))])
        ])
        #expect(isClose(metrics.meanAveragePrecision50, 1))
        #expect(isClose(metrics.tags[0].averagePrecision50, 1))
        #expect(metrics.tags[1].averagePrecision50 == nil)
    }

    @Test("The mean over IoU .50 to .95 falls with a loose box, those at .30 and .50 do not")
    func looseBox() throws {
        // IoU 8/12 = 0.667 passes 0.50, 0.55, 0.60 and 0.65: four of ten.
        let metrics = try evaluator.evaluate([photo([object(0, square(0))], [detection(0, 0.9, square(2))])])
        #expect(isClose(metrics.meanAveragePrecision30, 1))
        #expect(isClose(metrics.meanAveragePrecision50, 1))
        #expect(metrics.meanAveragePrecision75 == 0)
        #expect(isClose(metrics.meanAveragePrecision, 0.4))
    }

    @Test("Metrics survive JSON unchanged")
    func codable() throws {
        let golden: DetectionGolden = try GoldenFile.read("detection-absent-tags.json")
        let metrics = try DetectionEvaluator(labels: golden.labels).evaluate(golden.results)
        let data = try JSONEncoder().encode(metrics)
        #expect(try JSONDecoder().decode(DetectionMetrics.self, from: data) == metrics)
    }
}
