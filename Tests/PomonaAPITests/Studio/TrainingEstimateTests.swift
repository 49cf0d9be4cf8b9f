import PomonaStore
import Testing

@testable import PomonaAPI

@Suite("What a training is expected to take")
struct TrainingEstimateTests {
    private func estimate(_ kind: Model.Kind, photos: Int, labelled: Int, boxes: Int) -> TrainingEstimate {
        TrainingEstimate(
            kind: kind, photoCount: photos, labelledCount: labelled, boxCount: boxes, evaluationCount: 0,
            startsFromNothing: false, secondsPerStep: 0.5, device: "cpu", problems: [])
    }

    @Test(
        "Azure's least budget follows its own formula for each kind of model, and counts labeled photos",
        arguments: [
            (Model.Kind.genericClassifier, 600, 0.20004), (.genericDetector, 150, 1.000005),
            (.genericDetector, 0, 0), (.productRecognizer, 50, 0.20004),
        ])
    func azure(kind: Model.Kind, labelled: Int, hours: Double) {
        let found = estimate(kind, photos: labelled + 25, labelled: labelled, boxes: 12 * labelled)
        #expect(abs(found.azureMinimumHours - hours) < 1e-9)
    }

    @Test("Four times the photos need twice the steps")
    func steps() {
        let few = estimate(.genericDetector, photos: 53, labelled: 53, boxes: 106)
        let many = estimate(.genericDetector, photos: 212, labelled: 212, boxes: 424)
        #expect(few.steps == 320 && many.steps == 640)
        #expect(few.minimumSeconds < few.expectedSeconds && few.expectedSeconds < few.suggestedSeconds)
    }
}
