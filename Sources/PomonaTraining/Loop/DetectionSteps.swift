import PomonaCore
public import PomonaModel
import PomonaTensor
public import PomonaVision

/// The network in training with its optimizer and averages: what one step changes.
public final class DetectionSteps {
    let detector: Detector
    let average: MovingAverage
    let optimizer: AdamW
    private let recipe: Recipe
    private let anchors: AnchorPoints
    private let input: InputForm
    private var loss: DetectionLoss

    /// - Parameters:
    ///   - detector: A network that holds what it starts from.
    ///   - input: The form of the batches' images.
    public init(detector: Detector, recipe: Recipe, input: InputForm) throws {
        self.detector = detector
        self.recipe = recipe
        self.input = input
        anchors = AnchorPoints(input: input.size)
        loss = DetectionLoss(classCount: detector.classCount)
        try detector.setBackboneTrainable(recipe.backboneLearningRateScale > 0)
        optimizer = try AdamW(groups: Self.groups(detector, recipe))
        average = try MovingAverage(
            of: detector.parameters, decay: recipe.averageDecay, warmUp: recipe.averageWarmUp)
        try prepareToLearn()
    }

    /// Lets normalisations compute as training wants them. Those of a frozen backbone, which is a fixed function, are folded
    /// into its convolutions.
    func prepareToLearn() throws {
        detector.parameters.setNormalization(recipe.keepsStatistics ? .running : .batch)
        guard !detector.isBackboneTrainable, recipe.keepsStatistics else { return }
        try detector.parameters.fold(under: Detector.backbonePath)
    }

    /// Runs the body with the averaged weights in the network's place, ready to predict.
    func averaged<Result>(_ body: () throws -> Result) throws -> Result {
        let result = try average.applied {
            try detector.parameters.fold()
            detector.parameters.setNormalization(.running)
            defer { detector.parameters.unfold() }
            return try body()
        }
        try prepareToLearn()
        return result
    }

    /// Puts the averaged weights into the network for good, ready to predict.
    func finish() throws {
        detector.parameters.unfold()
        for (name, tensor) in average.tensors { _ = try detector.parameters.assign(name, from: tensor) }
    }

    /// Weights decay, biases and normalisations do not; the backbone learns at its own rate.
    private static func groups(_ detector: Detector, _ recipe: Recipe) -> [AdamW.Group] {
        let trainable = detector.parameters.parameters.filter(\.isTrainable)
        let kinds: [(isBackbone: Bool, decays: Bool)] = [(false, true), (false, false), (true, true), (true, false)]
        return kinds.compactMap { kind in
            let members = trainable.filter {
                $0.name.hasPrefix(Detector.backbonePath) == kind.isBackbone && ($0.tensor.rank > 1) == kind.decays
            }
            guard !members.isEmpty else { return nil }
            return AdamW.Group(
                parameters: members, learningRateScale: kind.isBackbone ? recipe.backboneLearningRateScale : 1,
                weightDecay: kind.decays ? recipe.weightDecay : 0)
        }
    }

    /// Learns from one batch.
    ///
    /// - Parameter usesDistance: Whether the loss also asks how far raw boxes are from what they should be.
    /// - Returns: The parts of the loss by name.
    /// - Throws: ``TrainingError/diverged(step:)`` where the loss is no number.
    public func take(_ batch: Batch, learningRate: Double, usesDistance: Bool) throws -> [String: Double] {
        let images = try batch.images.withUnsafeBufferPointer {
            try Tensor.from(
                $0, shape: [batch.objects.count, 3, input.size.height, input.size.width],
                device: detector.parameters.device)
        }
        loss.usesDistance = usesDistance
        let value = try loss(detector(images), objects: batch.objects, anchors: anchors)
        let parts = try value.parts.mapValues { Double(try $0.item()) }
        guard parts.values.allSatisfy(\.isFinite) else { throw TrainingError.diverged(step: batch.step) }
        try optimizer.clearGradients()
        try value.total.backward()
        guard try optimizer.clipGradients(toNorm: recipe.gradientNorm).isFinite else {
            throw TrainingError.diverged(step: batch.step)
        }
        try optimizer.step(learningRate: learningRate)
        try average.update()
        return parts
    }
}
