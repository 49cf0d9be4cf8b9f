import PomonaCore

/// How one photo lies on another.
struct PairMatch {
    /// From pixels of the first to pixels of the second.
    var homography: Homography
    /// The places both show.
    var inliers: [PointPair]
}

/// Finds out how two photos lie on each other, from their features.
struct PairMatcher {
    /// Of 256 answers so many may differ.
    private static let largestDistance = 70
    /// A match counts where the next best is this much worse (Lowe, 2004).
    private static let ratio = 0.8
    private static let rounds = 2_000
    /// A mapping that stretches more than this shows nothing that could be looked at.
    private static let largestStretch = 4.0

    let seed: UInt64

    /// - Parameters:
    ///   - size: of the first photo, in pixels.
    ///   - tolerance: pixels that a place may be off.
    /// - Returns: `nil` where they do not show enough of the same.
    func match(_ first: [Feature], _ second: [Feature], size: ImageSize, tolerance: Double) -> PairMatch? {
        let pairs = Self.pairs(first, second)
        guard pairs.count >= 12, var best = consensus(pairs, tolerance) else { return nil }
        // Least squares on all that agree, twice: the first estimate comes from four points alone.
        for _ in 0..<3 {
            guard let refined = Homography(best.inliers) else { break }
            let inliers = Self.inliers(refined, pairs, tolerance)
            guard inliers.count >= best.inliers.count else { break }
            best = PairMatch(homography: refined, inliers: inliers)
        }
        // Brown and Lowe, "Automatic Panoramic Image Stitching using Invariant Features", 2007, section 3.2.
        let needed = max(12, 5.9 + 0.22 * Double(pairs.count))
        guard Double(best.inliers.count) > needed, Self.isPlausible(best.homography, size) else { return nil }
        return best
    }

    /// Features of both that are each other's nearest.
    private static func pairs(_ first: [Feature], _ second: [Feature]) -> [PointPair] {
        func nearest(_ feature: Feature, _ others: [Feature]) -> (index: Int, best: Int, next: Int)? {
            var (index, best, next) = (-1, 257, 257)
            for (place, other) in others.enumerated() {
                let distance = Feature.distance(feature, other)
                if distance < best {
                    // The same corner seen at another size is no rival.
                    let isSame = index >= 0 && abs(others[index].x - other.x) + abs(others[index].y - other.y) < 12
                    if !isSame { next = best }
                    (index, best) = (place, distance)
                } else if distance < next,
                    abs(others[index].x - other.x) + abs(others[index].y - other.y) >= 12
                {
                    next = distance
                }
            }
            return index < 0 ? nil : (index, best, next)
        }
        let back = second.map { nearest($0, first)?.index }
        return first.enumerated().compactMap { place, feature in
            guard let found = nearest(feature, second), found.best <= largestDistance,
                Double(found.best) < ratio * Double(found.next), back[found.index] == place
            else { return nil }
            let other = second[found.index]
            return PointPair(from: (feature.x, feature.y), to: (other.x, other.y))
        }
    }

    /// The mapping through four pairs with which most others agree (Fischler and Bolles, "Random Sample Consensus", 1981).
    private func consensus(_ pairs: [PointPair], _ tolerance: Double) -> PairMatch? {
        var generator = SeededGenerator(seed: seed, 0x5717C)
        var best: PairMatch?
        var rounds = Self.rounds
        var round = 0
        while round < rounds {
            round += 1
            var chosen: Set<Int> = []
            while chosen.count < 4 { chosen.insert(generator.index(below: pairs.count)) }
            guard let candidate = Homography(chosen.sorted().map { pairs[$0] }) else { continue }
            let inliers = Self.inliers(candidate, pairs, tolerance)
            guard inliers.count > best?.inliers.count ?? 3 else { continue }
            best = PairMatch(homography: candidate, inliers: inliers)
            // So many rounds leave one chance in a thousand of never having drawn four good pairs.
            let share = Double(inliers.count) / Double(pairs.count)
            let misses = 1 - share * share * share * share
            if misses < 0.99 { rounds = min(rounds, Self.roundsNeeded(misses)) }
        }
        return best
    }

    private static func roundsNeeded(_ misses: Double) -> Int {
        var (chance, rounds) = (1.0, 0)
        while chance > 0.001, rounds < self.rounds {
            chance *= misses
            rounds += 1
        }
        return max(20, rounds)
    }

    private static func inliers(_ homography: Homography, _ pairs: [PointPair], _ tolerance: Double) -> [PointPair] {
        pairs.filter { pair in
            guard homography.depth(pair.from.x, pair.from.y) > 0 else { return false }
            let (x, y) = homography(pair.from.x, pair.from.y)
            return (x - pair.to.x) * (x - pair.to.x) + (y - pair.to.y) * (y - pair.to.y) <= tolerance * tolerance
        }
    }

    /// Whether the photo's corners go round as they did, in front of the viewer, and not at quite another size.
    private static func isPlausible(_ homography: Homography, _ size: ImageSize) -> Bool {
        let (width, height) = (Double(size.width), Double(size.height))
        let corners = [(0, 0), (width, 0), (width, height), (0, height)]
        guard corners.allSatisfy({ homography.depth($0.0, $0.1) > 0.05 * homography.depth(width / 2, height / 2) })
        else { return false }
        let seen = corners.map { homography($0.0, $0.1) }.map { Quadrilateral.Point(x: $0.x, y: $0.y) }
        let shape = Quadrilateral(topLeft: seen[0], topRight: seen[1], bottomRight: seen[2], bottomLeft: seen[3])
        guard shape.isConvex else { return false }
        let rectified = shape.rectifiedSize
        let stretches = [Double(rectified.width) / width, Double(rectified.height) / height]
        return stretches.allSatisfy { (1 / largestStretch...largestStretch).contains($0) }
    }
}
