import Foundation
import PomonaCore
import PomonaEngine
import PomonaEvaluation
import PomonaModel
import PomonaVision
import Testing

@testable import PomonaTraining

@Suite("ClassifierTrainer", .serialized)
struct ClassifierTrainerTests {
    /// The foundation that the project ships.
    private static let shipped = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "Resources/foundations/pomona.safetensors").path

    private func request(_ photos: SquarePhotos, output: String = "classifier.safetensors") -> TrainingRequest {
        var request = photos.request(steps: nil, output: output)
        request.kind = .classifier
        request.foundation = Self.shipped
        // A tag speaks of the whole photo.
        for index in request.trainingSet.photos.indices {
            request.trainingSet.photos[index].annotations = request.trainingSet.photos[index].annotations.map {
                Annotation(label: $0.label, box: nil)
            }
        }
        return request
    }

    private func train(_ request: TrainingRequest) throws -> TrainingResult {
        try ClassifierTrainer(request, report: { _ in }, shouldStop: { false }).run()
    }

    @Test("A classifier can be what another starts from, by its backbone alone; a detector cannot start from it")
    func onTopOfAnother() throws {
        let photos = try SquarePhotos(count: 24)
        defer { photos.remove() }
        _ = try train(request(photos, output: "first.safetensors"))
        var next = request(photos)
        next.foundation = photos.path("first.safetensors")
        #expect(try FoundationWeights(path: photos.path("first.safetensors")).knownClasses() == nil)
        next.imageSize = nil
        #expect(try train(next).evaluation.classification?.accuracyTop1 == 1)
        // The side that the first was taught at.
        #expect(try ModelDescription(file: SafetensorsFile(path: next.output)).input.size.width == 64)
        var detector = photos.request(steps: 2)
        detector.foundation = photos.path("first.safetensors")
        #expect(throws: TrainingError.foundationFindsNothing(path: photos.path("first.safetensors"))) {
            try DetectorTrainer(detector, report: { _ in }, shouldStop: { false }).run()
        }
    }

    @Test("Two tags that differ plainly are told apart, and the finished file says the same when it is measured again")
    func learns() throws {
        let (photos, others) = (try SquarePhotos(count: 24), try SquarePhotos(count: 16, seed: 2))
        defer {
            photos.remove()
            others.remove()
        }
        var request = request(photos)
        request.evaluationSet = self.request(others).trainingSet
        let result = try train(request)
        let metrics = try #require(result.evaluation.classification)
        let accuracy = try #require(metrics.accuracyTop1)
        #expect(accuracy > 0.9)
        #expect(metrics.photoCount == 16)
        #expect(result.evaluation.evaluatedOn == .evaluation && result.evaluation.detection == nil)
        let description = try ModelDescription(file: SafetensorsFile(path: request.output))
        #expect(description.kind == .classifier && description.labels == ["red", "blue"])

        let again = try ModelEvaluation(
            EvaluationRequest(model: request.output, evaluationSet: self.request(others).trainingSet, device: .cpu)
        ).run()
        #expect(again.classification?.accuracyTop1 == accuracy)
        let (one, other) = (metrics.calibrationECE ?? 1, again.classification?.calibrationECE ?? 2)
        #expect(abs(one - other) < 1e-3)
    }

    @Test("The same seed gives the same file")
    func repeats() throws {
        let photos = try SquarePhotos(count: 8)
        defer { photos.remove() }
        _ = try train(request(photos, output: "one.safetensors"))
        _ = try train(request(photos, output: "other.safetensors"))
        #expect(
            try Data(contentsOf: URL(filePath: photos.path("one.safetensors")))
                == Data(contentsOf: URL(filePath: photos.path("other.safetensors"))))
    }

    @Test("With an evaluation set every photo teaches; without one a part judges first and teaches then")
    func usesAll() throws {
        let photos = try SquarePhotos(count: 36)
        defer { photos.remove() }
        var plans: [TrainingPlan] = []
        func train(_ request: TrainingRequest) throws -> TrainingResult {
            try ClassifierTrainer(request, report: { if case .planned(let plan) = $0 { plans.append(plan) } }) { false }
                .run()
        }
        var request = request(photos, output: "one.safetensors")
        request.steps = 3
        let heldOut = HeldOutSplit(
            request.trainingSet.photos, recipe: Recipe(), seed: request.seed, isJudgedElsewhere: false
        ).heldOut
        try #require(!heldOut.isEmpty)
        let result = try train(request)
        #expect(result.evaluation.evaluatedOn == .heldOut)
        #expect(result.evaluation.photos == heldOut.map { "\($0).png" })
        #expect(plans[0].heldOutPhotos == heldOut.count && plans[0].trainingPhotos == 36 - heldOut.count)
        // Three batches of 16: all photos were looked at.
        #expect(result.steps == 3)

        // What was held out is part of the finished layer: with other pixels in those photos it is another one.
        var other = request
        other.output = photos.path("other.safetensors")
        for index in heldOut {
            other.trainingSet.photos[index].path = request.trainingSet.photos[(index + 1) % 36].path
        }
        _ = try train(other)
        let (one, two) = (try SafetensorsFile(path: request.output), try SafetensorsFile(path: other.output))
        #expect(try one.tensor("classifier.weight").floats != two.tensor("classifier.weight").floats)

        request.evaluationSet = request.trainingSet
        let measured = try train(request)
        #expect(plans[2].heldOutPhotos == 0 && plans[2].trainingPhotos == 36)
        #expect(measured.evaluation.evaluatedOn == .evaluation)
    }

    @Test("A penalty and a temperature are found that suit the examples")
    func tunes() throws {
        /// Rows along one direction, and some of them with the other label.
        func tuning(wrong: Int) throws -> ProbeTuning {
            var examples = ProbeExamples(featureCount: 2)
            for row in 0..<60 {
                let side: Float = row % 2 == 0 ? 1 : -1
                examples.features += [side * (2 + Float(row % 5) / 5), Float(row % 7)]
                examples.labels.append(row < wrong ? 1 - row % 2 : row % 2)
                examples.photos.append(row)
            }
            var fits = 0
            let tuning = try ProbeTuning(
                examples, classCount: 2, seed: 1, isPlain: [Bool](repeating: true, count: 60)
            ) { fits += 1 }
            #expect(fits == ProbeTuning.fits)
            return tuning
        }
        let (clear, doubtful) = (try tuning(wrong: 0), try tuning(wrong: 16))
        // Where nothing is doubtful the answers become surer, where much is they become less sure.
        #expect(clear.temperature < 1)
        #expect(doubtful.penalty >= clear.penalty)
        #expect(doubtful.temperature > clear.temperature)
        #expect(throws: TrainingError.stoppedBeforeModel) {
            try ProbeTuning(
                ProbeExamples(featureCount: 1, features: [0, 1, 2, 3], labels: [0, 1, 0, 1], photos: [0, 1, 2, 3]),
                classCount: 2, seed: 1, isPlain: [true, true, true, true]
            ) { throw TrainingError.stoppedBeforeModel }
        }
    }

    @Test("A photo with two tags is left out by name, one without a tag silently")
    func leavesOut() throws {
        let photos = try SquarePhotos(count: 10)
        defer { photos.remove() }
        var request = request(photos)
        request.trainingSet.photos[3].annotations.append(Annotation(label: 0, box: nil))
        request.trainingSet.photos[4].annotations = []
        let result = try train(request)
        #expect(result.evaluation.skipped.map(\.file) == ["3.png"])
        #expect(result.evaluation.classification?.photoCount == 8)
    }

    @Test("One tag only, no foundation, and a budget of nothing are refused in words")
    func refuses() throws {
        let photos = try SquarePhotos(count: 8)
        defer { photos.remove() }
        var same = request(photos)
        for index in same.trainingSet.photos.indices {
            same.trainingSet.photos[index].annotations = [Annotation(label: 1, box: nil)]
        }
        #expect(throws: TrainingError.oneTagOnly) { try train(same) }
        var bare = request(photos)
        bare.foundation = nil
        #expect(throws: TrainingError.classifierWithoutFoundation) { try train(bare) }
        var hasty = request(photos)
        hasty.budgetSeconds = 0.1
        #expect(throws: TrainingError.self) { try train(hasty) }
        #expect(!FileManager.default.fileExists(atPath: photos.path("classifier.safetensors")))
    }

    @Test("Stopped after every photo was seen once, it makes a model of that; stopped before, none")
    func stops() throws {
        let photos = try SquarePhotos(count: 16)
        defer { photos.remove() }
        let request = request(photos)
        var asked = 0
        let result = try ClassifierTrainer(request, report: { _ in }) {
            asked += 1
            return asked > 1
        }.run()
        #expect(result.wasInterrupted && result.steps == 1)
        #expect(FileManager.default.fileExists(atPath: request.output))
        #expect(throws: TrainingError.stoppedBeforeModel) {
            try ClassifierTrainer(request, report: { _ in }, shouldStop: { true }).run()
        }
    }

    @Test("A linear fit separates what can be separated, and a larger penalty makes it less sure")
    func fits() throws {
        var examples = ProbeExamples(featureCount: 2)
        for row in 0..<40 {
            let side: Float = row % 2 == 0 ? 1 : -1
            examples.features += [side * 3 + Float(row % 5) / 5, Float(row % 7)]
            examples.labels.append(row % 2)
            examples.photos.append(row)
        }
        func confidence(_ penalty: Double) throws -> Float {
            let logits = try LinearProbe(examples, classCount: 2, penalty: penalty).logits(examples.features)
            for row in 0..<40 { #expect((logits[row * 2] > logits[row * 2 + 1]) == (row % 2 == 0)) }
            return abs(logits[0] - logits[1])
        }
        #expect(try confidence(0.001) > 2 * confidence(0.3))
    }
}
