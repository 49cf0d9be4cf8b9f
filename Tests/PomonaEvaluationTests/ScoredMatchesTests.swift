import PomonaCore
import Testing

@testable import PomonaEvaluation

@Suite("ScoredMatches")
struct ScoredMatchesTests {
    /// Two apples and a banana: an apple found at 0.9, the banana taken for an apple at 0.7, nothing seen as an apple at
    /// 0.5, the banana found at 0.4; the second apple is never found.
    func matches() throws -> ScoredMatches {
        let result = photo(
            [object(0, square(0)), object(0, square(50)), object(1, square(100))],
            [
                detection(0, 0.9, square(0)), detection(0, 0.7, square(101)), detection(0, 0.5, square(200)),
                detection(1, 0.4, square(100)),
            ])
        return try DetectionEvaluator(labels: ["apple", "banana"]).evaluate([result]).matches
    }

    @Test(
        "A threshold moves right, wrong and missed",
        arguments: [
            (0.95, MatchCounts(truePositives: 0, falsePositives: 0, missed: 3)),
            (0.9, MatchCounts(truePositives: 1, falsePositives: 0, missed: 2)),
            (0.6, MatchCounts(truePositives: 1, falsePositives: 1, missed: 2)),
            (0.45, MatchCounts(truePositives: 1, falsePositives: 2, missed: 2)),
            (0.0, MatchCounts(truePositives: 2, falsePositives: 2, missed: 1)),
        ])
    func overallFigures(threshold: Double, expected: MatchCounts) throws {
        #expect(try matches().figures(at: threshold).overall == expected)
    }

    @Test("Figures per tag count each tag's detections and objects")
    func tagFigures() throws {
        let tags = try matches().figures(at: 0.3).tags
        #expect(tags[0] == MatchCounts(truePositives: 1, falsePositives: 2, missed: 1))
        #expect(tags[1] == MatchCounts(truePositives: 1, falsePositives: 0, missed: 0))
        #expect(isClose(tags[0].precision, 1.0 / 3))
        #expect(tags[0].recall == 0.5)
        #expect(isClose(tags[0].f1, 0.4))
    }

    @Test("The confusion matrix follows the threshold, with background as the last row and column")
    func confusion() throws {
        let matches = try matches()
        // The banana is claimed by the more confident apple, so the right detection of it finds only background.
        #expect(matches.figures(at: 0.3).confusionMatrix.rows == [[1, 0, 1], [1, 0, 0], [1, 1, 0]])
        #expect(matches.figures(at: 0.8).confusionMatrix.rows == [[1, 0, 1], [0, 0, 1], [0, 0, 0]])
    }

    @Test(
        "The figures at a threshold are those of an evaluation of the detections at or above it",
        arguments: ["mixed", "ties", "over-300"], [0.2, 0.5, 0.75])
    func equalsFilteredEvaluation(name: String, threshold: Double) throws {
        let golden: DetectionGolden = try GoldenFile.read("detection-\(name).json")
        let evaluator = try DetectionEvaluator(labels: golden.labels)
        let filtered = golden.results.map { result in
            photo(result.annotations, result.detections.filter { $0.confidence >= threshold })
        }
        let all = try evaluator.evaluate(golden.results).matches.figures(at: threshold)
        #expect(try evaluator.evaluate(filtered).matches.figures(at: threshold) == all)
        #expect(all.overall.truePositives > 0)
        #expect(
            all.overall.truePositives + all.overall.missed == all.tags.reduce(0) { $0 + $1.truePositives + $1.missed })
    }

    @Test("Detections beyond the maximum are left out of all figures")
    func droppedDetections() throws {
        var evaluator = try DetectionEvaluator(labels: ["apple"])
        evaluator.maximumDetections = 1
        let matches = try evaluator.evaluate([
            photo([object(0, square(0))], [detection(0, 0.8, square(0)), detection(0, 0.9, square(50))])
        ]).matches
        #expect(matches.confidences == [0.9])
        #expect(matches.figures(at: 0).confusionMatrix.rows == [[0, 1], [1, 0]])
    }
}

@Suite("BestThreshold")
struct BestThresholdTests {
    @Test("The threshold with the highest F1 is found and says where it was picked")
    func highestF1() throws {
        // F1 after each step, with 3 objects: 2/4, 4/5, 4/6, 6/7, 6/8.
        var search = BestThresholdSearch(objectCount: 3)
        for (confidence, isCorrect) in [(0.9, true), (0.8, true), (0.7, false), (0.6, true), (0.5, false)] {
            search.add(confidence: confidence, isCorrect: isCorrect)
        }
        let found = search.finish()
        let best = try #require(found)
        #expect(best.threshold == 0.6)
        #expect(best.precision == 0.75)
        #expect(best.recall == 1)
        #expect(isClose(best.f1, 6.0 / 7))
        #expect(best.pickedOn == .evaluatedPhotos)
    }

    @Test("Detections of one confidence stand or fall together")
    func ties() throws {
        // Stopping after the first of the two at 0.8 would give F1 1, but no threshold does that.
        var search = BestThresholdSearch(objectCount: 1)
        search.add(confidence: 0.8, isCorrect: true)
        search.add(confidence: 0.8, isCorrect: false)
        let found = search.finish()
        let best = try #require(found)
        #expect(isClose(best.f1, 2.0 / 3))
    }

    @Test("Of equal F1 the higher threshold is taken")
    func equalF1() throws {
        // One of two found: 2/3. Then wrong twice and right: 4/6.
        var search = BestThresholdSearch(objectCount: 2)
        for (confidence, isCorrect) in [(0.9, true), (0.8, false), (0.7, false), (0.6, true)] {
            search.add(confidence: confidence, isCorrect: isCorrect)
        }
        let best = search.finish()
        #expect(best?.threshold == 0.9)
    }

    @Test("Nothing found, no threshold")
    func nothingFound() {
        var search = BestThresholdSearch(objectCount: 2)
        search.add(confidence: 0.9, isCorrect: false)
        let best = search.finish()
        #expect(best == nil)
    }

    @Test("Ignored detections have no part in it, and each tag has its own")
    func perTag() throws {
        let crowdBox = Box(xMin: 100, yMin: 0, xMax: 200, yMax: 100)
        let metrics = try DetectionEvaluator(labels: ["apple", "banana", "pear"]).evaluate([
            photo(
                [object(0, square(0)), crowd(0, crowdBox), object(1, square(50))],
                [
                    detection(0, 0.9, square(120)), detection(0, 0.6, square(0)), detection(1, 0.8, square(50)),
                    detection(1, 0.2, square(300)), detection(2, 0.9, square(400)),
                ])
        ])
        #expect(metrics.tags.map { $0.bestThreshold?.threshold } == [0.6, 0.8, nil])
        #expect(metrics.tags[0].bestThreshold?.precision == 1)
        // All together: wrong (pear) at 0.9, right at 0.8 and 0.6, wrong at 0.2.
        #expect(metrics.bestThreshold?.threshold == 0.6)
        #expect(isClose(metrics.bestThreshold?.f1, 0.8))
    }
}
