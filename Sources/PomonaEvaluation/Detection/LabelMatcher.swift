import PomonaCore

/// What matching says about one detection: the index of the object it found, or one of the marks below.
typealias MatchCode = Int32

extension MatchCode {
    /// It found nothing, or something that another detection had found before.
    static let unmatched: MatchCode = -1
    /// It lies on a crowd (or is larger than COCO's range of areas) and counts neither for nor against.
    static let ignored: MatchCode = -2
    /// It was left out: the photo had enough more confident detections of this label.
    static let dropped: MatchCode = -3
}

/// The matches of one label at several IoU thresholds.
struct LabelMatches: Sendable {
    /// How many objects are to be found, crowds left out.
    let objectCount: Int

    /// Ranks of the detections that were matched, most confident first.
    let ranks: [Int32]

    /// The codes of those detections, threshold after threshold: `[thresholds, ranks]`.
    let codes: [MatchCode]

    /// The codes at one threshold.
    func codes(at threshold: Int) -> ArraySlice<MatchCode> {
        codes[threshold * ranks.count..<(threshold + 1) * ranks.count]
    }
}

/// Matches the detections of one label with its ground truth as pycocotools' `COCOeval.evaluateImg` does.
///
/// Photos do not influence each other, so one pass over all photos in the order of confidence gives what a pass per
/// photo would give, and the sorted order serves matching and accumulation alike.
struct LabelMatcher {
    let table: DetectionTable
    let label: Int
    let iouThresholds: [Double]

    /// So many detections of a photo are matched, the most confident ones (COCO's `maxDets`).
    let maximumDetections: Int

    func match() -> LabelMatches {
        let ranks = keptRanks()
        let truthIndices = Array(table.truthsByLabel[label])
        let truths = truthIndices.map { table.truths[Int($0)] }
        let starts = photoStarts(of: truths)
        let board = MatchBoard(truths: truths, iouThresholds: iouThresholds)
        let codes = [MatchCode](unsafeUninitializedCapacity: iouThresholds.count * ranks.count) { codes, initialized in
            table.candidates.withUnsafeBufferPointer { candidates in
                for (place, rank) in ranks.enumerated() {
                    let candidate = candidates[Int(rank)]
                    let photo = Int(candidate.photo)
                    let group = Int(starts[photo])..<Int(starts[photo + 1])
                    board.place(candidate.box, on: group, codes: codes, at: place, stride: ranks.count)
                }
            }
            initialized = iouThresholds.count * ranks.count
            // The board speaks of its own truths; the codes speak of the table's.
            for index in codes.indices where codes[index] >= 0 {
                codes[index] = truthIndices[Int(codes[index])]
            }
        }
        return LabelMatches(objectCount: truths.count { !$0.isIgnored }, ranks: ranks, codes: codes)
    }

    /// The label's ranks without those beyond the most confident detections of a photo.
    private func keptRanks() -> [Int32] {
        let ranks = table.candidatesByLabel[label]
        guard ranks.count > maximumDetections else { return Array(ranks) }
        var counts = [Int](repeating: 0, count: table.photoCount)
        return ranks.filter { rank in
            let photo = Int(table.candidates[Int(rank)].photo)
            counts[photo] += 1
            return counts[photo] <= maximumDetections
        }
    }

    /// Where each photo's part of the label's truths starts, and one entry more: the end of the last.
    private func photoStarts(of truths: [Truth]) -> [Int32] {
        var starts = [Int32](repeating: 0, count: table.photoCount + 1)
        for truth in truths {
            starts[Int(truth.photo) + 1] += 1
        }
        for photo in 0..<table.photoCount {
            starts[photo + 1] += starts[photo]
        }
        return starts
    }
}
