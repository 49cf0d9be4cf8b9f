import PomonaCore
import PomonaModel

/// Reads detections out of a network's decoded answer.
struct DetectionReader {
    let labelCount: Int
    let suppression: NonMaximumSuppression

    /// - Parameters:
    ///   - boxes: `[P, 4]`, corners in pixels of the input.
    ///   - scores: `[P, C]`, 0...1.
    ///   - letterbox: Where the photo stood in the input.
    ///   - threshold: Least confidence.
    /// - Returns: Most confident first, in pixels of the photo. A position answers with its best label only.
    func detections(
        boxes: UnsafeBufferPointer<Float>, scores: UnsafeBufferPointer<Float>, letterbox: Letterbox,
        threshold: Double
    ) -> [Detection] {
        // Without any threshold every position would become a box only to be suppressed.
        let least = Float(max(threshold, 1e-6))
        var candidates: [Detection] = []
        guard let first = scores.baseAddress else { return [] }
        for point in 0..<scores.count / labelCount {
            let row = first + point * labelCount
            var (label, confidence) = (0, row[0])
            for other in 1..<max(1, labelCount) where row[other] > confidence {
                (label, confidence) = (other, row[other])
            }
            guard confidence >= least else { continue }
            let corner = point * 4
            let box = letterbox.boxToPhoto(
                Box(
                    xMin: Double(boxes[corner]), yMin: Double(boxes[corner + 1]), xMax: Double(boxes[corner + 2]),
                    yMax: Double(boxes[corner + 3])))
            guard box.area > 0 else { continue }
            candidates.append(Detection(label: label, confidence: Double(confidence), box: box))
        }
        return suppression(candidates)
    }
}
