import PomonaCore
import PomonaModel
import PomonaTensor
import PomonaVision

/// How well a backbone's features serve when only a few photos of each class are known: what a foundation is for, judged now
/// and then while it learns.
///
/// A linear layer is fitted to a few photos of up to twenty classes and judged on others, all of them held out from teaching.
/// Held-out photos of one class are few, so they are divided several times, always in the same ways.
struct FewShotProbe {
    private let photos: PretrainingPhotos
    private let input: InputForm
    /// The photos looked at, with their class among those chosen.
    private let shown: [(place: PretrainingPhotos.Place, label: Int)]
    private let classCount: Int
    /// A network of its own: whoever learns is not disturbed.
    private let network: Classifier

    private static let mostClasses = 20
    /// Photos of a class that teach at most, and those that are looked at in all.
    private static let mostTaught = 5
    private static let mostShown = 20
    private static let draws = 8
    private static let penalty = 0.03

    /// - Returns: `nil` where no two classes have two held-out photos each.
    init?(_ photos: PretrainingPhotos, architecture: DetectorArchitecture, input: InputForm, device: Device) throws {
        let byLabel = Dictionary(grouping: photos.heldOut, by: photos.label)
            .mapValues { Array($0.sorted { ($0.pack, $0.photo) < ($1.pack, $1.photo) }.prefix(Self.mostShown)) }
            .filter { $0.value.count > 1 }
        // Classes of which much is held out are judged most surely.
        let chosen = byLabel.sorted { ($1.value.count, $0.key) < ($0.value.count, $1.key) }.prefix(Self.mostClasses)
        guard chosen.count > 1 else { return nil }
        self.photos = photos
        self.input = input
        shown = chosen.enumerated().flatMap { number, entry in entry.value.map { (place: $0, label: number) } }
        classCount = chosen.count
        network = try Classifier(architecture: architecture, classCount: 1, seed: 0, device: device)
        network.parameters.setNormalization(.running)
    }

    /// Share of the judged photos that are named rightly.
    ///
    /// - Parameter state: A network's tensors by name; those of its backbone are taken.
    func top1(_ state: [(name: String, tensor: Tensor)]) throws -> Double {
        for (name, tensor) in state where name.hasPrefix(Detector.backbonePath) {
            guard try network.parameters.assign(name, from: tensor) else {
                throw TrainingError.checkpointDiffers(path: name, field: "shape")
            }
        }
        var features: [Float] = []
        for start in stride(from: 0, to: shown.count, by: 100) {
            let group = shown[start..<min(start + 100, shown.count)].map(\.place)
            let shape = [group.count, 3, input.size.height, input.size.width]
            features += try Gradients.disabled {
                try network.features(
                    .from(photos.images(group, input: input), shape: shape, device: network.parameters.device)
                ).values()
            }
        }
        // The fits are so small that threads would mostly wait for each other.
        let threads = TensorRuntime.threadCount
        try TensorRuntime.setThreadCount(1)
        defer { try? TensorRuntime.setThreadCount(threads) }
        var (right, judged) = (0, 0)
        for draw in 0..<Self.draws {
            let taught = taught(draw)
            let (teaching, judging) = (
                examples(features) { taught.contains($0) }, examples(features) { !taught.contains($0) }
            )
            let logits = try LinearProbe(teaching, classCount: classCount, penalty: Self.penalty)
                .logits(judging.features)
            for (row, label) in judging.labels.enumerated() {
                let values = logits[row * classCount..<(row + 1) * classCount]
                right += values.indices.max { values[$0] < values[$1] } == values.startIndex + label ? 1 : 0
            }
            judged += judging.count
        }
        return Double(right) / Double(judged)
    }

    /// The rows that teach in one of the divisions: a few of every class, and never more than half.
    private func taught(_ draw: Int) -> Set<Int> {
        var taught: Set<Int> = []
        for label in 0..<classCount {
            let rows = shown.indices.filter { shown[$0].label == label }
            var generator = SeededGenerator(seed: 0xFE35, draw, label)
            taught.formUnion(rows.shuffled(using: &generator).prefix(min(Self.mostTaught, rows.count / 2)))
        }
        return taught
    }

    private func examples(_ features: [Float], _ isWanted: (Int) -> Bool) -> ProbeExamples {
        var all = ProbeExamples(featureCount: network.featureCount)
        all.features = features
        all.labels = shown.map(\.label)
        all.photos = Array(shown.indices)
        return all.selecting(isWanted)
    }
}
