import Logging
import PomonaAPI
import PomonaEngine
import PomonaLabeling
import PomonaStore
import ServiceLifecycle

/// Suggests labels with models that the pool keeps loaded.
struct PooledSuggestions: LabelSuggesting {
    let predictors: PredictorPool

    func suggestions(for photo: [UInt8], from model: Model, threshold: Double) async throws -> [SuggestedLabel] {
        let found = try await analysis(of: photo, model, threshold)
        let objects = (found.objects ?? []).map { SuggestedLabel(tag: $0.tag, confidence: $0.confidence, box: $0.box) }
        let tags = (found.tags ?? []).map { SuggestedLabel(tag: $0.name, confidence: $0.confidence, box: nil) }
        return (objects + tags).sorted { $0.confidence > $1.confidence }
    }

    private func analysis(of photo: [UInt8], _ model: Model, _ threshold: Double) async throws -> PhotoAnalysis {
        do {
            return try await predictors.analyze(photo, with: .custom(model), threshold: threshold)
        } catch WorkerError.died {
            // As a photo that cannot be read, so that the others get their labels.
            throw HouseError.photoEndsPredictor
        }
    }
}

/// Follows labeling projects as long as the server runs: photos that arrive join, and enough labels start an experiment.
struct LabelingWatchService: Service {
    let labeling: LabelingService
    let logger: Logger

    func run() async throws {
        await cancelWhenGracefulShutdown { await labeling.run(logger: logger) }
    }
}
