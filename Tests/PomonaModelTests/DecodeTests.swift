import PomonaCore
import PomonaModel
import Testing

@Suite("Decoding of detector outputs")
struct DecodeTests {
    @Test("Suppression keeps what a plain search keeps")
    func suppressionAgainstSearch() {
        var generator = SeededGenerator(seed: 3)
        for _ in 0..<50 {
            let candidates = (0..<60).map { _ -> Detection in
                let (x, y) = (generator.uniform(0..<100), generator.uniform(0..<100))
                return Detection(
                    label: generator.index(below: 3), confidence: (generator.unit() * 20).rounded() / 20,
                    box: Box(
                        xMin: x, yMin: y, xMax: x + generator.uniform(5..<50), yMax: y + generator.uniform(5..<50)))
            }
            var expected: [Detection] = []
            // Sorting by confidence alone would leave the order of ties open.
            let ranked = candidates.enumerated().sorted {
                $0.element.confidence != $1.element.confidence
                    ? $0.element.confidence > $1.element.confidence : $0.offset < $1.offset
            }
            for (_, candidate) in ranked {
                let isBlocked = expected.contains {
                    $0.label == candidate.label && $0.box.intersectionOverUnion(candidate.box) > 0.5
                }
                if !isBlocked { expected.append(candidate) }
            }
            #expect(NonMaximumSuppression(overlap: 0.5, limit: 300)(candidates) == expected)
        }
    }

    @Test("A raw answer becomes a box in the photo's own pixels")
    func decodesToPhotoPixels() throws {
        let input = InputForm.published(side: 64)
        let decoder = DetectionDecoder(input: input.size, classCount: 2)
        var output = [Float](repeating: -20, count: decoder.anchors.count * 7)
        // The point in column 3, row 2 of the finest level: centre (3.5, 2.5) and sides of 1 and 2 strides of 8.
        let row = (2 * 8 + 3) * 7
        output.replaceSubrange(row..<row + 7, with: [0.5, 0.5, 0, 0.6931472, 20, -20, 20])
        let letterbox = Letterbox(photo: ImageSize(width: 128, height: 96), input: input)
        let found = output.withUnsafeBufferPointer {
            decoder.detections($0, letterbox: letterbox, threshold: 0.5)
        }
        let detection = try #require(found.first)
        #expect(found.count == 1 && detection.label == 1 && detection.confidence > 0.999)
        // The photo is twice as large as its place in the input.
        let expected = Box(xMin: 48, yMin: 24, xMax: 64, yMax: 56)
        #expect(detection.box.intersectionOverUnion(expected) > 0.999)
    }

    @Test("Drawing gets a point's likeliest tag, measuring each that reaches the threshold")
    func tagsPerPoint() {
        var decoder = DetectionDecoder(input: ImageSize(width: 32, height: 32), classCount: 3)
        var output = [Float](repeating: -20, count: decoder.anchors.count * 8)
        // Certain that something is there; 0.5 for the first tag, 0.62 for the second, nothing for the third.
        output.replaceSubrange(0..<8, with: [0.5, 0.5, 1, 1, 20, 0, 0.5, -20])
        let letterbox = Letterbox(photo: ImageSize(width: 32, height: 32), input: .published(side: 32))
        func labels() -> [Int] {
            output.withUnsafeBufferPointer {
                decoder.detections($0, letterbox: letterbox, threshold: 0.3).map(\.label)
            }
        }
        #expect(labels() == [1])
        decoder.tags = .every
        #expect(labels() == [1, 0])
    }
}
