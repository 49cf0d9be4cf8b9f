import PomonaCore

/// The ground truth of one label with what is taken at each IoU threshold, while detections are placed on it from the
/// most confident one down.
struct MatchBoard: ~Copyable {
    private let truths: UnsafeMutableBufferPointer<Truth>
    private let limits: UnsafeMutableBufferPointer<Double>
    private let isTaken: UnsafeMutableBufferPointer<Bool>  // [thresholds, truths]
    private let overlaps: UnsafeMutableBufferPointer<Double>  // [truths], of the detection at hand

    init(truths: [Truth], iouThresholds: [Double]) {
        self.truths = .allocate(capacity: truths.count)
        _ = self.truths.initialize(from: truths)
        limits = .allocate(capacity: iouThresholds.count)
        // COCO's bound lets a perfect overlap pass a threshold of 1 although it was rounded.
        _ = limits.initialize(from: iouThresholds.map { min($0, 1 - 1e-10) })
        isTaken = .allocate(capacity: truths.count * iouThresholds.count)
        isTaken.initialize(repeating: false)
        overlaps = .allocate(capacity: truths.count)
        overlaps.initialize(repeating: 0)
    }

    deinit {
        truths.deallocate()
        limits.deallocate()
        isTaken.deallocate()
        overlaps.deallocate()
    }

    /// Places one detection at every threshold.
    ///
    /// - Parameters:
    ///   - box: The detection.
    ///   - group: Where the truths of its photo lie, those that count before the ignored ones.
    ///   - codes: Receives, at `threshold * stride + place`, the index of the truth that was found, or a mark.
    func place(
        _ box: Box, on group: Range<Int>, codes: UnsafeMutableBufferPointer<MatchCode>, at place: Int, stride: Int
    ) {
        let largest = measure(box, group)
        let withoutMatch: MatchCode = Overlap.area(box) > Overlap.largestArea ? .ignored : .unmatched
        for threshold in limits.indices {
            var code = withoutMatch
            if largest >= limits[threshold], let match = take(group, threshold: threshold) {
                code = truths[match].isIgnored ? .ignored : MatchCode(match)
            }
            codes[threshold * stride + place] = code
        }
    }

    /// Computes the detection's overlap with each truth of the group and returns the largest.
    private func measure(_ box: Box, _ group: Range<Int>) -> Double {
        var largest = -Double.infinity
        for index in group {
            let truth = truths[index].box
            let overlap =
                truths[index].isCrowd
                ? Overlap.partInside(box, crowd: truth) : Overlap.intersectionOverUnion(box, truth)
            overlaps[index] = overlap
            largest = max(largest, overlap)
        }
        return largest
    }

    /// Takes the free truth with the largest overlap (the last of equal ones); an ignored truth only where no other
    /// reaches the threshold. A crowd is never used up.
    private func take(_ group: Range<Int>, threshold: Int) -> Int? {
        let taken = threshold * truths.count
        var best = limits[threshold]
        var match: Int?
        for index in group {
            if isTaken[taken + index] && !truths[index].isCrowd { continue }
            if let match, !truths[match].isIgnored, truths[index].isIgnored { break }
            if overlaps[index] < best { continue }
            best = overlaps[index]
            match = index
        }
        if let match { isTaken[taken + match] = true }
        return match
    }
}
