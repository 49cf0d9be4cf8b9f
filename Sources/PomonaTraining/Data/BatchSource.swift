import PomonaCore
import PomonaEngine
import PomonaModel
import PomonaVision

/// Knows what every step's batch holds.
struct BatchSource: Sendable {
    private let library: PhotoLibrary
    private let positions: [Int]
    private let order: EpochOrder
    private let augmenter: Augmenter
    private let plainAugmenter: Augmenter
    private let recipe: Recipe

    init(request: TrainingRequest, photos: RunPhotos, origin: RunOrigin) {
        library = photos.training
        positions = photos.split.training
        recipe = origin.recipe
        order = EpochOrder(photoCount: positions.count, batchSize: recipe.batchSize, seed: request.seed)
        augmenter = Augmenter(options: recipe.augmentation, input: origin.input, seed: request.seed)
        plainAugmenter = Augmenter(options: recipe.augmentation.plain, input: origin.input, seed: request.seed)
    }

    /// Whether a step belongs to the end of the schedule that sees whole photos only.
    func isPlain(_ step: Int, of steps: Int) -> Bool {
        Double(step) >= Double(steps) * (1 - recipe.plainShare)
    }

    func batch(_ step: Int, of steps: Int) throws -> Batch {
        let augmenter = isPlain(step, of: steps) ? plainAugmenter : augmenter
        let length = augmenter.input.elementCount
        var objects: [[TargetBox]] = []
        let images = try [Float](unsafeUninitializedCapacity: length * recipe.batchSize) { buffer, count in
            for (slot, position) in order.batch(at: step).enumerated() {
                let plane = UnsafeMutableBufferPointer(rebasing: buffer[slot * length..<(slot + 1) * length])
                objects.append(
                    try augmenter.example(
                        photo: position, photoCount: positions.count, step: step, slot: slot, into: plane
                    ) { try library.example(positions[$0]) })
            }
            count = length * recipe.batchSize
        }
        return Batch(step: step, images: images, objects: objects)
    }

    func feeder(steps range: Range<Int>, of steps: Int) -> BatchFeeder {
        BatchFeeder(steps: range, threads: 1) { try batch($0, of: steps) }
    }
}
