import PomonaCore
import Testing

@testable import PomonaAPI

@Suite("Crops")
struct SmartCropTests {
    private let size = ImageSize(width: 400, height: 100)

    private func object(_ xMin: Double, _ xMax: Double, confidence: Double = 1) -> PhotoAnalysis.Object {
        PhotoAnalysis.Object(
            tag: "x", confidence: confidence, box: Box(xMin: xMin, yMin: 10, xMax: xMax, yMax: 90))
    }

    @Test("lie in the middle where there is nothing to keep")
    func nothing() {
        let crop = SmartCrop.crop(size, aspectRatio: 1, around: [])
        #expect(crop == Box(xMin: 150, yMin: 0, xMax: 250, yMax: 100))
    }

    @Test("hold the object, as near to the middle as they can")
    func one() {
        let crop = SmartCrop.crop(size, aspectRatio: 1, around: [object(300, 360)])
        #expect(crop == Box(xMin: 260, yMin: 0, xMax: 360, yMax: 100))
    }

    @Test("prefer what is surer")
    func confidence() {
        let objects = [object(0, 60, confidence: 0.4), object(340, 400, confidence: 0.9)]
        #expect(SmartCrop.crop(size, aspectRatio: 1, around: objects).xMax == 400)
    }

    @Test("of a tall photo move up and down")
    func tall() {
        let tall = ImageSize(width: 100, height: 400)
        let box = Box(xMin: 10, yMin: 320, xMax: 90, yMax: 400)
        let crop = SmartCrop.crop(tall, aspectRatio: 1, around: [.init(tag: "x", confidence: 1, box: box)])
        #expect(crop == Box(xMin: 0, yMin: 300, xMax: 100, yMax: 400))
    }

    @Test(
        "keep a possible shape where none is asked for",
        arguments: [(400, 100, 1.8), (100, 400, 0.75), (120, 100, 1.2)])
    func shape(width: Int, height: Int, ratio: Double) {
        #expect(SmartCrop.ownAspectRatio(ImageSize(width: width, height: height)) == ratio)
    }
}
