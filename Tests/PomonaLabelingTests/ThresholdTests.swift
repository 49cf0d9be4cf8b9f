import PomonaCore
import PomonaEngine
import PomonaEvaluation
import Testing

@testable import PomonaLabeling

@Suite("Thresholds of suggestions") struct ThresholdTests {
    private static let place = Box(xMin: 0, yMin: 0, xMax: 20, yMax: 20)
    private static let elsewhere = Box(xMin: 40, yMin: 20, xMax: 60, yMax: 40)

    /// One photo: an object that is found, and something found where nothing is.
    private static func photo(_ label: Int, right: Double, wrong: Double) -> PhotoResult {
        PhotoResult(
            annotations: [Annotation(label: label, box: place)],
            detections: [
                Detection(label: label, confidence: right, box: place),
                Detection(label: label, confidence: wrong, box: elsewhere),
            ])
    }

    private static func words(apples: Int, pears: Int) throws -> ModelWords {
        let photos =
            (0..<apples).map { _ in photo(0, right: 0.8, wrong: 0.6) }
            + (0..<pears).map { _ in photo(1, right: 0.2, wrong: 0.1) }
        let metrics = try DetectionEvaluator(labels: ["apple", "pear"]).evaluate(photos)
        return ModelWords(EvaluationResult(evaluatedOn: .heldOut, detection: metrics, photos: [], skipped: []))
    }

    @Test("A tag that was often there has its own, in the middle of what separates right from wrong")
    func ownThreshold() throws {
        let words = try Self.words(apples: 12, pears: 10)
        #expect(try #require(words.threshold(of: "apple")).isAlmost(0.7))
        #expect(try #require(words.threshold(of: "pear")).isAlmost(0.15))
    }

    @Test("One that was rarely there has that of all tags together")
    func sharedThreshold() throws {
        let words = try Self.words(apples: 12, pears: 2)
        #expect(try #require(words.threshold(of: "pear")).isAlmost(0.7))
        #expect(words.threshold(of: "apple") == words.threshold(of: "pear"))
    }
}

extension Double {
    fileprivate func isAlmost(_ other: Double) -> Bool { abs(self - other) < 1e-6 }
}
