import Foundation
import PomonaEngine
import PomonaEvaluation
import PomonaStore

/// A model as the page knows it.
struct StudioModel: Encodable, Sendable {
    struct DatasetPart: Codable, Sendable {
        var id: String?
        var name: String
        var revision: Int?
    }

    struct FoundationPart: Codable, Sendable {
        var id: String
        var name: String
    }

    var id: String
    var groupID: String?
    var name: String
    var kind: String
    var status: String
    var isBuiltIn: Bool
    var labels: [String]
    var createdAt: Date?
    var startedAt: Date?
    var finishedAt: Date?
    var budgetSeconds: Double?
    var trainingSeconds: Double?
    var foundation: FoundationPart?
    var trainingDatasets: [DatasetPart]
    var evaluationDataset: DatasetPart?
    var evaluatedOn: String?
    var performance: ModelPerformance?
    var error: JobDocument.Failure?
    var latest: CurvePoint?
    var wasInterrupted: Bool
    var bytes: Int64?
    var evaluationID: String?
    var jobID: String?

    // Of one model only.
    var recipe: [String: RecipeValue]?
    var provenance: [String: String]?
    var evaluations: [StudioEvaluation]?
}

/// A text of a model file's head: JSON as such, everything else as text.
enum RecipeValue: Codable, Sendable {
    case number(Double)
    case flag(Bool)
    case text(String)
    case list([RecipeValue])
    case object([String: RecipeValue])
    case nothing

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .nothing
        } else if let value = try? container.decode(Bool.self) {
            self = .flag(value)
        } else if let value = try? container.decode(Double.self) {
            self = .number(value)
        } else if let value = try? container.decode(String.self) {
            self = .text(value)
        } else if let value = try? container.decode([RecipeValue].self) {
            self = .list(value)
        } else {
            self = .object(try container.decode([String: RecipeValue].self))
        }
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .number(let value):
            // Whole numbers are written without a fraction.
            if let whole = Int64(exactly: value) { try container.encode(whole) } else { try container.encode(value) }
        case .flag(let value): try container.encode(value)
        case .text(let value): try container.encode(value)
        case .list(let value): try container.encode(value)
        case .object(let value): try container.encode(value)
        case .nothing: try container.encodeNil()
        }
    }
}

/// One point of the training curves, as the job's history keeps it.
struct CurvePoint: Codable, Sendable {
    var step: Int
    var steps: Int
    var seconds: Double
    var imagesPerSecond: Double
    var secondsLeft: Double
    var losses: [String: Double]
    var heldOutScore: Double?
}

/// One line of a training's log.
struct LogLine: Codable, Sendable {
    var at: Date
    var level: String
    var text: String
}

/// A measurement of a model as the page knows it.
struct StudioEvaluation: Encodable, Sendable {
    /// The id of the measurement that belongs to the training itself.
    static let ownID = "own"

    var id: String
    var modelID: String
    var groupID: String?
    var dataset: StudioModel.DatasetPart?

    /// The same for measurements on the same photos with the same labels; not known of every one.
    var frozenID: String?
    var measured: String
    var status: String
    var createdAt: Date
    var finishedAt: Date?
    var performance: ModelPerformance?
    var error: JobDocument.Failure?
    var jobID: String?
    var labels: [String]?
    var detection: DetectionMetrics?
    var classification: ClassificationMetrics?
    var photos: [String: MeasuredPhoto]?
    var skipped: [SkippedPhoto]?
}

extension EvaluationResult {
    /// Reads what a model or an evaluation keeps; `nil` where there is nothing yet.
    init?(stored text: String?) {
        guard let text else { return nil }
        let decoder = JSONDecoder()
        decoder.nonConformingFloatDecodingStrategy = .convertFromString(
            positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
        guard let result = try? decoder.decode(EvaluationResult.self, from: Data(text.utf8)) else { return nil }
        self = result
    }

    var performance: ModelPerformance? {
        detection.map { ModelPerformance($0) } ?? classification.map { ModelPerformance($0) }
    }

    /// The model's labels in their order.
    var labels: [String] { detection?.tags.map(\.tag) ?? classification?.tags.map(\.tag) ?? [] }
}

extension Model.Kind {
    /// The studio's word.
    var studioWord: String { self == .genericClassifier ? "classifier" : "detector" }

    init(studioWord word: String) throws(StudioFailure) {
        switch word {
        case "detector": self = .genericDetector
        case "classifier": self = .genericClassifier
        default: throw .field("kind", "The kind is neither detector nor classifier.")
        }
    }
}
