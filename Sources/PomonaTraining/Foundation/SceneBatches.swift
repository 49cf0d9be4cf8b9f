import PomonaCore
import PomonaModel
import PomonaVision

/// Knows what every step of detection pretraining sees.
struct SceneBatches: Sendable {
    let packs: [PhotoPack]
    let photos: [(pack: Int, photo: Int)]
    let rendered: RenderedScenes
    /// Share of the scenes that show a rendered one.
    let renderedShare: Double
    let batchSize: Int
    let composer: SceneComposer
    let augmenter: Augmenter

    func batch(at step: Int) -> Batch {
        let length = composer.input.elementCount
        var objects: [[TargetBox]] = []
        let images = [Float](unsafeUninitializedCapacity: length * batchSize) { buffer, count in
            for slot in 0..<batchSize {
                objects.append(
                    scene(
                        step: step, slot: slot,
                        into: UnsafeMutableBufferPointer(rebasing: buffer[slot * length..<(slot + 1) * length])))
            }
            count = length * batchSize
        }
        return Batch(step: step, images: images, objects: objects)
    }

    private func scene(step: Int, slot: Int, into plane: UnsafeMutableBufferPointer<Float>) -> [TargetBox] {
        var generator = SeededGenerator(seed: composer.seed, 0x5A4E, step, slot)
        let count = rendered.examples.count
        if count > 0, generator.chance(renderedShare) {
            return augmenter.example(
                photo: generator.index(below: count), others: Array(0..<count), step: step, slot: slot, into: plane
            ) { rendered.examples[$0] }
        }
        return composer.scene(step: step, slot: slot, into: plane) { generator in
            let place = photos[generator.index(below: photos.count)]
            let pack = packs[place.pack]
            return TrainingExample(
                image: pack.image(place.photo), boxes: [pack.boxes[place.photo]], labels: [pack.labels[place.photo]])
        }
    }
}
