import PomonaCore

/// Matches the detections of one photo with its objects whatever the tags, for the confusion matrix.
///
/// From the most confident detection down, each takes the free object with the largest overlap of at least 0.5; of
/// equally large ones an object of its own tag. What is left over is background, unless it lies on a crowd of its
/// tag: then nobody can say whether it is right.
struct ObjectMatcher {
    static let minimumOverlap = 0.5

    let table: DetectionTable

    /// What matching per tag says of every rank: those that were dropped there are left out here, too.
    let codes: [MatchCode]

    /// The tag of the object that each of the photo's detections lies on, in the order of
    /// `table.candidatesByPhoto[photo]`; the number of tags for the background and -1 for an ignored detection.
    func match(photo: Int) -> [Int32] {
        let truths = table.truths[table.truths(of: photo)]
        var isTaken = [Bool](repeating: false, count: truths.count)
        return table.candidatesByPhoto[photo].map { rank in
            guard codes[Int(rank)] != .dropped else { return -1 }
            let candidate = table.candidates[Int(rank)]
            if let object = bestObject(for: candidate, in: truths, isTaken: isTaken) {
                isTaken[object - truths.startIndex] = true
                return truths[object].label
            }
            return isOnCrowd(candidate, truths) ? -1 : Int32(table.labelCount)
        }
    }

    private func bestObject(for candidate: Candidate, in truths: ArraySlice<Truth>, isTaken: [Bool]) -> Int? {
        var best: (index: Int, overlap: Double)?
        for index in truths.indices where !truths[index].isIgnored && !isTaken[index - truths.startIndex] {
            let overlap = Overlap.intersectionOverUnion(candidate.box, truths[index].box)
            guard overlap >= Self.minimumOverlap else { continue }
            if let best {
                let isTie = overlap == best.overlap
                let turnsRight = truths[index].label == candidate.label && truths[best.index].label != candidate.label
                guard overlap > best.overlap || (isTie && turnsRight) else { continue }
            }
            best = (index, overlap)
        }
        return best?.index
    }

    private func isOnCrowd(_ candidate: Candidate, _ truths: ArraySlice<Truth>) -> Bool {
        truths.contains { truth in
            guard truth.isIgnored, truth.label == candidate.label else { return false }
            let overlap =
                truth.isCrowd
                ? Overlap.partInside(candidate.box, crowd: truth.box)
                : Overlap.intersectionOverUnion(candidate.box, truth.box)
            return overlap >= Self.minimumOverlap
        }
    }
}
