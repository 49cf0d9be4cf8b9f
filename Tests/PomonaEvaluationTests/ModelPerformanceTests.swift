import Foundation
import PomonaEvaluation
import Testing

@Suite("ModelPerformance")
struct ModelPerformanceTests {
    /// The keys of the JSON that a value makes, and those of its tags.
    func keys(_ performance: ModelPerformance) throws -> (all: Set<String>, tags: [String: Set<String>]) {
        let object = try #require(
            JSONSerialization.jsonObject(with: JSONEncoder().encode(performance)) as? [String: Any])
        let tags = try #require(object["tagPerformance"] as? [String: [String: Any]])
        return (Set(object.keys), tags.mapValues { Set($0.keys) })
    }

    @Test("A detector's figures have Azure's names, and a tag without objects an empty entry")
    func detector() throws {
        let metrics = try DetectionEvaluator(labels: ["apple", "pear"]).evaluate([
            photo([object(0, square(0))], [detection(0, 0.9, square(0))])
        ])
        let performance = ModelPerformance(metrics)
        let keys = try keys(performance)
        #expect(
            keys.all == [
                "meanAveragePrecision30", "meanAveragePrecision50", "meanAveragePrecision75", "meanAveragePrecision",
                "tagPerformance",
            ])
        #expect(keys.tags == ["apple": ["averagePrecision50"], "pear": []])
        #expect(isClose(performance.tagPerformance["apple"]?.averagePrecision50, 1))
        #expect(isClose(performance.meanAveragePrecision75, 1))
    }

    @Test("A classifier's figures have Azure's names")
    func classifier() throws {
        let metrics = try ClassificationEvaluator(labels: ["apple", "pear"])
            .evaluate([ClassificationResult(truth: 0, probabilities: [0.75, 0.25])])
        let keys = try keys(ModelPerformance(metrics))
        #expect(
            keys.all == ["accuracyTop1", "accuracyTop5", "averagePrecision", "calibrationECE", "tagPerformance"])
        #expect(keys.tags == ["apple": ["accuracy"], "pear": []])
    }

    @Test("Figures read back from JSON are the same, fields that do not apply absent")
    func roundTrip() throws {
        let json = #"{"meanAveragePrecision50":0.5,"tagPerformance":{"apple":{"averagePrecision50":0.5}}}"#
        let performance = try JSONDecoder().decode(ModelPerformance.self, from: Data(json.utf8))
        #expect(performance.accuracyTop1 == nil)
        #expect(performance.tagPerformance["apple"]?.averagePrecision50 == 0.5)
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        #expect(String(decoding: try encoder.encode(performance), as: UTF8.self) == json)
    }
}
