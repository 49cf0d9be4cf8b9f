import PomonaCore
import PomonaEvaluation
import Testing

@Suite("Confusion matrix of a detector")
struct ObjectMatcherTests {
    func rows(_ result: PhotoResult) throws -> [[Int]] {
        try DetectionEvaluator(labels: ["apple", "banana"]).evaluate([result]).matches.figures(at: 0).confusionMatrix
            .rows
    }

    @Test("A detection counts for the object it overlaps most, whatever the tags")
    func largestOverlap() throws {
        let result = photo(
            [object(0, square(0)), object(1, square(2))], [detection(0, 0.9, square(2))])
        #expect(try rows(result) == [[0, 0, 1], [1, 0, 0], [0, 0, 0]])
    }

    @Test("Of two objects in the same place the one of its own tag is taken")
    func sameTagWinsTie() throws {
        let both = [object(0, square(0)), object(1, square(0))]
        #expect(try rows(photo(both, [detection(1, 0.9, square(0))])) == [[0, 0, 1], [0, 1, 0], [0, 0, 0]])
        #expect(try rows(photo(both, [detection(0, 0.9, square(0))])) == [[1, 0, 0], [0, 0, 1], [0, 0, 0]])
    }

    @Test("An overlap below one half is background")
    func background() throws {
        let result = photo([object(0, square(0))], [detection(0, 0.9, square(4))])
        #expect(try rows(result) == [[0, 0, 1], [0, 0, 0], [1, 0, 0]])
    }

    @Test("A crowd swallows detections of its own tag only")
    func crowds() throws {
        let box = Box(xMin: 0, yMin: 0, xMax: 100, yMax: 100)
        let result = photo([crowd(0, box)], [detection(0, 0.9, square(20)), detection(1, 0.8, square(20))])
        #expect(try rows(result) == [[0, 0, 0], [0, 0, 0], [0, 1, 0]])
    }
}
