import Foundation
import PomonaCore
import PomonaModel
import Testing

@testable import PomonaPrediction

@Suite("DetectionReader")
struct DetectionReaderTests {
    private let form = InputForm(size: ImageSize(width: 64, height: 64))
    private var reader: DetectionReader {
        DetectionReader(labelCount: 2, suppression: NonMaximumSuppression(overlap: 0.5, limit: 10))
    }

    private func read(_ boxes: [Float], _ scores: [Float], threshold: Double, photo: ImageSize? = nil) -> [Detection] {
        boxes.withUnsafeBufferPointer { boxes in
            scores.withUnsafeBufferPointer { scores in
                reader.detections(
                    boxes: boxes, scores: scores,
                    letterbox: Letterbox(photo: photo ?? ImageSize(width: 128, height: 64), input: form),
                    threshold: threshold)
            }
        }
    }

    @Test("A position answers with its best label, in pixels of the photo, clipped to it")
    func bestLabel() {
        let found = read([10, 8, 30, 40], [0.3, 0.9], threshold: 0.2)
        #expect(found.map(\.label) == [1])
        #expect(abs((found.first?.confidence ?? 0) - 0.9) < 1e-6)
        // The photo stands in the input at half its size, and ends at half the input's height.
        #expect(found.first?.box == Box(xMin: 20, yMin: 16, xMax: 60, yMax: 64))
    }

    @Test("What is below the threshold, outside of the photo or suppressed is left out")
    func leftOut() {
        let boxes: [Float] = [0, 0, 10, 10, 1, 0, 10, 10, 20, 20, 30, 30, 0, 40, 10, 50, 1, 0, 10, 10]
        let scores: [Float] = [0.8, 0, 0.7, 0, 0.19, 0.1, 0.9, 0, 0, 0.6]
        let found = read(boxes, scores, threshold: 0.2)
        #expect(found.map(\.label) == [0, 1])
        #expect(found.map { ($0.confidence * 10).rounded() } == [8, 6])
    }

    @Test("Values that are no numbers are never detections")
    func notNumbers() {
        #expect(read([.nan, 0, 10, 10, 0, 0, 10, 10], [0.9, 0.1, .nan, .nan], threshold: 0).isEmpty)
    }

    @Test("It reads what the decoder of raw outputs reads")
    func agreesWithDecoder() {
        var random = SeededGenerator(seed: 4)
        let decoder = DetectionDecoder(input: form.size, classCount: 2)
        let raw = (0..<decoder.anchors.count * 7).map { _ in Float(random.uniform(-2..<2)) }
        var (boxes, scores): ([Float], [Float]) = ([], [])
        func sigmoid(_ x: Float) -> Float { 1 / (1 + exp(-x)) }
        for point in 0..<decoder.anchors.count {
            let row = Array(raw[point * 7..<point * 7 + 7])
            let stride = decoder.anchors.stride[point]
            let (x, y) = (
                (row[0] + decoder.anchors.gridX[point]) * stride, (row[1] + decoder.anchors.gridY[point]) * stride
            )
            let (width, height) = (exp(row[2]) * stride / 2, exp(row[3]) * stride / 2)
            boxes += [x - width, y - height, x + width, y + height]
            scores += [sigmoid(row[5]) * sigmoid(row[4]), sigmoid(row[6]) * sigmoid(row[4])]
        }
        let photo = ImageSize(width: 200, height: 150)
        let letterbox = Letterbox(photo: photo, input: form)
        let expected = raw.withUnsafeBufferPointer {
            decoder.detections($0, letterbox: letterbox, threshold: 0.3)
        }
        let reader = DetectionReader(
            labelCount: 2,
            suppression: NonMaximumSuppression(overlap: decoder.suppressionOverlap, limit: decoder.limit))
        let found = boxes.withUnsafeBufferPointer { boxes in
            scores.withUnsafeBufferPointer {
                reader.detections(boxes: boxes, scores: $0, letterbox: letterbox, threshold: 0.3)
            }
        }
        #expect(expected.count > 10)
        #expect(agree(expected, found, threshold: 0.3))
    }
}
