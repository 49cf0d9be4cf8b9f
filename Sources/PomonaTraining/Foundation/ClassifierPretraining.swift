import Foundation
import PomonaCore
public import PomonaEngine
public import PomonaModel
public import PomonaTensor
import PomonaVision

/// Teaches a backbone to classify many small photos: the first and by far the cheapest stage of a foundation.
///
/// The run has no fixed end. The learning rate stays level after a rise, so every checkpoint is a place to go on from; a
/// cooldown from any of them lowers it to nothing and gives the weights that are used.
public final class ClassifierPretraining {
    /// What a run is. Stored with the checkpoint; a changed plan can go on from it.
    public struct Options: PretrainingOptions {
        public var packs: [String]
        public var folder: String
        /// Side of the photos in pixels.
        public var side = 64
        public var batchSize = 128
        public var learningRate = 3e-3
        public var weightDecay = 0.05
        public var labelSmoothing = 0.1
        public var warmUpSteps = 300
        public var seed: UInt64 = 0
        public var architecture: DetectorArchitecture
        /// Ends after so many steps in all.
        public var steps: Int
        /// The last so many of them lower the learning rate to nothing.
        public var cooldownSteps = 0
        /// Where to compute; the best there is unless said.
        public var device: DevicePreference?
        /// How photos are held out; by hash for a run that begins, as it was for one that goes on, unless said.
        public var heldOut: HeldOutRule?

        enum CodingKeys: String, CodingKey, CaseIterable {
            case packs, folder, side, batchSize, learningRate, weightDecay, labelSmoothing, warmUpSteps, seed
            case architecture, steps, cooldownSteps, device, heldOut
        }

        public static var names: [String] { CodingKeys.allCases.map(\.rawValue) }

        public init(packs: [String], folder: String, architecture: DetectorArchitecture, steps: Int) {
            self.packs = packs
            self.folder = folder
            self.architecture = architecture
            self.steps = steps
        }
    }

    /// One line of the log.
    public struct Entry: Codable, Sendable {
        public var step: Int
        public var seconds: Double
        public var photosPerSecond: Double
        public var loss: Double
        /// Share of unseen photos whose class the averaged weights name first.
        public var heldOutTop1: Double?
        /// The same, from a few photos a class: see ``FewShotProbe``.
        public var fewShotTop1: Double?
    }

    private let options: Options
    private let photos: PretrainingPhotos
    private let probe: FewShotProbe?
    private let classifier: Classifier
    private let optimizer: AdamW
    private let average: MovingAverage
    private let crop: RandomCrop
    private var step = 0
    private var secondsBefore = 0.0
    private var riseStart = 0
    /// The longest that is lost where a run is ended by force.
    var saveInterval = Duration.seconds(60)

    /// Steps between lines of the log, and between those that judge.
    var interval = 100
    var judgingInterval = 1000

    /// - Throws: ``TrainingError/checkpointDiffers(path:field:)`` where the folder holds the checkpoint of another run.
    public init(_ options: Options, device: Device) throws {
        let path = Self.checkpointPath(options)
        let checkpoint = try PretrainingCheckpoint.found(at: path)
        let stored = try checkpoint?.options(as: Options.self)
        let options = try options.goingOn(from: stored, path: path)
        guard stored.map({ $0.architecture == options.architecture }) ?? true else {
            throw TrainingError.checkpointDiffers(path: path, field: "architecture")
        }
        self.options = options
        photos = try PretrainingPhotos(options, side: options.side)
        let input = InputForm(size: ImageSize(width: options.side, height: options.side))
        classifier = try Classifier(
            architecture: options.architecture, classCount: photos.classCount, seed: options.seed, device: device)
        probe = try FewShotProbe(photos, architecture: options.architecture, input: input, device: device)
        let parameters = classifier.parameters.parameters
        optimizer = try AdamW(groups: [
            .init(parameters: parameters.filter { $0.tensor.rank > 1 }, weightDecay: options.weightDecay),
            .init(parameters: parameters.filter { $0.tensor.rank == 1 }, weightDecay: 0),
        ])
        average = try MovingAverage(of: classifier.parameters, decay: 0.999, warmUp: 500)
        crop = RandomCrop(input: input, seed: options.seed)
        if let checkpoint {
            step = checkpoint.step
            secondsBefore = checkpoint.seconds
            riseStart = checkpoint.nextRiseStart
            try checkpoint.restore(classifier.parameters, average, optimizer)
        }
    }

    /// Runs to the last step or until told to stop; either way a checkpoint is written, and the last line of the log judges it.
    public func run(log: (Entry) -> Void, shouldStop: () -> Bool) throws {
        let clock = ContinuousClock()
        let begin = clock.now
        var last = (time: clock.now, loss: 0.0, step: step)
        var timer = CheckpointTimer(interval: saveInterval)
        let batches = PretrainingBatches(
            packs: photos.packs, photos: photos.training, batchSize: options.batchSize, crop: crop, seed: options.seed)
        let feeder = BatchFeeder(
            steps: step..<max(step, options.steps), threads: classifier.parameters.device.feederThreads
        ) { batches.batch(at: $0) }
        defer { feeder.stop() }
        var isOver = step >= options.steps || shouldStop()
        if isOver { try save(seconds: secondsBefore) }
        while !isOver {
            last.loss += try learn(feeder.next())
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
                let isJudged = step % judgingInterval == 0 || isOver
                log(
                    Entry(
                        step: step, seconds: secondsBefore + (clock.now - begin) / .seconds(1),
                        photosPerSecond: Double((step - last.step) * options.batchSize)
                            / ((clock.now - last.time) / .seconds(1)),
                        loss: last.loss / Double(step - last.step), heldOutTop1: isJudged ? try top1() : nil,
                        fewShotTop1: isJudged ? try probe?.top1(average.tensors) : nil))
                last = (clock.now, 0, step)
            }
        }
    }

    private var rate: Double {
        let rise = min(1, Double(step - riseStart + 1) / Double(options.warmUpSteps))
        let fall = options.cooldownSteps > 0 ? Double(options.steps - step) / Double(options.cooldownSteps) : 1
        return options.learningRate * min(rise, fall, 1)
    }

    private func learn(_ batch: Batch) throws -> Double {
        classifier.parameters.setNormalization(.batch)
        let labels = batch.objects.map { Int64($0[0].label) }
        let logits = try classifier(tensor(batch.images, count: labels.count))
        let likelihood = try logits.logSoftmax(over: 1)
        let chosen = try likelihood.picking(
            columns: .from(labels, shape: [labels.count], device: classifier.parameters.device))
        // Cross-entropy against the label with a little of every other class mixed in.
        let smooth = options.labelSmoothing
        let loss =
            try (-chosen.sum() * (1 - smooth) - likelihood.sum() * (smooth / Double(classifier.classCount)))
            / Double(labels.count)
        let value = Double(try loss.item())
        guard value.isFinite else { throw TrainingError.diverged(step: batch.step) }
        try optimizer.clearGradients()
        try loss.backward()
        // Otherwise the weights would be lost, and with the next checkpoint the run.
        guard try optimizer.clipGradients(toNorm: 5).isFinite else { throw TrainingError.diverged(step: batch.step) }
        try optimizer.step(learningRate: rate)
        try average.update()
        return value
    }

    private func tensor(_ images: [Float], count: Int) throws -> Tensor {
        try Tensor.from(
            images, shape: [count, 3, options.side, options.side], device: classifier.parameters.device)
    }

    private func top1() throws -> Double {
        classifier.parameters.setNormalization(.running)
        let heldOut = photos.heldOut
        var right = 0
        try average.applied {
            for start in stride(from: 0, to: heldOut.count, by: 200) {
                let group = Array(heldOut[start..<min(start + 200, heldOut.count)])
                let logits: [Float] = try Gradients.disabled {
                    try classifier(tensor(photos.images(group, input: crop.input), count: group.count)).values()
                }
                for (index, place) in group.enumerated() {
                    let row = logits[index * classifier.classCount..<(index + 1) * classifier.classCount]
                    let best = row.indices.max { row[$0] < row[$1] }.map { $0 - row.startIndex }
                    right += best == photos.label(place) ? 1 : 0
                }
            }
        }
        return Double(right) / Double(max(1, heldOut.count))
    }

    private static func checkpointPath(_ options: Options) -> String { options.folder + "/classifier.safetensors" }

    private func save(seconds: Double) throws {
        try PretrainingCheckpoint.write(
            classifier.parameters, average, optimizer, step: step, riseStart: riseStart, seconds: seconds,
            options: options, to: Self.checkpointPath(options))
    }
}

extension ClassifierPretraining.Options {
    public func checkRanges() throws {
        try checkCommonRanges(
            side: side, leastSide: 32, batchSize: batchSize, warmUpSteps: warmUpSteps, steps: steps,
            cooldownSteps: cooldownSteps)
        for (name, value) in [("depth", architecture.depth), ("width", architecture.width)]
        where !(0.1...4).contains(value) {
            throw PretrainingOptionsError.outOfRange(
                name: "architecture.\(name)", found: "\(value)", allowed: "0.1...4")
        }
    }
}
