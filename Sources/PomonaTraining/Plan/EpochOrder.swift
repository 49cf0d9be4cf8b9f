import PomonaCore

/// Which photo stands at which place of which step: every epoch is a shuffle of its own, and any step's batch is known
/// without walking there.
struct EpochOrder {
    let photoCount: Int
    let batchSize: Int
    let seed: UInt64

    /// Positions in the training photos of one step's batch.
    func batch(at step: Int) -> [Int] {
        let first = step * batchSize
        var shuffled: (epoch: Int, order: [Int]) = (-1, [])
        return (first..<first + batchSize).map { place in
            let epoch = place / photoCount
            if shuffled.epoch != epoch {
                var generator = SeededGenerator(seed: seed, 0xE90C, epoch)
                shuffled = (epoch, Array(0..<photoCount).shuffled(using: &generator))
            }
            return shuffled.order[place % photoCount]
        }
    }
}
