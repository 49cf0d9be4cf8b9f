public import PomonaCore
import PomonaImaging
public import PomonaModel

/// A trained detector that looks at photos through OpenVINO.
///
/// Made from a model file; the network that OpenVINO reads is exported from it and kept in a ``PredictionCache``. Any
/// number of tasks may predict at once: as many photos are under way as there are lanes, the others wait their turn.
/// For small objects on large photos see ``TiledPrediction``.
public final class OpenVINODetector: Predicting {
    public let description: ModelDescription
    public var labels: [String] { description.labels }

    /// Photos that may be under way at once; more tasks than this wait for each other.
    public var concurrency: Int { lanes.count }

    /// Whether everything came from the cache.
    public let isFromCache: Bool

    let options: PredictionOptions
    private let lanes: LanePool<PredictionLane>

    /// Loads a model. Takes a tenth of a second where the cache knows the model, half a second or more where it does not,
    /// and blocks the calling thread meanwhile.
    ///
    /// - Parameters:
    ///   - model: Path of a model file.
    ///   - cache: Where what the model becomes is kept.
    /// - Throws: ``SafetensorsError`` or ``ModelFileError`` naming what is wrong with the file, ``PredictionError`` for a
    ///   model without boxes or an option out of range, ``OpenVINOError`` where OpenVINO refuses.
    public init(
        model: String, runtime: OpenVINORuntime, cache: PredictionCache,
        options: PredictionOptions = PredictionOptions()
    ) throws {
        try options.check()
        let file = try SafetensorsFile(path: model)
        let description = try ModelDescription(file: file)
        guard description.kind == .detector else { throw PredictionError.notADetector(path: model) }
        let network = try CompiledNetwork.cached(
            cache.entry(for: file), named: model, runtime: runtime, options: options)

        isFromCache = network.setting("LOADED_FROM_CACHE") == "YES"
        let positions = AnchorPoints(input: description.input.size).count
        lanes = LanePool(
            try (0..<network.usefulLanes).map { _ in
                try PredictionLane(
                    network: network, description: description, options: options, positionCount: positions)
            })
        self.description = description
        self.options = options
    }

    public func predict(photo: [UInt8], threshold: Double) async throws -> Prediction {
        try await predict(photo: photo, named: "sent", threshold: threshold)
    }

    /// Detects objects in one encoded photo.
    ///
    /// - Parameters:
    ///   - name: How messages call the photo.
    ///   - threshold: Detections below this confidence (0...1) are left out.
    public func predict(photo: [UInt8], named name: String, threshold: Double) async throws -> Prediction {
        try await lanes.withLane { try $0.predict(.bytes(photo, name: name), threshold: threshold) }
    }

    /// Detects objects in the photo in a file.
    ///
    /// - Parameter name: How messages call the photo; by default its path.
    public func predict(path: String, named name: String? = nil, threshold: Double) async throws -> Prediction {
        try await lanes.withLane {
            try $0.predict(.file(path: path, name: name ?? path), threshold: threshold)
        }
    }

    /// How long the network alone takes for one photo: decoding and reading of boxes left out. For reports on the
    /// installation.
    ///
    /// - Returns: One duration for each run, in order; the first ones are longer.
    public func networkDurations(runs: Int) async throws -> [Duration] {
        try await lanes.withLane { try $0.networkDurations(runs: runs) }
    }

    /// Runs work with one of the lanes, when one is free.
    func onLane<Result: Sendable>(
        _ work: @escaping @Sendable (PredictionLane) throws -> Result
    ) async throws -> Result {
        try await lanes.withLane(work)
    }

    /// Detects objects in an upright image.
    ///
    /// - Returns: The detections, most confident first, in pixels of the image.
    public func detections(in image: RGBImage, threshold: Double) async throws -> [Detection] {
        try await lanes.withLane { try $0.detections(image, of: image.size, threshold: threshold) }
    }
}
