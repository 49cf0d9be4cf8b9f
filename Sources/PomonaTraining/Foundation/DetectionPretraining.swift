import Foundation
import PomonaCore
public import PomonaEngine
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
    public struct Options: PretrainingOptions {
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
        /// Where to compute; the best there is unless said.
        public var device: DevicePreference?
        /// How photos are held out; by hash for a run that begins, as it was for one that goes on, unless said.
        public var heldOut: HeldOutRule?

        enum CodingKeys: String, CodingKey, CaseIterable {
            case packs, folder, backbone, side, batchSize, learningRate, backboneLearningRateScale, weightDecay
            case warmUpSteps, renderedScenes, renderedShare, seed, steps, cooldownSteps, device, heldOut
        }

        public static var names: [String] { CodingKeys.allCases.map(\.rawValue) }

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
        /// Share of unseen photos whose class a few others show, by the averaged backbone: see ``FewShotProbe``.
        public var fewShotTop1: Double?
    }

    private let options: Options
    private let steps: DetectionSteps
    private let schedule: LearningRateSchedule
    private let training: SceneBatches
    /// `nil` where no photo is held out.
    private let heldOut: SceneBatches?
    private let probe: FewShotProbe?
    private let input: InputForm
    private var step = 0
    private var secondsBefore = 0.0
    private var riseStart = 0
    /// The longest that is lost where a run is ended by force.
    var saveInterval = Duration.seconds(60)

    /// Steps between lines of the log, and between those that judge.
    var interval = 50
    var judgingInterval = 500
    /// Runs are judged on the same scenes, whatever they learn from at once.
    private static let heldOutBatches = 8
    private static let heldOutBatchSize = 16
    /// Side in pixels of the photos that scenes are put together from.
    private static let photoSide = 64

    /// - Throws: ``TrainingError/checkpointDiffers(path:field:)`` where the folder holds the checkpoint of another run.
    public init(_ options: Options, device: Device) throws {
        let path = Self.checkpointPath(options)
        let checkpoint = try PretrainingCheckpoint.found(at: path)
        let options = try options.goingOn(from: checkpoint?.options(as: Options.self), path: path)
        self.options = options
        let first = try PretrainingCheckpoint(path: options.backbone)
        let architecture = try first.options(as: ClassifierPretraining.Options.self).architecture
        let photos = try PretrainingPhotos(options, side: Self.photoSide)
        let input = InputForm(size: ImageSize(width: options.side, height: options.side))
        self.input = input
        func batches(
            of batchSize: Int, _ places: [PretrainingPhotos.Place], scenes: Int, share: Double, seed: UInt64
        ) -> SceneBatches {
            SceneBatches(
                packs: photos.packs, photos: places,
                rendered: RenderedScenes(
                    count: scenes, size: ImageSize(width: options.side, height: options.side * 3 / 4), seed: seed,
                    firstLabel: photos.classCount),
                renderedShare: share, batchSize: batchSize, composer: SceneComposer(input: input, seed: seed),
                augmenter: Augmenter(options: AugmentationOptions(), input: input, seed: seed))
        }
        heldOut =
            photos.heldOut.isEmpty
            ? nil
            : batches(of: Self.heldOutBatchSize, photos.heldOut, scenes: 0, share: 0, seed: options.seed &+ 1)
        training = batches(
            of: options.batchSize, photos.training, scenes: options.renderedScenes, share: options.renderedShare,
            seed: options.seed)
        probe = try FewShotProbe(
            photos, architecture: architecture,
            input: InputForm(size: ImageSize(width: Self.photoSide, height: Self.photoSide)), device: device)

        let detector = try Detector(
            architecture: architecture, classCount: photos.classCount + RenderedScenes.labels.count,
            seed: options.seed, device: device)
        try detector.loadBackbone(from: first)
        var recipe = Recipe(start: .pretrained)
        recipe.batchSize = options.batchSize
        recipe.learningRate = options.learningRate
        recipe.backboneLearningRateScale = options.backboneLearningRateScale
        recipe.weightDecay = options.weightDecay
        riseStart = checkpoint?.nextRiseStart ?? 0
        // Counted from where the rate rises.
        schedule = LearningRateSchedule(
            peak: options.learningRate, warmUpSteps: options.warmUpSteps, steps: options.steps - riseStart,
            cooldownSteps: options.cooldownSteps)
        steps = try DetectionSteps(detector: detector, recipe: recipe, input: input)
        if let checkpoint {
            step = checkpoint.step
            secondsBefore = checkpoint.seconds
            try checkpoint.restore(detector.parameters, steps.average, steps.optimizer)
        }
    }

    /// Runs to the last step or until told to stop; either way a checkpoint is written, and the last line of the log judges it.
    public func run(log: (Entry) -> Void, shouldStop: () -> Bool) throws {
        let clock = ContinuousClock()
        let begin = clock.now
        var last = (time: clock.now, losses: [String: Double](), step: step)
        var timer = CheckpointTimer(interval: saveInterval)
        let feeder = BatchFeeder(
            steps: step..<max(step, options.steps), threads: steps.detector.parameters.device.feederThreads
        ) { [training] in
            training.batch(at: $0)
        }
        defer { feeder.stop() }
        var isOver = step >= options.steps || shouldStop()
        if isOver { try save(seconds: secondsBefore) }
        while !isOver {
            let parts = try steps.take(
                feeder.next(), learningRate: schedule.rate(at: step - riseStart), usesDistance: false)
            for (name, value) in parts { last.losses[name, default: 0] += value }
            step += 1
            isOver = step >= options.steps || shouldStop()
            if timer.isDue || isOver {
                let pause = clock.now
                try save(seconds: secondsBefore + (pause - begin) / .seconds(1))
                timer.restart()
                // Like judging, saving does not count as time of the steps.
                last.time += clock.now - pause
            }
            if step % interval == 0 || isOver {
                let count = Double(step - last.step)
                let isJudged = step % judgingInterval == 0 || isOver
                log(
                    Entry(
                        step: step, seconds: secondsBefore + (clock.now - begin) / .seconds(1),
                        scenesPerSecond: count * Double(options.batchSize) / ((clock.now - last.time) / .seconds(1)),
                        losses: last.losses.mapValues { $0 / count },
                        heldOutPrecision50: isJudged ? try heldOutPrecision() : nil,
                        fewShotTop1: isJudged ? try probe?.top1(steps.average.tensors) : nil))
                last = (clock.now, [:], step)
            }
        }
    }

    private func heldOutPrecision() throws -> Double? {
        guard let heldOut else { return nil }
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

    private static func checkpointPath(_ options: Options) -> String { options.folder + "/detector.safetensors" }

    private func save(seconds: Double) throws {
        try PretrainingCheckpoint.write(
            steps.detector.parameters, steps.average, steps.optimizer, step: step, riseStart: riseStart,
            seconds: seconds, options: options, to: Self.checkpointPath(options))
    }
}

extension DetectionPretraining.Options {
    public func checkRanges() throws {
        try checkCommonRanges(
            side: side, leastSide: 64, batchSize: batchSize, warmUpSteps: warmUpSteps, steps: steps,
            cooldownSteps: cooldownSteps)
        guard (0...100_000).contains(renderedScenes) else {
            throw PretrainingOptionsError.outOfRange(
                name: "renderedScenes", found: "\(renderedScenes)", allowed: "0...100000")
        }
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
