/// A mistake by its places in the evaluation's arrays, in the order from the worst.
struct RankedMistake: Comparable {
    var kind: Mistake.Kind
    var photo: Int
    /// Index into the table's truths.
    var truth: Int?
    /// Index into the table's candidates.
    var rank: Int?
    var severity: Double
    /// Of two objects that were missed alike the larger one counts as worse; 0 for other kinds.
    var area: Double

    /// Whether `one` is worse; what is equally bad stands in the order of photos, so that the order is always the same.
    static func < (one: RankedMistake, other: RankedMistake) -> Bool {
        if one.severity != other.severity { return one.severity > other.severity }
        if one.area != other.area { return one.area > other.area }
        return (one.photo, one.truth ?? -1, one.rank ?? -1) < (other.photo, other.truth ?? -1, other.rank ?? -1)
    }
}

/// Keeps the worst of any number of mistakes without holding them all.
struct WorstMistakes {
    private let limit: Int
    private var kept: [RankedMistake] = []

    /// Nothing that is less bad can be among the worst any more.
    private var bound: RankedMistake?

    init(limit: Int) {
        self.limit = limit
    }

    mutating func add(_ mistake: RankedMistake) {
        if let bound, bound < mistake { return }
        kept.append(mistake)
        if kept.count >= 4 * max(limit, 16) {
            kept = ranked()
            bound = kept.last
        }
    }

    /// The worst, the worst first.
    func ranked() -> [RankedMistake] { Array(kept.sorted().prefix(max(0, limit))) }
}
