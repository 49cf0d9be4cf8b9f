import PomonaStore

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
    ///   - boxCount: labels on the photos that are learned from.
    ///   - evaluationCount: photos that measure the finished model.
    init(
        kind: Model.Kind, photoCount: Int, labelledCount: Int, boxCount: Int, evaluationCount: Int,
        startsFromNothing: Bool, secondsPerStep: Double, device: String, problems: [Problem]
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
        azureMinimumHours = Self.azureMinimumHours(kind, photos: labelledCount, boxes: boxCount)
    }

    /// Azure's least budget for a model, in hours of its own machines. It counts the photos of COCO files: those that have
    /// labels.
    private static func azureMinimumHours(_ kind: Model.Kind, photos: Int, boxes: Int) -> Double {
        switch kind {
        case .genericClassifier: 0.0003334 * Double(photos)
        case .genericDetector: 0.0066667 * Double(photos)
        // So much for each photo and each of the boxes that a photo has on average.
        case .productRecognizer: 0.0003334 * Double(boxes)
        }
    }
}
