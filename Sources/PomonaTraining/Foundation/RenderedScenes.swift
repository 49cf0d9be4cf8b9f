import Foundation
import PomonaCore
import PomonaSample
import PomonaVision
import Synchronization

/// Still lifes from the sample renderer, with the exact outline of everything in them: what photos of 64 pixels lack.
struct RenderedScenes: Sendable {
    let examples: [TrainingExample]

    /// - Parameters:
    ///   - count: Scenes to render.
    ///   - size: Extent of each in pixels.
    ///   - seed: The same seed gives the same scenes.
    ///   - firstLabel: Added to every label: apple, banana, orange, then the things that are no fruit.
    init(count: Int, size: ImageSize, seed: UInt64, firstLabel: Int) {
        let generator = SceneGenerator(seed: seed, aspectRatio: Double(size.width) / Double(size.height))
        let made = Mutex([TrainingExample?](repeating: nil, count: count))
        DispatchQueue.concurrentPerform(iterations: count) { index in
            let photo = SceneRenderer.render(generator.scene(index), size: size, isParallel: false)
            var example = TrainingExample(image: photo.image, boxes: [], labels: [])
            for object in photo.objects {
                guard let label = Self.kinds.firstIndex(of: object.kind), object.area >= 30 else { continue }
                example.boxes.append(object.box)
                example.labels.append(firstLabel + label)
            }
            made.withLock { $0[index] = example }
        }
        examples = made.withLock { $0.compactMap(\.self) }
    }

    private static let kinds = ObjectKind.fruits + ObjectKind.props
    /// What the labels are called, in their order.
    static let labels = kinds.map(\.rawValue)
}
