import PomonaCore
import Testing

@testable import PomonaEvaluation

@Suite("Average precision by hand")
struct AveragePrecisionTests {
    /// Average precision and recall of one tag at IoU 0.5.
    func figures(_ photos: [PhotoResult], maximumDetections: Int = 300) throws -> (average: Double?, recall: Double?) {
        var evaluator = try DetectionEvaluator(labels: ["apple"])
        evaluator.maximumDetections = maximumDetections
        let table = try evaluator.averagePrecision(of: photos, iouThresholds: [0.5])
        return (table.averagePrecision[0][0], table.recall[0][0])
    }

    @Test("A wrong detection between two right ones")
    func wrongBetweenRight() throws {
        // Right at 0.9: precision 1, recall 1/2. Wrong at 0.8. Right at 0.7: precision 2/3, recall 1.
        // 51 of the 101 levels (0, 0.01, ..., 0.50) see precision 1, the other 50 see 2/3.
        let result = try figures([
            photo(
                [object(0, square(0)), object(0, square(100))],
                [detection(0, 0.8, square(200)), detection(0, 0.9, square(0)), detection(0, 0.7, square(100))])
        ])
        #expect(isClose(result.average, (51 + 50 * 2.0 / 3) / 101))
        #expect(result.recall == 1)
    }

    @Test("A later rise of precision fills the dip before it")
    func envelope() throws {
        // Wrong, right, right: precision 0, 1/2, 2/3. The envelope is 2/3 at every level.
        let result = try figures([
            photo(
                [object(0, square(0)), object(0, square(100))],
                [detection(0, 0.9, square(200)), detection(0, 0.8, square(0)), detection(0, 0.7, square(100))])
        ])
        #expect(isClose(result.average, 2.0 / 3))
    }

    @Test("Recall that is never reached has precision zero")
    func unreachedRecall() throws {
        // One of three objects is found: recall 1/3 covers the levels 0 ... 0.33, 34 of them.
        let objects = [object(0, square(0)), object(0, square(100)), object(0, square(200))]
        let result = try figures([photo(objects, [detection(0, 0.9, square(0))])])
        #expect(isClose(result.average, 34.0 / 101))
        #expect(isClose(result.recall, 1.0 / 3))
    }

    @Test("The second detection of an object is wrong, whatever its overlap")
    func doubleDetection() throws {
        // The loose box is more confident and takes the object (IoU 9/11); the perfect box comes too late, and the
        // order is right, wrong: precision 1 at every level.
        let result = try figures([
            photo([object(0, square(0))], [detection(0, 0.9, square(1)), detection(0, 0.8, square(0))])
        ])
        #expect(isClose(result.average, 1))
        // A third one on the other object of another photo then has precision 2/3: levels 0 ... 0.5 see 1.
        let twoPhotos = try figures([
            photo([object(0, square(0))], [detection(0, 0.9, square(1)), detection(0, 0.8, square(0))]),
            photo([object(0, square(0))], [detection(0, 0.7, square(0))]),
        ])
        #expect(isClose(twoPhotos.average, (51 + 50 * 2.0 / 3) / 101))
    }

    @Test("An overlap of exactly the threshold counts")
    func exactThreshold() throws {
        // The detection is half of the object: 50 / 100.
        let half = Box(xMin: 0, yMin: 0, xMax: 5, yMax: 10)
        #expect(isClose(try figures([photo([object(0, square(0))], [detection(0, 0.9, half)])]).average, 1))
        let less = Box(xMin: 0, yMin: 0, xMax: 4.99, yMax: 10)
        #expect(try figures([photo([object(0, square(0))], [detection(0, 0.9, less)])]).average == 0)
    }

    @Test("A detection takes the free object it overlaps most")
    func largestOverlap() throws {
        // Both objects overlap the first detection (IoU 8/12 and 9/11); it takes the second. The other detection then
        // finds the first object with IoU 1.
        let result = try figures([
            photo(
                [object(0, square(0)), object(0, square(3))],
                [detection(0, 0.9, square(2)), detection(0, 0.8, square(0))])
        ])
        #expect(isClose(result.average, 1))
        #expect(result.recall == 1)
    }

    @Test("All confidences equal: photos and detections count in their order")
    func allTies() throws {
        // By order: wrong, right (photo 0), right (photo 1): precision 1/2, 2/3 and so 2/3 everywhere.
        let wrongFirst = photo([object(0, square(0))], [detection(0, 0.5, square(50)), detection(0, 0.5, square(0))])
        let right = photo([object(0, square(0))], [detection(0, 0.5, square(0))])
        #expect(isClose(try figures([wrongFirst, right]).average, 2.0 / 3))
        // The other way round: right, wrong, right: 51 levels at 1, 50 at 2/3.
        #expect(isClose(try figures([right, wrongFirst]).average, (51 + 50 * 2.0 / 3) / 101))
    }

    @Test("Detections beyond the maximum of a photo do not count, in another photo they do")
    func maximumDetections() throws {
        let crowded = photo(
            [object(0, square(0))],
            [detection(0, 0.7, square(0)), detection(0, 0.9, square(50)), detection(0, 0.8, square(80))])
        let other = photo([object(0, square(0))], [detection(0, 0.6, square(0))])
        // With two a photo: wrong, wrong, (left out), right: precision 1/3 up to recall 1/2.
        #expect(isClose(try figures([crowded, other], maximumDetections: 2).average, 51.0 / 3 / 101))
        // With three: wrong, wrong, right, right: 2/4 is the envelope at every level.
        #expect(isClose(try figures([crowded, other], maximumDetections: 3).average, 0.5))
    }
}
