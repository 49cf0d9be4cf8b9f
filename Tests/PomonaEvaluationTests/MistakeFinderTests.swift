import PomonaCore
import Testing

@testable import PomonaEvaluation

@Suite("Mistakes")
struct MistakeFinderTests {
    func mistakes(_ photos: [PhotoResult], threshold: Double = 0.3, perKind: Int = 50) throws -> [Mistake] {
        var evaluator = try DetectionEvaluator(labels: ["apple", "banana"])
        evaluator.confidenceThreshold = threshold
        evaluator.mistakesPerKind = perKind
        return try evaluator.evaluate(photos).mistakes
    }

    @Test("What was found right is no mistake")
    func right() throws {
        #expect(try mistakes([photo([object(0, square(0))], [detection(0, 0.9, square(1))])]).isEmpty)
    }

    @Test("A detection on another tag's object is a wrong tag, and the object is not also missed")
    func wrongTag() throws {
        let found = try mistakes([photo([], []), photo([object(1, square(0))], [detection(0, 0.9, square(0))])])
        #expect(
            found == [
                Mistake(
                    kind: .wrongTag, photo: 1, truth: object(1, square(0)), detection: detection(0, 0.9, square(0)),
                    intersectionOverUnion: 1, severity: 0.9)
            ])
    }

    @Test("A box of the right tag that overlaps too little is loose, and worse the less it overlaps")
    func looseBox() throws {
        // IoU 5/15.
        let found = try mistakes([photo([object(0, square(0))], [detection(0, 0.9, square(5))])])
        #expect(found.map(\.kind) == [.looseBox])
        #expect(isClose(found[0].intersectionOverUnion, 1.0 / 3))
        #expect(isClose(found[0].severity, 0.6))
        #expect(found[0].truth == object(0, square(0)))
    }

    @Test("A second box on an object, one on nothing, and a loose one on a found object are false")
    func falseDetections() throws {
        let found = try mistakes([
            photo(
                [object(0, square(0))],
                [
                    detection(0, 0.9, square(0)), detection(0, 0.8, square(1)), detection(0, 0.7, square(90)),
                    detection(0, 0.6, square(5)),
                ])
        ])
        #expect(found.map(\.kind) == [.falseDetection, .falseDetection, .falseDetection])
        #expect(found.map(\.severity) == [0.8, 0.7, 0.6])
        #expect(found.allSatisfy { $0.truth == nil && $0.intersectionOverUnion == nil })
    }

    @Test("A missed object is worse the less the model saw of it, and the larger it is")
    func missed() throws {
        let found = try mistakes([
            photo(
                [object(0, square(0)), object(0, square(50, side: 5)), object(1, square(100, side: 20))],
                [detection(0, 0.25, square(0))])
        ])
        #expect(found.map(\.kind) == [.missed, .missed, .missed])
        #expect(found.map(\.severity) == [1, 1, 0.75])
        #expect(found.map(\.truth?.box) == [square(100, side: 20), square(50, side: 5), square(0)])
        #expect(found.map(\.detection) == [nil, nil, detection(0, 0.25, square(0))])
    }

    @Test("Crowds are neither missed nor mistaken")
    func crowds() throws {
        let box = Box(xMin: 0, yMin: 0, xMax: 100, yMax: 100)
        #expect(try mistakes([photo([crowd(0, box)], [detection(0, 0.9, square(20))])]).isEmpty)
    }

    @Test("Mistakes below the threshold are none, but what they would have found is missed")
    func threshold() throws {
        let result = photo([object(0, square(0))], [detection(0, 0.5, square(0)), detection(1, 0.4, square(70))])
        #expect(try mistakes([result], threshold: 0.45).isEmpty)
        #expect(try mistakes([result], threshold: 0.4).map(\.kind) == [.falseDetection])
        #expect(try mistakes([result], threshold: 0.6).map(\.kind) == [.missed])
    }

    @Test("The worst of each kind are kept, in order, among any number")
    func limit() throws {
        var generator = SeededGenerator(seed: 7)
        let photos = (0..<300).map { _ in
            photo([object(1, square(200))], [detection(0, generator.unit(), square(0))])
        }
        let found = try mistakes(photos, threshold: 0, perKind: 5)
        #expect(found.count { $0.kind == .missed } == 5)
        #expect(found.filter { $0.kind == .missed }.map(\.photo) == [0, 1, 2, 3, 4])
        let confidences = photos.map { $0.detections[0].confidence }.sorted(by: >)
        #expect(found.filter { $0.kind == .falseDetection }.map(\.severity) == Array(confidences.prefix(5)))
    }

    @Test("Wrong detections and missed objects add up to what the figures count")
    func addsUp() throws {
        let golden: DetectionGolden = try GoldenFile.read("detection-mixed.json")
        var evaluator = try DetectionEvaluator(labels: golden.labels)
        evaluator.confidenceThreshold = 0.5
        evaluator.mistakesPerKind = .max / 8
        let metrics = try evaluator.evaluate(golden.results)
        let wrong = metrics.mistakes.count { $0.kind != .missed }
        #expect(wrong == metrics.figures.overall.falsePositives)
        // An object that several wrong detections explain is explained once.
        let explained = Set(
            metrics.mistakes.filter { $0.kind != .missed }
                .compactMap { mistake in mistake.truth.map { "\(mistake.photo) \($0)" } })
        let missed = metrics.mistakes.count { $0.kind == .missed }
        #expect(missed <= metrics.figures.overall.missed)
        #expect(missed + explained.count >= metrics.figures.overall.missed)
        for kind in Mistake.Kind.allCases {
            #expect(metrics.mistakes.contains { $0.kind == kind })
        }
    }
}
