import PomonaCore
import PomonaModel
import PomonaVision

/// Knows what every step of classifier pretraining sees.
struct PretrainingBatches: Sendable {
    let packs: [PhotoPack]
    let photos: [(pack: Int, photo: Int)]
    let batchSize: Int
    let crop: RandomCrop
    let seed: UInt64

    func batch(at step: Int) -> Batch {
        let order = EpochOrder(objects: Array(photos.indices), backgrounds: [], batchSize: batchSize, seed: seed)
        let chosen = order.batch(at: step).map { photos[$0.photo] }
        let length = crop.input.elementCount
        let images = [Float](unsafeUninitializedCapacity: length * chosen.count) { buffer, count in
            for (slot, place) in chosen.enumerated() {
                crop.view(
                    of: packs[place.pack].image(place.photo), step: step, slot: slot,
                    into: UnsafeMutableBufferPointer(rebasing: buffer[slot * length..<(slot + 1) * length]))
            }
            count = length * chosen.count
        }
        // A class is an object that fills its photo.
        let objects = chosen.map {
            [TargetBox(label: packs[$0.pack].labels[$0.photo], xMin: 0, yMin: 0, xMax: 1, yMax: 1)]
        }
        return Batch(step: step, images: images, objects: objects)
    }
}
