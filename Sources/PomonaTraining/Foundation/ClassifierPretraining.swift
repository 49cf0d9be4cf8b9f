import Foundation
import PomonaCore
public import PomonaModel
public import PomonaTensor
import PomonaVision

/// Teaches a backbone to classify many small photos: the first and by far the cheapest stage of a foundation.
///
/// The run has no fixed end. The learning rate stays level after a rise, so every checkpoint is a place to go on from; a
/// cooldown from any of them lowers it to nothing and gives the weights that are used.
public final class ClassifierPretraining {
    /// What a run is. Stored with the checkpoint; a changed plan can go on from it.
    public struct Options: Codable, Sendable {
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
    }

    private let options: Options
    private let packs: [PhotoPack]
    private let classifier: Classifier
    private let optimizer: AdamW
    private let average: MovingAverage
    private let crop: RandomCrop
    private let training: [(pack: Int, photo: Int)]
    private let heldOut: [(pack: Int, photo: Int)]
    private var step = 0
    private var secondsBefore = 0.0
    private var riseStart = 0

    private static let interval = 100
    private static let checkpointInterval = 1000

    public init(_ options: Options, device: Device) throws {
        self.options = options
        var packs: [PhotoPack] = []
        for path in options.packs {
            packs.append(
                try PhotoPack(path: path, side: options.side, firstLabel: packs.reduce(0) { $0 + $1.classCount }))
        }
        self.packs = packs
        classifier = try Classifier(
            architecture: options.architecture, classCount: packs.reduce(0) { $0 + $1.classCount },
            seed: options.seed, device: device)
        let all = packs.indices.flatMap { pack in (0..<packs[pack].count).map { (pack, $0) } }
        var generator = SeededGenerator(seed: options.seed, 0x5EED)
        let order = all.shuffled(using: &generator)
        // One in a hundred photos is never taught and tells how well the rest generalises.
        heldOut = Array(order.prefix(all.count / 100))
        training = Array(order.dropFirst(all.count / 100))
        let parameters = classifier.parameters.parameters
        optimizer = try AdamW(groups: [
            .init(parameters: parameters.filter { $0.tensor.rank > 1 }, weightDecay: options.weightDecay),
            .init(parameters: parameters.filter { $0.tensor.rank == 1 }, weightDecay: 0),
        ])
        average = try MovingAverage(of: classifier.parameters, decay: 0.999, warmUp: 500)
        let size = ImageSize(width: options.side, height: options.side)
        crop = RandomCrop(input: InputForm(size: size), seed: options.seed)
        try resume()
    }

    /// Runs to the last step or until told to stop; either way a checkpoint is written.
    public func run(log: (Entry) -> Void, shouldStop: () -> Bool) throws {
        let clock = ContinuousClock()
        let begin = clock.now
        var last = (time: clock.now, loss: 0.0, step: step)
        let batches = PretrainingBatches(
            packs: packs, photos: training, batchSize: options.batchSize, crop: crop, seed: options.seed)
        let feeder = BatchFeeder(steps: step..<max(step, options.steps), threads: 1) { batches.batch(at: $0) }
        defer { feeder.stop() }
        while step < options.steps, !shouldStop() {
            last.loss += try learn(feeder.next())
            step += 1
            let isCheckpoint = step % Self.checkpointInterval == 0
            if step % Self.interval == 0 {
                let seconds = secondsBefore + (clock.now - begin) / .seconds(1)
                log(
                    Entry(
                        step: step, seconds: seconds,
                        photosPerSecond: Double((step - last.step) * options.batchSize)
                            / ((clock.now - last.time) / .seconds(1)),
                        loss: last.loss / Double(step - last.step), heldOutTop1: isCheckpoint ? try top1() : nil))
                if isCheckpoint { try save(seconds: seconds) }
                // Judging and saving are over: they do not count against the next interval.
                last = (clock.now, 0, step)
            }
        }
        try save(seconds: secondsBefore + (clock.now - begin) / .seconds(1))
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
        _ = try optimizer.clipGradients(toNorm: 5)
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
        var right = 0
        try average.applied {
            for start in stride(from: 0, to: heldOut.count, by: 200) {
                let group = Array(heldOut[start..<min(start + 200, heldOut.count)])
                let length = crop.input.elementCount
                let images = [Float](unsafeUninitializedCapacity: length * group.count) { buffer, count in
                    for (slot, place) in group.enumerated() {
                        crop.input.fill(
                            UnsafeMutableBufferPointer(rebasing: buffer[slot * length..<(slot + 1) * length]),
                            with: packs[place.pack].image(place.photo))
                    }
                    count = length * group.count
                }
                let logits: [Float] = try Gradients.disabled {
                    try classifier(tensor(images, count: group.count)).values()
                }
                for (index, place) in group.enumerated() {
                    let row = logits[index * classifier.classCount..<(index + 1) * classifier.classCount]
                    let best = row.indices.max { row[$0] < row[$1] }.map { $0 - row.startIndex }
                    right += best == packs[place.pack].labels[place.photo] ? 1 : 0
                }
            }
        }
        return Double(right) / Double(max(1, heldOut.count))
    }

    private var checkpointPath: String { options.folder + "/classifier.safetensors" }

    private func save(seconds: Double) throws {
        try PretrainingCheckpoint.write(
            classifier.parameters, average, optimizer, step: step, seconds: seconds, options: options,
            to: checkpointPath)
    }

    private func resume() throws {
        guard FileManager.default.fileExists(atPath: checkpointPath) else { return }
        let checkpoint = try PretrainingCheckpoint(path: checkpointPath)
        try checkpoint.options(as: Options.self).check(against: options, path: checkpointPath)
        step = checkpoint.step
        secondsBefore = checkpoint.seconds
        // Without moments they start anew, and so does the rise of the rate.
        if try !checkpoint.restore(classifier.parameters, average, optimizer) { riseStart = step }
    }
}

extension ClassifierPretraining.Options {
    /// Makes sure that another run's photos stay held out: packs and seed decide which they are.
    ///
    /// - Throws: ``TrainingError/checkpointDiffers(path:field:)``.
    fileprivate func check(against other: Self, path: String) throws {
        func names(_ options: Self) -> [String] {
            options.packs.map { URL(fileURLWithPath: $0).lastPathComponent }
        }
        guard names(self) == names(other) else { throw TrainingError.checkpointDiffers(path: path, field: "packs") }
        guard seed == other.seed else { throw TrainingError.checkpointDiffers(path: path, field: "seed") }
        guard architecture == other.architecture else {
            throw TrainingError.checkpointDiffers(path: path, field: "architecture")
        }
    }
}
