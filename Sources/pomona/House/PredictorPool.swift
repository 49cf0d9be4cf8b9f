import Foundation
import PomonaAPI
import PomonaCore
import PomonaEngine
import PomonaModel
import PomonaPrediction
import PomonaStore

/// Keeps models loaded that were asked lately; those asked longest ago go first.
///
/// A model is looked at through OpenVINO where that is installed, else by an engine process of its own. A process that died
/// fails the requests it had, and the next one starts another.
actor PredictorPool: PhotoAnalyzing {
    private struct Key: Hashable {
        var source: Source
        var isTiled: Bool
    }

    private enum Source: Hashable {
        case builtIn(String)
        case model(Model.ID, Data)
    }

    private struct Entry {
        var loading: Task<any Predicting, any Error>
        var lastUse: Int
    }

    private let engine: EngineLocation?
    /// Opened when the first model is loaded: an idle server needs none.
    private lazy var runtime = try? OpenVINORuntime.find()
    private let cache: PredictionCache
    private let builtInModel: @Sendable () -> String?
    private let capacity: Int
    private var entries: [Key: Entry] = [:]
    private var uses = 0

    init(
        cacheFolder: String, engine: EngineLocation?, builtInModel: @escaping @Sendable () -> String?, capacity: Int = 4
    ) {
        self.engine = engine
        self.builtInModel = builtInModel
        self.capacity = capacity
        cache = PredictionCache(folder: cacheFolder)
    }

    func analyze(
        _ photo: [UInt8], with model: AnalysisModel, threshold: Double, isTiled: Bool
    ) async throws -> PhotoAnalysis {
        let (source, path) = try source(of: model)
        let key = Key(source: source, isTiled: isTiled)
        let predictor = try await predictor(key, path)
        do {
            let found = try await predictor.predict(photo: photo, threshold: threshold)
            let labels = predictor.labels
            if let tags = found.tags {
                return PhotoAnalysis(
                    size: found.size, labels: labels,
                    tags: tags.map { PhotoAnalysis.Tag(name: labels[$0.label], confidence: $0.confidence) })
            }
            return PhotoAnalysis(
                size: found.size, labels: labels,
                objects: found.detections.filter { labels.indices.contains($0.label) }.map {
                    PhotoAnalysis.Object(tag: labels[$0.label], confidence: $0.confidence, box: $0.box)
                })
        } catch let error as EngineError {
            entries[key] = nil
            throw error
        }
    }

    private func source(of model: AnalysisModel) throws -> (Source, String) {
        switch model {
        case .builtIn:
            guard let path = builtInModel() else { throw HouseError.noBuiltInModel }
            return (.builtIn(path), path)
        case .custom(let model):
            guard let file = model.files.first(where: { $0.role == "weights" }) else {
                throw HouseError.modelHasNoFile(model.name)
            }
            return (.model(model.id, file.sha256), file.path)
        }
    }

    private func predictor(_ key: Key, _ path: String) async throws -> any Predicting {
        uses += 1
        if entries[key] == nil {
            makeRoom()
            let (runtime, cache, engine) = (runtime, cache, engine)
            entries[key] = Entry(
                loading: Task.detached { try await Self.load(path, isTiled: key.isTiled, runtime, cache, engine) },
                lastUse: uses)
        }
        entries[key]?.lastUse = uses
        guard let loading = entries[key]?.loading else { throw CancellationError() }
        do { return try await loading.value } catch {
            entries[key] = nil
            throw error
        }
    }

    private static func load(
        _ path: String, isTiled: Bool, _ runtime: OpenVINORuntime?, _ cache: PredictionCache, _ engine: EngineLocation?
    ) async throws -> any Predicting {
        if let runtime {
            return switch try ModelDescription(file: SafetensorsFile(path: path)).kind {
            case .detector:
                if isTiled {
                    try TiledPrediction(detector: OpenVINODetector(model: path, runtime: runtime, cache: cache))
                } else {
                    try OpenVINODetector(model: path, runtime: runtime, cache: cache)
                }
            case .classifier: try OpenVINOClassifier(model: path, runtime: runtime, cache: cache)
            }
        }
        return try await EnginePredictor(
            try engine ?? EngineLocation.find(),
            session: PredictionSession(model: path, tiles: isTiled ? PredictionTiles() : nil))
    }

    private func makeRoom() {
        guard entries.count >= capacity, let oldest = entries.min(by: { $0.value.lastUse < $1.value.lastUse }) else {
            return
        }
        entries[oldest.key] = nil
        let loading = oldest.value.loading
        Task { if let engine = try? await loading.value as? EnginePredictor { await engine.close() } }
    }
}
