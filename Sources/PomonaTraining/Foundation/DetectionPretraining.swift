import Foundation
import PomonaCore
import PomonaEvaluation
import PomonaModel
public import PomonaTensor
import PomonaVision

/// Teaches neck and head, and the backbone a little, to find things: the second stage of a foundation.
///
/// It goes on from a backbone of ``ClassifierPretraining`` and learns on scenes that ``SceneComposer`` puts together from
/// the same photos, mixed with rendered ones. Like the first stage it has no fixed end.
public final class DetectionPretraining {
    /// What a run is. Stored with the checkpoint; a changed plan can go on from it.
    public struct Options: Codable, Sendable {
        public var packs: [String]
        public var folder: String
        /// Checkpoint of the first stage.
        public var backbone: String
        /// Side of the scenes in pixels, a multiple of 32.
        public var side = 320
        public var batchSize = 16
        public var learningRate = 1e-3
        public var backboneLearningRateScale = 0.1
        public var weightDecay = 0.05
        public var warmUpSteps = 200
        /// Still lifes that are rendered when the run starts, and the share of the scenes that show one.
        public var renderedScenes = 400
        public var renderedShare = 0.25
        public var seed: UInt64 = 0
        /// Ends after so many steps in all.
        public var steps: Int
        /// The last so many of them lower the learning rate to nothing.
        public var cooldownSteps = 0

        public init(packs: [String], folder: String, backbone: String, steps: Int) {
            self.packs = packs
            self.folder = folder
            self.backbone = backbone
            self.steps = steps
        }
    }

    /// One line of the log.
    public struct Entry: Codable, Sendable {
        public var step: Int
        public var seconds: Double
        public var scenesPerSecond: Double
        public var losses: [String: Double]
        /// Average precision at IoU 0.5 on scenes of unseen photos, all classes taken as one.
        public var heldOutPrecision50: Double?
    }

    private let options: Options
    private let steps: DetectionSteps
    private let schedule: LearningRateSchedule
    private let training: SceneBatches
    private let heldOut: SceneBatches
    private let input: InputForm
    private var step = 0
    private var secondsBefore = 0.0

    private static let interval = 50
    private static let checkpointInterval = 500
    private static let heldOutBatches = 8

    public init(_ options: Options, device: Device) throws {
        self.options = options
        guard options.side % 32 == 0, (64...1024).contains(options.side) else {
            throw TrainingError.imageSize(options.side)
        }
        let first = try PretrainingCheckpoint(path: options.backbone)
        let architecture = try first.options(as: ClassifierPretraining.Options.self).architecture
        var packs: [PhotoPack] = []
        for path in options.packs {
            packs.append(try PhotoPack(path: path, side: 64, firstLabel: packs.reduce(0) { $0 + $1.classCount }))
        }
        let classCount = packs.reduce(0) { $0 + $1.classCount }
        let size = ImageSize(width: options.side, height: options.side)
        let input = InputForm(size: size)
        self.input = input
        let all = packs.indices.flatMap { pack in (0..<packs[pack].count).map { (pack, $0) } }
        var generator = SeededGenerator(seed: options.seed, 0x5EED)
        let order = all.shuffled(using: &generator)
        func batches(_ photos: some Sequence<(Int, Int)>, scenes: Int, share: Double, seed: UInt64) -> SceneBatches {
            SceneBatches(
                packs: packs, photos: photos.map { (pack: $0.0, photo: $0.1) },
                rendered: RenderedScenes(
                    count: scenes, size: ImageSize(width: options.side, height: options.side * 3 / 4), seed: seed,
                    firstLabel: classCount),
                renderedShare: share, batchSize: options.batchSize, composer: SceneComposer(input: input, seed: seed),
                augmenter: Augmenter(options: AugmentationOptions(), input: input, seed: seed))
        }
        heldOut = batches(order.prefix(all.count / 100), scenes: 0, share: 0, seed: options.seed &+ 1)
        training = batches(
            order.dropFirst(all.count / 100), scenes: options.renderedScenes, share: options.renderedShare,
            seed: options.seed)

        let detector = try Detector(
            architecture: architecture, classCount: classCount + RenderedScenes.labels.count, seed: options.seed,
            device: device)
        try detector.loadBackbone(from: first)
        var recipe = Recipe(start: .pretrained)
        recipe.batchSize = options.batchSize
        recipe.learningRate = options.learningRate
        recipe.backboneLearningRateScale = options.backboneLearningRateScale
        recipe.weightDecay = options.weightDecay
        schedule = LearningRateSchedule(
            peak: options.learningRate, warmUpSteps: options.warmUpSteps, steps: options.steps,
            cooldownSteps: options.cooldownSteps)
        steps = try DetectionSteps(detector: detector, recipe: recipe, input: input)
        try resume()
    }

    /// Runs to the last step or until told to stop; either way a checkpoint is written.
    public func run(log: (Entry) -> Void, shouldStop: () -> Bool) throws {
        let clock = ContinuousClock()
        let begin = clock.now
        var last = (time: clock.now, losses: [String: Double](), step: step)
        let feeder = BatchFeeder(steps: step..<max(step, options.steps), threads: 1) { [training] in
            training.batch(at: $0)
        }
        defer { feeder.stop() }
        while step < options.steps, !shouldStop() {
            let parts = try steps.take(
                feeder.next(), learningRate: schedule.rate(at: step), usesDistance: false)
            for (name, value) in parts { last.losses[name, default: 0] += value }
            step += 1
            let isCheckpoint = step % Self.checkpointInterval == 0
            if step % Self.interval == 0 {
                let seconds = secondsBefore + (clock.now - begin) / .seconds(1)
                let count = Double(step - last.step)
                log(
                    Entry(
                        step: step, seconds: seconds,
                        scenesPerSecond: count * Double(options.batchSize) / ((clock.now - last.time) / .seconds(1)),
                        losses: last.losses.mapValues { $0 / count },
                        heldOutPrecision50: isCheckpoint ? try heldOutPrecision() : nil))
                if isCheckpoint { try save(seconds: seconds) }
                // Judging and saving are over: they do not count against the next interval.
                last = (clock.now, [:], step)
            }
        }
        try save(seconds: secondsBefore + (clock.now - begin) / .seconds(1))
    }

    private func heldOutPrecision() throws -> Double? {
        let decoder = DetectionDecoder(input: input.size, classCount: steps.detector.classCount)
        let whole = Letterbox(photo: input.size, input: input)
        var results: [PhotoResult] = []
        try steps.averaged {
            for number in 0..<Self.heldOutBatches {
                let batch = heldOut.batch(at: number)
                let outputs: [Float] = try Gradients.disabled {
                    let shape = [batch.objects.count, 3, input.size.height, input.size.width]
                    return try steps.detector(
                        .from(batch.images, shape: shape, device: steps.detector.parameters.device)
                    ).values()
                }
                let length = outputs.count / max(1, batch.objects.count)
                outputs.withUnsafeBufferPointer { all in
                    for (slot, objects) in batch.objects.enumerated() {
                        let found = decoder.detections(
                            UnsafeBufferPointer(rebasing: all[slot * length..<(slot + 1) * length]), letterbox: whole,
                            threshold: 0.01)
                        results.append(PhotoResult(finding: objects, as: found))
                    }
                }
            }
        }
        return try DetectionEvaluator(labels: ["object"]).evaluate(results).meanAveragePrecision50
    }

    private var checkpointPath: String { options.folder + "/detector.safetensors" }

    private func save(seconds: Double) throws {
        try PretrainingCheckpoint.write(
            steps.detector.parameters, steps.average, steps.optimizer, step: step, seconds: seconds, options: options,
            to: checkpointPath)
    }

    private func resume() throws {
        guard FileManager.default.fileExists(atPath: checkpointPath) else { return }
        let checkpoint = try PretrainingCheckpoint(path: checkpointPath)
        let other = try checkpoint.options(as: Options.self)
        func check(_ field: String, _ isSame: Bool) throws {
            guard isSame else { throw TrainingError.checkpointDiffers(path: checkpointPath, field: field) }
        }
        func names(_ paths: [String]) -> [String] { paths.map { URL(fileURLWithPath: $0).lastPathComponent } }
        try check("packs", names(other.packs) == names(options.packs))
        try check("seed", other.seed == options.seed)
        step = checkpoint.step
        secondsBefore = checkpoint.seconds
        _ = try checkpoint.restore(steps.detector.parameters, steps.average, steps.optimizer)
    }
}

extension PhotoResult {
    /// Objects and findings of one scene with every class taken as one.
    fileprivate init(finding objects: [TargetBox], as found: [Detection]) {
        self.init(
            annotations: objects.map {
                Annotation(
                    label: 0,
                    box: Box(
                        xMin: Double($0.xMin), yMin: Double($0.yMin), xMax: Double($0.xMax), yMax: Double($0.yMax)))
            },
            detections: found.map {
                var detection = $0
                detection.label = 0
                return detection
            })
    }
}

extension Detector {
    /// Takes over the averaged backbone of the first stage.
    func loadBackbone(from checkpoint: PretrainingCheckpoint) throws {
        for (name, _) in parameters.tensors where name.hasPrefix(Self.backbonePath) {
            let stored = try checkpoint.file.tensor("average." + name)
            let value = try Tensor.from(stored.floats, shape: stored.shape, device: parameters.device)
            guard try parameters.assign(name, from: value) else {
                throw TrainingError.checkpointDiffers(path: checkpoint.file.path, field: "shape of \(name)")
            }
        }
    }
}
