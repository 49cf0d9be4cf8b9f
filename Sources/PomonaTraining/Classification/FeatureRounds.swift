import PomonaCore
import PomonaModel
import PomonaTensor
import PomonaVision

/// Looks at the training photos again and again, each time in another view, and keeps what the backbone sees.
///
/// The first round shows every photo as prediction will see it, all further ones a random part of it, perhaps mirrored.
struct FeatureRounds {
    let classifier: Classifier
    let library: PhotoLibrary
    let positions: [Int]
    let input: InputForm
    let seed: UInt64

    static let batchSize = 16

    var batchesPerRound: Int { (positions.count + Self.batchSize - 1) / Self.batchSize }

    /// The features of one batch of one round, row by row, with the photos they show.
    func batch(_ number: Int, round: Int) throws -> (features: [Float], positions: ArraySlice<Int>) {
        let start = number * Self.batchSize
        let group = positions[start..<min(start + Self.batchSize, positions.count)]
        let images = try group.map { try library.image($0) }
        let features: [Float] = try Gradients.disabled {
            let device = classifier.parameters.device
            guard round > 0 else { return try classifier.features(input.tensor(images, device: device)).values() }
            let crop = RandomCrop(input: input, seed: seed)
            let length = input.elementCount
            let plane = UnsafeMutableBufferPointer<Float>.allocate(capacity: length * images.count)
            defer { plane.deallocate() }
            for (slot, image) in images.enumerated() {
                crop.view(
                    of: image, step: round, slot: start + slot,
                    into: UnsafeMutableBufferPointer(rebasing: plane[slot * length..<(slot + 1) * length]))
            }
            return try classifier.features(
                .from(
                    UnsafeBufferPointer(plane), shape: [images.count, 3, input.size.height, input.size.width],
                    device: device)
            ).values()
        }
        return (features, group)
    }
}
