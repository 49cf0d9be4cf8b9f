/// Precision at COCO's 101 recall levels, for one label at one IoU threshold, as `COCOeval.accumulate` computes it.
struct InterpolatedPrecision: Sendable {
    /// Recall 0, 0.01, ..., 1.
    static let levels = (0...100).map { Double($0) * 0.01 }

    /// The highest precision at each level or a higher recall, up to the last level that was reached.
    let precision: [Double]

    /// The confidence at which each of those levels is first reached.
    let confidence: [Double]

    /// The share of objects found by all detections together.
    let recall: Double

    /// The mean precision over all levels; levels that were not reached have precision zero.
    var average: Double { precision.reduce(0, +) / Double(Self.levels.count) }

    /// - Parameters:
    ///   - codes: What matching says of each detection, most confident first.
    ///   - confidences: The confidences of those detections.
    ///   - objectCount: How many objects are to be found; above zero.
    init(codes: ArraySlice<MatchCode>, confidences: [Double], objectCount: Int) {
        // Precision rises only where an object is found, so the other places cannot hold a maximum.
        var (precisions, places, wrong) = ([Double](), [Int](), 0.0)
        for (place, code) in codes.enumerated() {
            if code >= 0 {
                let correct = Double(precisions.count + 1)
                precisions.append(correct / (wrong + correct + .ulpOfOne))
                places.append(place)
            } else if code == .unmatched {
                wrong += 1
            }
        }
        for index in precisions.indices.dropLast().reversed() {
            precisions[index] = max(precisions[index], precisions[index + 1])
        }
        recall = Double(precisions.count) / Double(objectCount)

        var (found, envelope, reachedAt) = (0, [Double](), [Double]())
        for (index, level) in Self.levels.enumerated() {
            while found < precisions.count, Double(found + 1) / Double(objectCount) < level { found += 1 }
            if found == precisions.count { break }
            envelope.append(precisions[found])
            // Recall 0 is reached by the first detection, whether or not it found something.
            reachedAt.append(confidences[index == 0 ? 0 : places[found]])
        }
        precision = envelope
        confidence = reachedAt
    }
}
