import PomonaCore

/// Sorts the mistakes at a confidence threshold into kinds and keeps the worst of each.
///
/// A detection is wrong and an object is missed exactly where precision and recall at IoU 0.5 count them so. The kinds
/// are a short form of those of TIDE (Bolya et al., "TIDE: A General Toolbox for Identifying Object Detection Errors",
/// ECCV 2020, section 2.2), with its lower overlap bound of 0.1.
struct MistakeFinder {
    private static let foundOverlap = 0.5
    private static let looseOverlap = 0.1

    private let table: DetectionTable
    private let codes: [MatchCode]
    private let confidenceThreshold: Double

    /// The rank that found each truth, whatever its confidence; `nil` where none did.
    private let finders: [Int?]

    /// - Parameter codes: What matching per tag at IoU 0.5 says of every rank.
    init(table: DetectionTable, codes: [MatchCode], confidenceThreshold: Double) {
        self.table = table
        self.codes = codes
        self.confidenceThreshold = confidenceThreshold
        var finders = [Int?](repeating: nil, count: table.truths.count)
        for (rank, code) in codes.enumerated() where code >= 0 {
            finders[Int(code)] = rank
        }
        self.finders = finders
    }

    /// The worst mistakes, at most `limitPerKind` of each kind, the worst first.
    func worstMistakes(limitPerKind: Int) -> [Mistake] {
        var rankings: [Mistake.Kind: WorstMistakes] = [:]
        for photo in 0..<table.photoCount {
            collectMistakes(photo: photo) { rankings[$0.kind, default: WorstMistakes(limit: limitPerKind)].add($0) }
        }
        return rankings.values.flatMap { $0.ranked() }.sorted().map(mistake)
    }

    private func collectMistakes(photo: Int, _ add: (RankedMistake) -> Void) {
        let truths = table.truths(of: photo)
        var isExplained = [Bool](repeating: false, count: truths.count)
        for rank in table.candidatesByPhoto[photo].lazy.map(Int.init) {
            guard table.candidates[rank].confidence >= confidenceThreshold else { break }
            guard codes[rank] == .unmatched else { continue }
            let mistake = judge(rank, truths)
            if let truth = mistake.truth { isExplained[truth - truths.lowerBound] = true }
            add(mistake)
        }
        for index in truths where !table.truths[index].isIgnored {
            if !isExplained[index - truths.lowerBound] && !isFound(index) { add(missed(index)) }
        }
    }

    /// What is wrong with a detection that found nothing.
    private func judge(_ rank: Int, _ truths: Range<Int>) -> RankedMistake {
        let candidate = table.candidates[rank]
        var (sameTag, otherTag, free) = (Overlapping(), Overlapping(), Overlapping())
        for index in truths where !table.truths[index].isIgnored {
            let truth = table.truths[index]
            let overlap = Overlap.intersectionOverUnion(candidate.box, truth.box)
            if truth.label == candidate.label {
                sameTag.consider(index, overlap)
                if !isFound(index) { free.consider(index, overlap) }
            } else {
                otherTag.consider(index, overlap)
            }
        }
        var mistake = RankedMistake(
            kind: .falseDetection, photo: Int(candidate.photo), truth: nil, rank: rank,
            severity: candidate.confidence, area: 0)
        // On an object of its own tag it is one box too many: another detection has found that object.
        if sameTag.overlap >= Self.foundOverlap { return mistake }
        if otherTag.overlap >= Self.foundOverlap {
            mistake.kind = .wrongTag
            mistake.truth = otherTag.index
        } else if free.overlap >= Self.looseOverlap {
            mistake.kind = .looseBox
            mistake.truth = free.index
            mistake.severity *= 1 - free.overlap
        }
        return mistake
    }

    private func missed(_ index: Int) -> RankedMistake {
        let truth = table.truths[index]
        let seenWith = finders[index].map { table.candidates[$0].confidence } ?? 0
        return RankedMistake(
            kind: .missed, photo: Int(truth.photo), truth: index, rank: finders[index],
            severity: 1 - seenWith, area: Overlap.area(truth.box))
    }

    private func isFound(_ index: Int) -> Bool {
        finders[index].map { table.candidates[$0].confidence >= confidenceThreshold } ?? false
    }

    private func mistake(_ ranked: RankedMistake) -> Mistake {
        let truth = ranked.truth.map { table.truths[$0] }
        let candidate = ranked.rank.map { table.candidates[$0] }
        return Mistake(
            kind: ranked.kind, photo: ranked.photo,
            truth: truth.map { Annotation(label: Int($0.label), box: $0.box) },
            detection: candidate.map {
                Detection(label: Int($0.label), confidence: $0.confidence, box: $0.box)
            },
            intersectionOverUnion: truth.flatMap { truth in
                candidate.map { Overlap.intersectionOverUnion($0.box, truth.box) }
            },
            severity: ranked.severity)
    }
}

/// The truth with the largest overlap of those considered.
private struct Overlapping {
    private(set) var index: Int?
    private(set) var overlap = 0.0

    mutating func consider(_ index: Int, _ overlap: Double) {
        guard overlap > self.overlap else { return }
        (self.index, self.overlap) = (index, overlap)
    }
}
