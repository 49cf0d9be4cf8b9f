import Foundation
import PomonaAPI
import PomonaCore
import PomonaEngine
import PomonaPrediction
import PomonaStore

/// Looks at photos for everything in the server that asks.
///
/// The models are loaded in a process of their own (``ModelShelf``), which decodes the photos too: a photo that a decoder
/// or OpenVINO stumbles over ends that process and not the server, and costs nobody else's request.
struct PredictorPool: PhotoAnalyzing {
    private let worker: GuardedPredictor
    private let cacheFolder: String
    private let builtInModel: @Sendable () -> String?

    init(cacheFolder: String, builtInModel: @escaping @Sendable () -> String?) {
        worker = GuardedPredictor(arguments: [PredictorCommand.name, "--cache=\(cacheFolder)"])
        self.builtInModel = builtInModel
        self.cacheFolder = cacheFolder
    }

    /// Removes what was kept of models that were deleted.
    func forgetDeletedModels(in store: Store) async throws {
        PredictionCache(folder: ModelShelf.ownCacheFolder(in: cacheFolder))
            .removeAll(but: try await store.catalog.modelFileHashes())
    }

    func analyze(
        _ photo: [UInt8], with model: AnalysisModel, threshold: Double, isTiled: Bool
    ) async throws -> PhotoAnalysis {
        var order = try order(of: model, threshold: threshold)
        order.isTiled = isTiled
        let (found, labels) = try await worker.predict(photo: photo, order)
        if let tags = found.tags {
            return PhotoAnalysis(
                size: found.size, labels: labels,
                tags: tags.map { PhotoAnalysis.Tag(name: labels[$0.label], confidence: $0.confidence) },
                milliseconds: found.milliseconds)
        }
        return PhotoAnalysis(
            size: found.size, labels: labels,
            objects: found.detections.filter { labels.indices.contains($0.label) }.map {
                PhotoAnalysis.Object(tag: labels[$0.label], confidence: $0.confidence, box: $0.box)
            }, milliseconds: found.milliseconds)
    }

    /// The version of OpenVINO, asked there so that its libraries stay out of this process; `nil` where there is none.
    func openVINOVersion() async -> String? {
        try? await worker.runtimeVersion()
    }

    private func order(of model: AnalysisModel, threshold: Double) throws -> PredictionOrder {
        switch model {
        case .builtIn:
            guard let path = builtInModel() else { throw HouseError.noBuiltInModel }
            return PredictionOrder(model: path, threshold: threshold)
        case .custom(let model):
            guard let file = model.files.first(where: { $0.role == "weights" }) else {
                throw HouseError.modelHasNoFile(model.name)
            }
            return PredictionOrder(
                model: file.path, revision: file.sha256.base64EncodedString(), threshold: threshold)
        }
    }
}
