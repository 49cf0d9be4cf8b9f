import Foundation

/// What a person wants to train.
struct TrainingWish: Decodable, Sendable {
    var name: String?
    var kind: String
    var trainingDatasetIDs: [String]
    var evaluationDatasetID: String?
    var budgetSeconds: Double?
    var foundationID: String?
    var seed: UInt64?
    /// Exactly so many steps, in place of the recipe's.
    var steps: Int?
}

/// How long a training would take on this machine, and whether something stands against it.
struct TrainingEstimate: Encodable, Sendable {
    struct Problem: Encodable, Sendable {
        var field: String
        var message: String
        var hint: String?
        /// The code that the refusal would have.
        var code: String
    }

    /// Azure's least budget for a model is counted in hours of its own machines: photos / 20 minutes or so, at least this.
    private static let leastAzureHours = 0.25

    var minimumSeconds: Double
    var expectedSeconds: Double
    var suggestedSeconds: Double
    var azureMinimumHours: Double
    var photoCount: Int
    var labeledPhotoCount: Int
    var steps: Int
    var secondsPerStep: Double
    var device: String
    var problems: [Problem]

    /// - Parameters:
    ///   - secondsPerStep: of batches of eight photos, as measured on this machine.
    ///   - evaluationCount: photos that measure the finished model.
    init(
        photoCount: Int, labelledCount: Int, evaluationCount: Int, startsFromNothing: Bool, secondsPerStep: Double,
        device: String, problems: [Problem]
    ) {
        self.photoCount = photoCount
        labeledPhotoCount = labelledCount
        self.secondsPerStep = secondsPerStep
        self.device = device
        self.problems = problems
        // The recipe's own rule: twice the photos need less than twice the steps.
        let growth = (Double(max(labelledCount, 2)) / 53).squareRoot()
        steps = max(startsFromNothing ? 200 : 80, Int(((startsFromNothing ? 400 : 320) * growth).rounded()))
        // A prediction costs about a quarter of a step of as many photos; loading libtorch and the photos comes before.
        let perPhoto = secondsPerStep / 32
        let startUp = 3 + 0.02 * Double(photoCount)
        let heldOut = evaluationCount > 0 ? 0 : Double(labelledCount) / 5
        let finish = 1 + perPhoto * (Double(evaluationCount) + heldOut)
        minimumSeconds = (startUp + finish + perPhoto * heldOut + 10 * secondsPerStep) * 1.2
        expectedSeconds = startUp + finish + 10 * perPhoto * heldOut + Double(steps) * secondsPerStep
        suggestedSeconds = max(60, (expectedSeconds * 1.5 / 30).rounded(.up) * 30)
        azureMinimumHours = max(Self.leastAzureHours, Double(photoCount) * 0.0068)
    }
}
