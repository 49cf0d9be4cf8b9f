import PomonaCore
import PomonaEngine
import PomonaEvaluation
import PomonaTensor
import PomonaVision

/// Says how good the model of a run is, during it and at its end.
struct RunMeasuring {
    let model: DetectorModel
    let steps: DetectionSteps
    let photos: RunPhotos
    let labels: [String]

    /// Average precision at IoU 0.5 on a few of the photos that will measure the model; `nil` where there are none.
    func judge() throws -> Double? {
        let (library, positions) = photos.judged
        guard !positions.isEmpty else { return nil }
        return try steps.averaged {
            try DetectorMeasuring(library: library, labels: labels).metrics(model, positions: positions)
        }.meanAveragePrecision50
    }

    /// The model on the evaluation set, else on the held-out photos, else on those it learned from.
    func result() throws -> EvaluationResult {
        if let evaluation = photos.evaluation {
            return try result(.evaluation, evaluation, Array(evaluation.photos.indices))
        }
        let isHeldOut = !photos.split.heldOut.isEmpty
        return try result(
            isHeldOut ? .heldOut : .training, photos.training,
            isHeldOut ? photos.split.heldOut : photos.split.training)
    }

    private func result(
        _ place: EvaluationResult.Measured, _ library: PhotoLibrary, _ positions: [Int]
    ) throws -> EvaluationResult {
        let metrics = try steps.averaged {
            try DetectorMeasuring(library: library, labels: labels).metrics(model, positions: positions)
        }
        return EvaluationResult(
            evaluatedOn: place, detection: metrics, photos: positions.map { library.photos[$0].name },
            skipped: photos.skipped)
    }
}
