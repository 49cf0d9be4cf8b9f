import PomonaCore

/// Which photo stands at which place of which step: every epoch is a shuffle of its own, and any step's batch is known
/// without walking there.
///
/// Photos without objects are many where a folder was taken as it was: an epoch shows so many of them, others each time, as
/// still leave most places to objects.
struct EpochOrder {
    /// Positions of photos with objects, and of those without.
    let objects: [Int]
    let backgrounds: [Int]
    let batchSize: Int
    let seed: UInt64

    /// Photos without objects for each with some, at most.
    private static let backgroundShare = 0.2

    private var backgroundCount: Int {
        min(backgrounds.count, Int((Double(objects.count) * Self.backgroundShare).rounded(.up)))
    }

    /// Photos of one epoch.
    var epochLength: Int { objects.count + backgroundCount }

    /// The photos of an epoch in the order in which they are shown.
    func epoch(_ number: Int) -> [Int] {
        var generator = SeededGenerator(seed: seed, 0xE90C, number)
        let shown = objects + backgrounds.shuffled(using: &generator).prefix(backgroundCount)
        return shown.shuffled(using: &generator)
    }

    /// The photos of one step's batch, and for each the epoch it belongs to.
    func batch(at step: Int) -> [(photo: Int, epoch: [Int])] {
        let first = step * batchSize
        var current: (number: Int, order: [Int]) = (-1, [])
        return (first..<first + batchSize).map { place in
            let number = place / epochLength
            if current.number != number { current = (number, epoch(number)) }
            return (current.order[place % epochLength], current.order)
        }
    }
}
