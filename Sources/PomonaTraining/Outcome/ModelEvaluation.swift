import PomonaCore
public import PomonaEngine
import PomonaModel
import PomonaTensor
import PomonaVision

/// Measures a finished model on labelled photos.
public struct ModelEvaluation {
    private let request: EvaluationRequest
    private let shouldStop: () -> Bool

    public init(_ request: EvaluationRequest, shouldStop: @escaping () -> Bool = { false }) {
        self.request = request
        self.shouldStop = shouldStop
    }

    /// Loads the model, looks at every photo and scores what it finds.
    ///
    /// - Throws: The error of the model file, ``TrainingError`` for photos or labels that do not fit.
    public func run() throws -> EvaluationResult {
        let device = try ComputeDevice.resolve(request.device, threads: request.threads)
        let description = try ModelDescription(file: SafetensorsFile(path: request.model))
        switch description.kind {
        case .detector: return try measureDetector(device)
        case .classifier: return try measureClassifier(device)
        }
    }

    private func measureDetector(_ device: Device) throws -> EvaluationResult {
        let model = try DetectorModel(path: request.model, device: device)
        let labels = model.description.labels
        let side = max(model.description.input.size.width, model.description.input.size.height)
        let set = try request.evaluationSet.relabeled(as: labels)
        let (library, skipped) = try PhotoLibrary(
            photos: set.photos, side: side, decode: PhotoLibrary.decodingFiles
        ).checked(alreadySkipped: request.alreadySkipped)
        let metrics = try DetectorMeasuring(library: library, labels: labels)
            .metrics(model, positions: Array(library.photos.indices), shouldStop: shouldStop)
        return EvaluationResult(
            evaluatedOn: .evaluation, detection: metrics, photos: library.photos.map(\.name), skipped: skipped)
    }

    private func measureClassifier(_ device: Device) throws -> EvaluationResult {
        let model = try ClassifierModel(path: request.model, device: device)
        let (labels, size) = (model.description.labels, model.description.input.size)
        let (library, skipped) = try PhotoLibrary.tagged(
            request.evaluationSet.relabeled(as: labels), side: max(size.width, size.height),
            alreadySkipped: request.alreadySkipped)
        let metrics = try ClassifierMeasuring(library: library, labels: labels)
            .metrics(model, positions: Array(library.photos.indices), shouldStop: shouldStop)
        return EvaluationResult(
            evaluatedOn: .evaluation, classification: metrics, photos: library.photos.map(\.name), skipped: skipped)
    }
}
