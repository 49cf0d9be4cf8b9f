public import PomonaVision

/// How a detector is trained: every number that a run depends on beside its data, seed and size.
///
/// The defaults of the whole project stand here and nowhere else. A recipe is resolved before the first step and stored
/// in the model, so a run can be told from its file.
public struct Recipe: Codable, Equatable, Sendable {
    /// Photos per step.
    public var batchSize = 8

    /// Peak learning rate of neck and head.
    public var learningRate = 2e-3

    /// Learning rate of the backbone as a share of `learningRate`; 0 freezes it.
    public var backboneLearningRateScale = 0.0

    /// Decay of weights, not of biases and normalisations, per unit of learning rate.
    public var weightDecay = 0.05

    /// Steps over which the learning rate rises from nothing.
    public var warmUpSteps = 20

    /// Learning rate at the end of the cosine as a share of the peak.
    public var finalLearningRateShare = 0.02

    /// Limit of the common norm of all gradients.
    public var gradientNorm = 10.0

    /// Share of the old average that an update of the averaged weights keeps in the long run.
    public var averageDecay = 0.998

    /// Updates over which that share grows from nothing.
    public var averageWarmUp = 100.0

    /// Whether normalisations keep the statistics they came with, which a published (folded) foundation needs.
    public var keepsStatistics = true

    /// Share of the schedule's end that sees photos nearly as prediction will.
    public var finishingShare = 0.35

    /// Share of the schedule's end in which the loss also asks for the distance of raw boxes.
    public var distanceShare = 0.5

    public var augmentation = AugmentationOptions()

    /// Share of the labelled photos that is held out to measure the model where there is no evaluation set; none under
    /// `leastPhotosToHoldOut`.
    public var heldOutShare = 0.15
    public var mostHeldOut = 200
    public var leastPhotosToHoldOut = 10

    /// Steps after the held-out photos were measured, in which they teach as well, as a share of those before.
    public var finalStepShare = 0.33
    /// Peak learning rate of those steps as a share of `learningRate`.
    public var finalPeakShare = 0.5

    /// Times the model is judged during a run, for the curve that a person watches. Nothing is decided by it: a few photos
    /// tell little, and the schedule's end is what makes boxes exact.
    public var judgements = 8
    /// Photos it is judged on.
    public var mostJudged = 24

    /// Steps that must lie between two judgements, unless the run is shorter: fewer change too little to be judged.
    public var leastStepsBetweenJudgements = 10

    public init() {}

    /// The recipe for a start.
    ///
    /// - Parameter start: What the weights come from.
    public init(start: Start) {
        self.init()
        switch start {
        case .published: break
        case .pretrained:
            // A backbone taught by classification has not seen photos of this scale: its statistics must move.
            backboneLearningRateScale = 0.25
            keepsStatistics = false
        case .nothing:
            backboneLearningRateScale = 1
            keepsStatistics = false
        }
    }

    /// Where the weights come from, as far as the recipe cares.
    public enum Start: String, Codable, Sendable {
        /// Detector weights with folded statistics.
        case published
        /// A foundation of this project.
        case pretrained
        /// Random weights.
        case nothing
    }

    /// The learning rate of a step.
    func learningRate(at place: RunPlan.Place) -> Double {
        LearningRateSchedule(
            peak: learningRate * (place.isFinal ? finalPeakShare : 1), warmUpSteps: warmUpSteps, steps: place.steps,
            finalShare: finalLearningRateShare
        ).rate(at: place.step)
    }

    /// Steps until such a run has converged, whatever the clock says.
    ///
    /// Twice the photos need less than twice the steps: each is seen fewer times. The constants are a first choice, made
    /// for sets of about 50 photos.
    public func steps(photos: Int, start: Start) -> Int {
        let growth = (Double(max(photos, 2)) / 53).squareRoot()
        let base = start == .nothing ? 400.0 : 320.0
        return max(start == .nothing ? 200 : 80, Int((base * growth).rounded())) * 8 / max(1, batchSize)
    }
}
