import PomonaCore

/// Divides training photos into those that teach and those that judge. Photos without labels, which show what is to be left
/// alone, only teach.
struct HeldOutSplit: Equatable {
    let training: [Int]
    let heldOut: [Int]
    /// How many of the photos that teach have labels.
    let labeledCount: Int

    /// - Parameters:
    ///   - photos: The photos of the set.
    ///   - seed: The same seed holds out the same photos.
    ///   - isJudgedElsewhere: Whether an evaluation set judges, so that every photo can teach.
    init(_ photos: [LabeledPhoto], recipe: Recipe, seed: UInt64, isJudgedElsewhere: Bool) {
        let labeled = photos.indices.filter { !photos[$0].annotations.isEmpty }
        guard !isJudgedElsewhere, labeled.count >= recipe.leastPhotosToHoldOut else {
            training = Array(photos.indices)
            heldOut = []
            labeledCount = labeled.count
            return
        }
        var generator = SeededGenerator(seed: seed, 0x5EED)
        let order = labeled.shuffled(using: &generator)
        let wanted = min(recipe.mostHeldOut, max(3, Int((Double(labeled.count) * recipe.heldOutShare).rounded())))
        var remaining: [Int: Int] = [:]
        for photo in photos { for label in Self.labels(photo) { remaining[label, default: 0] += 1 } }
        var taken: Set<Int> = []
        for index in order where taken.count < wanted {
            let labels = Self.labels(photos[index])
            // No tag may lose its last two photos to the judge.
            guard labels.allSatisfy({ remaining[$0, default: 0] > 2 }) else { continue }
            for label in labels { remaining[label, default: 0] -= 1 }
            taken.insert(index)
        }
        training = photos.indices.filter { !taken.contains($0) }
        heldOut = taken.sorted()
        labeledCount = labeled.count - taken.count
    }

    private static func labels(_ photo: LabeledPhoto) -> Set<Int> { Set(photo.annotations.map(\.label)) }
}
