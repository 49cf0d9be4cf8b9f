import PomonaCore
import PomonaEngine
import PomonaModel
import PomonaPrediction

/// Keeps models loaded that were asked lately; those asked longest ago go first.
///
/// A model is looked at through OpenVINO where that is installed, with all cores on one photo, or with a photo on every core
/// while several are asked for at once; else by an engine process of its own. An engine that died fails the requests it had,
/// and the next one starts another.
actor ModelShelf {
    private struct Source: Hashable {
        var path: String
        var revision: String
    }

    private struct Key: Hashable {
        var source: Source
        var isTiled: Bool
        var mode: PredictionOptions.Mode
    }

    private struct Entry {
        var loading: Task<any Predicting, any Error>
        var lastUse: Int
        var isReady = false
    }

    private lazy var runtime = try? OpenVINORuntime.find()
    /// Of built-in models, which anybody may have.
    private let cache: PredictionCache
    /// Of models that were trained here, which go with them.
    private let ownCache: PredictionCache
    private let capacity: Int
    private var entries: [Key: Entry] = [:]
    /// Photos that are being looked at, by model.
    private var underWay: [Source: Int] = [:]
    private var uses = 0

    init(cacheFolder: String, capacity: Int = 6) {
        self.capacity = capacity
        cache = PredictionCache(folder: cacheFolder + "/built-in")
        ownCache = PredictionCache(folder: Self.ownCacheFolder(in: cacheFolder))
    }

    /// Where compiled networks of models that were trained here lie.
    static func ownCacheFolder(in cacheFolder: String) -> String { cacheFolder + "/models" }

    func predict(
        photo: [UInt8], _ order: PredictionOrder
    ) async throws -> (prediction: Prediction, labels: [String]) {
        let source = Source(path: order.model, revision: order.revision)
        underWay[source, default: 0] += 1
        defer { underWay[source] = underWay[source].flatMap { $0 > 1 ? $0 - 1 : nil } }
        let key = Key(source: source, isTiled: order.isTiled, mode: mode(of: source, isTiled: order.isTiled))
        let predictor = try await predictor(key)
        do {
            return (try await predictor.predict(photo: photo, threshold: order.threshold), predictor.labels)
        } catch let error as EngineError {
            entries[key] = nil
            throw error
        }
    }

    /// How the next photo is looked at. What serves many at once is loaded beside the work, and used once it is there.
    private func mode(of source: Source, isTiled: Bool) -> PredictionOptions.Mode {
        guard runtime != nil, !isTiled, underWay[source, default: 0] > 1 else { return .latency }
        let key = Key(source: source, isTiled: false, mode: .throughput)
        if let entry = entries[key] { return entry.isReady ? .throughput : .latency }
        Task { _ = try? await predictor(key) }
        return .latency
    }

    private func predictor(_ key: Key) async throws -> any Predicting {
        uses += 1
        if entries[key] == nil {
            makeRoom()
            let (runtime, cache) = (runtime, key.source.revision.isEmpty ? cache : ownCache)
            entries[key] = Entry(loading: Task.detached { try await Self.load(key, runtime, cache) }, lastUse: uses)
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
        _ key: Key, _ runtime: OpenVINORuntime?, _ cache: PredictionCache
    ) async throws -> any Predicting {
        let path = key.source.path
        guard let runtime else {
            return try await EnginePredictor(
                EngineLocation.find(),
                session: PredictionSession(model: path, tiles: key.isTiled ? PredictionTiles() : nil))
        }
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

    private func makeRoom() {
        guard entries.count >= capacity, let oldest = entries.min(by: { $0.value.lastUse < $1.value.lastUse }) else {
            return
        }
        entries[oldest.key] = nil
        let loading = oldest.value.loading
        Task { if let engine = try? await loading.value as? EnginePredictor { await engine.close() } }
    }
}
