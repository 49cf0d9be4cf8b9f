import PomonaCore
import Testing

@testable import PomonaEvaluation

@Suite("Agreement with pycocotools")
struct DetectionGoldenTests {
    @Test("Average precision and recall agree at every threshold and tag", arguments: GoldenFile.detectionSets)
    func averagePrecisionAgrees(name: String) throws {
        let golden: DetectionGolden = try GoldenFile.read("detection-\(name).json")
        let table = try DetectionEvaluator(labels: golden.labels)
            .averagePrecision(of: golden.results, iouThresholds: golden.expected.iouThresholds)
        for threshold in golden.expected.iouThresholds.indices {
            for tag in 0..<golden.tagCount {
                let place = Comment("threshold \(golden.expected.iouThresholds[threshold]), tag \(tag)")
                let found = table.averagePrecision[threshold][tag] ?? -1
                #expect(abs(found - golden.expected.averagePrecision[threshold][tag]) < 1e-9, place)
                #expect(
                    abs((table.recall[threshold][tag] ?? -1) - golden.expected.recall[threshold][tag]) < 1e-9, place)
            }
        }
    }

    @Test("The means skip tags without objects as pycocotools' summary does", arguments: GoldenFile.detectionSets)
    func meansAgree(name: String) throws {
        let golden: DetectionGolden = try GoldenFile.read("detection-\(name).json")
        let metrics = try DetectionEvaluator(labels: golden.labels).evaluate(golden.results)
        func mean(_ thresholds: Range<Int>) -> Double {
            let known = golden.expected.averagePrecision[thresholds].flatMap { $0 }.filter { $0 >= 0 }
            return known.reduce(0, +) / Double(known.count)
        }
        #expect(isClose(metrics.meanAveragePrecision30, mean(0..<1), tolerance: 1e-9))
        #expect(isClose(metrics.meanAveragePrecision50, mean(1..<2), tolerance: 1e-9))
        #expect(isClose(metrics.meanAveragePrecision75, mean(6..<7), tolerance: 1e-9))
        #expect(isClose(metrics.meanAveragePrecision, mean(1..<11), tolerance: 1e-9))
        for (tag, figures) in metrics.tags.enumerated() {
            let expected = golden.expected.averagePrecision.map { $0[tag] }
            #expect(isClose(figures.averagePrecision50 ?? -1, expected[1], tolerance: 1e-9))
            #expect(isClose(figures.averagePrecision30 ?? -1, expected[0], tolerance: 1e-9))
            #expect(isClose(figures.averagePrecision75 ?? -1, expected[6], tolerance: 1e-9))
            #expect(isClose(figures.averagePrecision ?? -1, expected[1...].reduce(0, +) / 10, tolerance: 1e-9))
        }
    }

    @Test("Curves agree in precision and confidence, and end where recall ends", arguments: GoldenFile.detectionSets)
    func curvesAgree(name: String) throws {
        let golden: DetectionGolden = try GoldenFile.read("detection-\(name).json")
        let metrics = try DetectionEvaluator(labels: golden.labels).evaluate(golden.results)
        for (tag, figures) in metrics.tags.enumerated() {
            let expected = golden.expected.precision50[tag]
            guard let curve = figures.curve else {
                #expect(expected.allSatisfy { $0 == -1 })
                continue
            }
            #expect(curve.precision.count == expected.prefix { $0 > 0 }.count)
            for level in curve.precision.indices {
                #expect(abs(curve.precision[level] - expected[level]) < 1e-8)
                #expect(curve.confidence[level] == golden.expected.confidence50[tag][level])
                #expect(abs(curve.recall[level] - Double(level) / 100) < 1e-12)
            }
        }
    }

    @Test("Many cores and one core give the same figures", arguments: ["mixed", "over-300"])
    func concurrencyChangesNothing(name: String) throws {
        let golden: DetectionGolden = try GoldenFile.read("detection-\(name).json")
        var evaluator = try DetectionEvaluator(labels: golden.labels)
        let concurrent = try evaluator.evaluate(golden.results)
        evaluator.isConcurrent = false
        #expect(try evaluator.evaluate(golden.results) == concurrent)
    }

    @Test("The order of thresholds does not matter")
    func thresholdsInAnyOrder() throws {
        let golden: DetectionGolden = try GoldenFile.read("detection-crowds.json")
        let evaluator = try DetectionEvaluator(labels: golden.labels)
        let table = try evaluator.averagePrecision(of: golden.results, iouThresholds: [0.75, 0.5])
        for tag in 0..<golden.tagCount {
            #expect(isClose(table.averagePrecision[0][tag], golden.expected.averagePrecision[6][tag], tolerance: 1e-9))
            #expect(isClose(table.averagePrecision[1][tag], golden.expected.averagePrecision[1][tag], tolerance: 1e-9))
        }
    }
}
