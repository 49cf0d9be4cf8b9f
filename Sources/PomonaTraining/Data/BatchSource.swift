import PomonaCore
import PomonaEngine
import PomonaModel
import PomonaVision

/// Knows what every step's batch holds.
struct BatchSource: Sendable {
    private let library: PhotoLibrary
    private let order: EpochOrder
    /// With the photos that were held out before.
    private let finalOrder: EpochOrder
    private let augmenter: Augmenter
    private let finishingAugmenter: Augmenter
    private let recipe: Recipe

    init(request: TrainingRequest, photos: RunPhotos, origin: RunOrigin) {
        let library = photos.training
        self.library = library
        let recipe = origin.recipe
        self.recipe = recipe
        func shuffled(_ positions: some Sequence<Int>) -> EpochOrder {
            let hasObjects = { (position: Int) in !library.photos[position].annotations.isEmpty }
            return EpochOrder(
                objects: positions.filter(hasObjects), backgrounds: positions.filter { !hasObjects($0) },
                batchSize: recipe.batchSize, seed: request.seed)
        }
        order = shuffled(photos.split.training)
        finalOrder = shuffled(library.photos.indices)
        augmenter = Augmenter(options: recipe.augmentation, input: origin.input, seed: request.seed)
        finishingAugmenter = Augmenter(
            options: recipe.augmentation.finishing, input: origin.input, seed: request.seed)
    }

    /// - Parameters:
    ///   - step: Counts from the run's start: what a batch holds follows from it.
    ///   - place: Where that is in its part of the run.
    func batch(_ step: Int, at place: RunPlan.Place) throws -> Batch {
        let augmenter = place.isWithin(last: recipe.finishingShare) ? finishingAugmenter : augmenter
        let order = place.isFinal ? finalOrder : order
        let length = augmenter.input.elementCount
        var objects: [[TargetBox]] = []
        let images = try [Float](unsafeUninitializedCapacity: length * recipe.batchSize) { buffer, count in
            for (slot, (photo, epoch)) in order.batch(at: step).enumerated() {
                let plane = UnsafeMutableBufferPointer(rebasing: buffer[slot * length..<(slot + 1) * length])
                objects.append(
                    try augmenter.example(photo: photo, others: epoch, step: step, slot: slot, into: plane) {
                        try library.example($0)
                    })
            }
            count = length * recipe.batchSize
        }
        return Batch(step: step, images: images, objects: objects)
    }

    func feeder(from step: Int, _ plan: RunPlan, threads: Int) -> BatchFeeder {
        BatchFeeder(steps: step..<plan.total, threads: threads) { try batch($0, at: plan.place(of: $0)) }
    }
}
