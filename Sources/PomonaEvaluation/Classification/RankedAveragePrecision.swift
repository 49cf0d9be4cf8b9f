/// Average precision of a ranking: the sum over distinct scores, from the highest down, of the gain in recall times the
/// precision there. Not interpolated; scikit-learn's `average_precision_score` is the same sum.
enum RankedAveragePrecision {
    /// - Parameters:
    ///   - scores: 0...1.
    ///   - isRelevant: Whether each scored thing belongs to the class, in the order of the scores.
    /// - Returns: 0...1; `nil` where nothing is relevant.
    static func of(_ scores: [Double], isRelevant: [Bool]) -> Double? {
        let relevantCount = isRelevant.count { $0 }
        guard relevantCount > 0 else { return nil }
        let order = ConfidenceOrder.descending(scores).map(Int.init)
        var (sum, found, counted) = (0.0, 0, 0)
        for (place, index) in order.enumerated() {
            if isRelevant[index] { found += 1 }
            // Things with the same score cannot be told apart, so they enter the ranking together.
            let isLastOfItsScore = place + 1 == order.count || scores[order[place + 1]] < scores[index]
            if isLastOfItsScore {
                sum += Double(found - counted) * Double(found) / Double(place + 1)
                counted = found
            }
        }
        return sum / Double(relevantCount)
    }
}
