import PomonaCore
import PomonaStore

/// What comes of several people's labels for one photo.
///
/// As soon as as many as are needed say the same (every label of one has its partner at the other), that is the photo's
/// label, each box the mean of theirs. Where the last one that may be asked has not brought that about, a reviewer decides.
struct Consensus {
    enum Outcome {
        /// More are to be asked.
        case undecided
        case agreed([TaskAnnotation])
        /// With the labels of the one whom the others are nearest to.
        case disagreed([TaskAnnotation])
    }

    let outcome: Outcome

    /// The mean over all pairs of people; `nil` for one alone.
    let agreement: Double?

    init(_ labelings: [[TaskAnnotation]], settings: LabelingSettings) {
        let indices = Array(labelings.indices)
        var shares = [[Double]](repeating: [Double](repeating: 0, count: labelings.count), count: labelings.count)
        var isFull = [[Bool]](repeating: [Bool](repeating: true, count: labelings.count), count: labelings.count)
        var sum = 0.0
        for i in indices {
            for j in indices where j > i {
                let pair = Agreement(labelings[i], labelings[j], leastIoU: settings.agreementIoU)
                (shares[i][j], shares[j][i]) = (pair.share, pair.share)
                (isFull[i][j], isFull[j][i]) = (pair.isFull, pair.isFull)
                sum += pair.share
            }
        }
        agreement = labelings.count < 2 ? nil : sum / Double(labelings.count * (labelings.count - 1) / 2)
        let agreeing = Self.largestGroup(isFull)
        if agreeing.count >= settings.minimumLabelers {
            outcome = .agreed(Self.mean(agreeing.map { labelings[$0] }, leastIoU: settings.agreementIoU))
        } else if labelings.count >= settings.maximumLabelers {
            let sums = shares.map { $0.reduce(0, +) }
            let best = indices.max { (sums[$0], $1) < (sums[$1], $0) } ?? 0
            outcome = .disagreed(labelings[best])
        } else {
            outcome = .undecided
        }
    }

    /// The most people who all say the same as one another; the earliest of equally many. At most five are ever asked, so
    /// all groups are looked at.
    private static func largestGroup(_ isFull: [[Bool]]) -> [Int] {
        var best: [Int] = []
        for mask in 0..<(1 << isFull.count) {
            let group = isFull.indices.filter { mask & (1 << $0) != 0 }
            guard group.count > best.count else { continue }
            if group.allSatisfy({ i in group.allSatisfy { isFull[i][$0] } }) { best = group }
        }
        return best
    }

    private static func mean(_ labelings: [[TaskAnnotation]], leastIoU: Double) -> [TaskAnnotation] {
        guard let first = labelings.first, labelings.count > 1 else { return labelings.first ?? [] }
        var sums = first.map(\.box)
        for other in labelings.dropFirst() {
            for (i, j) in Agreement(first, other, leastIoU: leastIoU).pairs {
                guard let sum = sums[i], let box = other[j].box else { continue }
                sums[i] = Box(
                    xMin: sum.xMin + box.xMin, yMin: sum.yMin + box.yMin, xMax: sum.xMax + box.xMax,
                    yMax: sum.yMax + box.yMax)
            }
        }
        let count = Double(labelings.count)
        return zip(first, sums).map { annotation, sum in
            var mean = annotation
            mean.box = sum.map {
                Box(xMin: $0.xMin / count, yMin: $0.yMin / count, xMax: $0.xMax / count, yMax: $0.yMax / count)
            }
            return mean
        }
    }
}
