import Foundation
import PomonaAPI
import PomonaCore
import PomonaEngine
import PomonaModel
import PomonaPrediction
import PomonaStore

/// Keeps models loaded that were asked lately; those asked longest ago go first.
///
/// A model is looked at through OpenVINO where that is installed, with all cores on one photo, or with a photo on every core
/// while several are asked for at once; else by an engine process of its own. A process that died
/// fails the requests it had, and the next one starts another.
actor PredictorPool: PhotoAnalyzing {
    private struct Key: Hashable {
        var source: Source
        var isTiled: Bool
        var mode: PredictionOptions.Mode
    }

    private enum Source: Hashable, Sendable {
        case builtIn(String)
        case model(Model.ID, Data)
    }

    private struct Entry {
        var loading: Task<any Predicting, any Error>
        var lastUse: Int
        var isReady = false
    }

    private let engine: EngineLocation?
    /// Opened when the first model is loaded: an idle server needs none.
    private lazy var runtime = try? OpenVINORuntime.find()
    /// Of built-in models, which anybody may have.
    private let cache: PredictionCache
    /// Of models that were trained here, which go with them.
    private let ownCache: PredictionCache
    private let builtInModel: @Sendable () -> String?
    private let capacity: Int
    private var entries: [Key: Entry] = [:]
    /// Photos that are being looked at, by model.
    private var underWay: [Source: Int] = [:]
    private var uses = 0

    init(
        cacheFolder: String, engine: EngineLocation?, builtInModel: @escaping @Sendable () -> String?, capacity: Int = 6
    ) {
        self.engine = engine
        self.builtInModel = builtInModel
        self.capacity = capacity
        cache = PredictionCache(folder: cacheFolder + "/built-in")
        ownCache = PredictionCache(folder: cacheFolder + "/models")
    }

    /// Forgets models that were deleted.
    func forgetDeletedModels(in store: Store) async throws {
        let known = try await store.catalog.modelFileHashes()
        for key in entries.keys {
            if case .model(_, let hash) = key.source, !known.contains(hash) { remove(key) }
        }
        ownCache.removeAll(but: known)
    }

    func analyze(
        _ photo: [UInt8], with model: AnalysisModel, threshold: Double, isTiled: Bool
    ) async throws -> PhotoAnalysis {
        let (source, path) = try source(of: model)
        underWay[source, default: 0] += 1
        defer { underWay[source] = underWay[source].flatMap { $0 > 1 ? $0 - 1 : nil } }
        let key = Key(source: source, isTiled: isTiled, mode: mode(of: source, path, isTiled: isTiled))
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

    /// How the next photo is looked at. What serves many at once is loaded beside the work, and used once it is there.
    private func mode(of source: Source, _ path: String, isTiled: Bool) -> PredictionOptions.Mode {
        guard runtime != nil, !isTiled, underWay[source, default: 0] > 1 else { return .latency }
        let key = Key(source: source, isTiled: false, mode: .throughput)
        if let entry = entries[key] { return entry.isReady ? .throughput : .latency }
        Task { _ = try? await predictor(key, path) }
        return .latency
    }

    private func predictor(_ key: Key, _ path: String) async throws -> any Predicting {
        uses += 1
        if entries[key] == nil {
            makeRoom()
            let (runtime, engine) = (runtime, engine)
            let cache = if case .model = key.source { ownCache } else { cache }
            entries[key] = Entry(
                loading: Task.detached { try await Self.load(path, key, runtime, cache, engine) }, lastUse: uses)
        }
        entries[key]?.lastUse = uses
        guard let loading = entries[key]?.loading else { throw CancellationError() }
        do {
            let predictor = try await loading.value
            entries[key]?.isReady = true
            return predictor
        } catch {
            entries[key] = nil
            throw error
        }
    }

    private static func load(
        _ path: String, _ key: Key, _ runtime: OpenVINORuntime?, _ cache: PredictionCache, _ engine: EngineLocation?
    ) async throws -> any Predicting {
        if let runtime {
            let options = PredictionOptions(mode: key.mode)
            return switch try ModelDescription(file: SafetensorsFile(path: path)).kind {
            case .detector:
                if key.isTiled {
                    try TiledPrediction(detector: OpenVINODetector(model: path, runtime: runtime, cache: cache))
                } else {
                    try OpenVINODetector(model: path, runtime: runtime, cache: cache, options: options)
                }
            case .classifier: try OpenVINOClassifier(model: path, runtime: runtime, cache: cache, options: options)
            }
        }
        return try await EnginePredictor(
            try engine ?? EngineLocation.find(),
            session: PredictionSession(model: path, tiles: key.isTiled ? PredictionTiles() : nil))
    }

    private func makeRoom() {
        guard entries.count >= capacity, let oldest = entries.min(by: { $0.value.lastUse < $1.value.lastUse }) else {
            return
        }
        remove(oldest.key)
    }

    private func remove(_ key: Key) {
        guard let loading = entries.removeValue(forKey: key)?.loading else { return }
        Task { if let engine = try? await loading.value as? EnginePredictor { await engine.close() } }
    }
}
