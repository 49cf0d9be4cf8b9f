import PomonaCore
import Testing

@testable import PomonaEvaluation

@Suite("Crowds")
struct CrowdTests {
    func averagePrecision(_ photos: [PhotoResult]) throws -> Double? {
        try DetectionEvaluator(labels: ["apple"]).averagePrecision(of: photos, iouThresholds: [0.5])
            .averagePrecision[0][0]
    }

    let crowdBox = Box(xMin: 100, yMin: 0, xMax: 200, yMax: 100)

    @Test("Any number of detections in a crowd count neither for nor against")
    func detectionsInCrowd() throws {
        // Each covers only a hundredth of the crowd but lies wholly inside it.
        let inside = [110.0, 130, 150].map { detection(0, 0.9, square($0)) }
        let result = photo([object(0, square(0)), crowd(0, crowdBox)], inside + [detection(0, 0.5, square(0))])
        #expect(isClose(try averagePrecision([result]), 1))
    }

    @Test("A detection with less than half of itself in the crowd is wrong")
    func detectionBesideCrowd() throws {
        let beside = detection(0, 0.9, square(94))  // 4 of its 10 columns lie in the crowd
        let result = photo([object(0, square(0)), crowd(0, crowdBox)], [beside, detection(0, 0.5, square(0))])
        #expect(isClose(try averagePrecision([result]), 0.5))
    }

    @Test("An object in the crowd is found before the crowd swallows the detection")
    func objectInCrowd() throws {
        // The detection covers the object with IoU 9/11 and lies in the crowd wholly; the object still wins.
        let result = photo([crowd(0, crowdBox), object(0, square(120))], [detection(0, 0.9, square(121))])
        #expect(isClose(try averagePrecision([result]), 1))
    }

    @Test("Only crowds: there is nothing to find, and no figure")
    func onlyCrowds() throws {
        let result = photo([crowd(0, crowdBox)], [detection(0, 0.9, square(120)), detection(0, 0.8, square(0))])
        #expect(try averagePrecision([result]) == nil)
        let metrics = try DetectionEvaluator(labels: ["apple"]).evaluate([result])
        #expect(metrics.meanAveragePrecision50 == nil)
        #expect(metrics.objectCount == 0)
        #expect(metrics.tags[0].curve == nil)
        #expect(metrics.matches.outcomes == [.ignored, .falsePositive])
    }

    @Test("A box beyond COCO's range of areas is ignored, as an object and as a detection")
    func hugeBoxes() throws {
        let huge = Box(xMin: 0, yMin: 0, xMax: 200_000, yMax: 100_000)
        let wrong = photo([object(0, square(0))], [detection(0, 0.9, huge), detection(0, 0.5, square(0))])
        #expect(isClose(try averagePrecision([wrong]), 1))
        #expect(try averagePrecision([photo([object(0, huge)], [detection(0, 0.9, huge)])]) == nil)
    }
}
