import Foundation
import PomonaEvaluation
import PomonaStore

/// A custom model as clients of this API know it.
struct ModelDocument: Encodable, Sendable {
    struct TrainingParameters: Encodable, Sendable {
        var trainingDatasetName: String
        var timeBudgetInHours: Int
        var modelKind: String
    }

    var name: String
    var trainingParameters: TrainingParameters
    var evaluationParameters: EvaluationParameters?
    var status: String
    var createdDateTime: String
    var updatedDateTime: String
    var trainingCostInMinutes: Int?
    var modelPerformance: ModelPerformance?
    var error: FailureDocument?

    init(_ model: Model) throws {
        let parameters = try ModelParameters(of: model)
        name = model.name
        trainingParameters = TrainingParameters(
            trainingDatasetName: parameters.trainingDatasets.joined(separator: ", "),
            // The studio lets choose minutes, and clients expect at least one hour.
            timeBudgetInHours: max(1, Int((parameters.budgetSeconds / 3600).rounded(.up))),
            modelKind: model.kind.wireName)
        evaluationParameters = parameters.evaluationDataset.map { EvaluationParameters(testDatasetName: $0) }
        status = model.status.rawValue
        createdDateTime = ISO8601.string(model.createdAt)
        updatedDateTime = ISO8601.string(model.modifiedAt)
        if model.status.isFinal {
            trainingCostInMinutes = model.trainingSeconds.map { Int(($0 / 60).rounded(.up)) }
        }
        modelPerformance = ModelPerformance(stored: model.performance)
        error = model.failure.map {
            FailureDocument(
                code: Self.failureCodes.contains($0.code) ? $0.code : "unknown", message: $0.message,
                target: parameters.trainingDatasets.first)
        }
    }

    /// Azure's words for why training fails.
    private static let failureCodes: Set<String> = [
        "diverged", "notEnoughBudget", "datasetCorrupt", "datasetNotFound", "unknown",
    ]
}

/// What a model is measured on.
struct EvaluationParameters: Encodable, Sendable {
    var testDatasetName: String
}

/// A measurement of a model as clients of this API know it.
struct EvaluationDocument: Encodable, Sendable {
    var name: String
    var modelName: String
    var evaluationParameters: EvaluationParameters
    var status: String
    var createdDateTime: String
    var updatedDateTime: String
    var modelPerformance: ModelPerformance?
    var error: FailureDocument?

    init(_ evaluation: Evaluation, modelName: String) {
        name = evaluation.name
        self.modelName = modelName
        evaluationParameters = EvaluationParameters(testDatasetName: evaluation.datasetName)
        status = evaluation.status.rawValue
        createdDateTime = ISO8601.string(evaluation.createdAt)
        updatedDateTime = ISO8601.string(evaluation.modifiedAt)
        modelPerformance = ModelPerformance(stored: evaluation.performance)
        error = evaluation.failure.map {
            FailureDocument(
                code: Self.failureCodes.contains($0.code) ? $0.code : "internalServerError", message: $0.message,
                target: evaluation.datasetName)
        }
    }

    /// Azure's words for why an evaluation fails.
    private static let failureCodes: Set<String> = [
        "internalServerError", "modelNotFound", "datasetNotFound", "datasetCorrupt", "incorrectModelKind",
        "datasetAnnotationsInvalid", "datasetEmpty",
    ]
}

extension Model.Kind {
    /// The word of this API for it.
    var wireName: String {
        switch self {
        case .genericClassifier: "Generic-Classifier"
        case .genericDetector: "Generic-Detector"
        case .productRecognizer: "Product-Recognizer"
        }
    }

    /// The kind of dataset it learns from and is measured on.
    var datasetKind: Dataset.Kind {
        switch self {
        case .genericClassifier: .imageClassification
        case .genericDetector, .productRecognizer: .objectDetection
        }
    }

    /// Reads a kind, in any letter case, with and without the hyphen, as old clients wrote it.
    init?(wireName: String) {
        func plain(_ text: String) -> String { text.lowercased().replacing("-", with: "") }
        guard let kind = Self.allCases.first(where: { plain($0.wireName) == plain(wireName) }) else { return nil }
        self = kind
    }
}

extension ModelPerformance {
    /// The figures of this API out of what a model or an evaluation keeps; `nil` where there are none yet.
    init?(stored text: String?) {
        guard let data = text.map({ Data($0.utf8) }) else { return nil }
        let decoder = JSONDecoder()
        if let result = try? decoder.decode(StoredMetrics.self, from: data),
            result.detection != nil || result.classification != nil
        {
            if let metrics = result.detection {
                self.init(metrics)
            } else if let metrics = result.classification {
                self.init(metrics)
            } else {
                return nil
            }
        } else if let performance = try? decoder.decode(ModelPerformance.self, from: data) {
            self = performance
        } else {
            return nil
        }
        // Azure's document has no such figure.
        meanAveragePrecision = nil
    }
}

/// The figures of an engine's result; its lists of photos are of no use here.
private struct StoredMetrics: Decodable {
    var detection: DetectionMetrics?
    var classification: ClassificationMetrics?
}
