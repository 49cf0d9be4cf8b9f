import PomonaCore
import PomonaModel
import PomonaTensor
import PomonaVision

/// Looks at the training photos again and again, each time in another view, and keeps what the backbone sees.
///
/// The first round shows every photo as prediction will see it, all further ones a random part of it, perhaps mirrored.
struct FeatureRounds {
    let classifier: Classifier
    let photos: ClassificationPhotos
    let input: InputForm
    /// The classes the backbone was taught to tell apart, where they are known. What it says about those is a better ground
    /// for new tags than the raw features: few photos cannot show which of these matter.
    let known: KnownClasses?
    let seed: UInt64

    static let batchSize = 16

    /// Numbers kept of each view.
    var featureCount: Int { known?.bias.count ?? classifier.featureCount }

    /// A linear layer over the kept numbers as one over the backbone's features.
    func layer(_ probe: LinearProbe) -> LinearProbe {
        guard let known else { return probe }
        let (classes, width) = (known.bias.count, classifier.featureCount)
        var layer = probe
        layer.weight = [Float](repeating: 0, count: probe.classCount * width)
        for label in 0..<probe.classCount {
            for other in 0..<classes {
                let share = probe.weight[label * classes + other]
                layer.bias[label] += share * known.bias[other]
                for column in 0..<width {
                    layer.weight[label * width + column] += share * known.weight[other * width + column]
                }
            }
        }
        return layer
    }

    /// All of them: what is held out from one fit teaches the next.
    private var positions: Range<Int> { photos.training.photos.indices }

    var batchesPerRound: Int { (positions.count + Self.batchSize - 1) / Self.batchSize }

    /// The features of one batch of one round, row by row, with the photos they show.
    func batch(_ number: Int, round: Int) throws -> (features: [Float], positions: Range<Int>) {
        let start = number * Self.batchSize
        let group = positions[start..<min(start + Self.batchSize, positions.count)]
        let library = round == 0 ? photos.plain : photos.training
        let images = try group.map { try library.image($0) }
        let features: [Float] = try Gradients.disabled {
            let device = classifier.parameters.device
            func kept(_ images: Tensor) throws -> [Float] {
                let features = try classifier.features(images)
                guard let known else { return try features.values() }
                let shape = [known.bias.count, classifier.featureCount]
                return try features.linear(
                    weight: .from(known.weight, shape: shape, device: device),
                    bias: .from(known.bias, shape: [known.bias.count], device: device)
                ).values()
            }
            guard round > 0 else { return try kept(input.tensor(images, device: device)) }
            var crop = RandomCrop(input: input, seed: seed)
            // Much smaller parts show things at another scale than whole photos do.
            crop.leastArea = 0.5
            let length = input.elementCount
            let plane = UnsafeMutableBufferPointer<Float>.allocate(capacity: length * images.count)
            defer { plane.deallocate() }
            for (slot, image) in images.enumerated() {
                crop.view(
                    of: image, step: round, slot: start + slot,
                    into: UnsafeMutableBufferPointer(rebasing: plane[slot * length..<(slot + 1) * length]))
            }
            return try kept(
                .from(
                    UnsafeBufferPointer(plane), shape: [images.count, 3, input.size.height, input.size.width],
                    device: device))
        }
        return (features, group)
    }
}
