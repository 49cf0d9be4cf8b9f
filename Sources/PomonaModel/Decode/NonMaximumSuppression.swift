public import PomonaCore

/// Keeps the most confident of boxes of one tag that overlap.
public struct NonMaximumSuppression: Sendable {
    /// Intersection over union above which the less confident box goes.
    public var overlap: Double
    /// Most detections kept.
    public var limit: Int

    /// Candidates looked at; the least confident beyond are dropped unseen, so a hostile threshold cannot make the search
    /// quadratic in thousands.
    private static let candidateLimit = 3_000

    public init(overlap: Double, limit: Int) {
        self.overlap = overlap
        self.limit = limit
    }

    /// - Returns: The kept detections, most confident first; equal ones in their former order.
    public func callAsFunction(_ candidates: [Detection]) -> [Detection] {
        let order = candidates.indices.sorted {
            (candidates[$1].confidence, $0) < (candidates[$0].confidence, $1)
        }
        var kept: [Detection] = []
        var keptByLabel: [Int: [Box]] = [:]
        for index in order.prefix(Self.candidateLimit) where kept.count < limit {
            let candidate = candidates[index]
            let rivals = keptByLabel[candidate.label, default: []]
            guard !rivals.contains(where: { $0.intersectionOverUnion(candidate.box) > overlap }) else { continue }
            keptByLabel[candidate.label, default: []].append(candidate.box)
            kept.append(candidate)
        }
        return kept
    }
}
