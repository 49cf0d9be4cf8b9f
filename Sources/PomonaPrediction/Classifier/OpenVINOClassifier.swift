public import PomonaCore
import PomonaImaging
public import PomonaModel

/// A trained classifier that looks at photos through OpenVINO; as ``OpenVINODetector`` in everything but its answers.
public final class OpenVINOClassifier: Predicting {
    public let description: ModelDescription
    public var labels: [String] { description.labels }

    /// Photos that may be under way at once; more tasks than this wait for each other.
    public var concurrency: Int { lanes.count }

    private let lanes: LanePool<ClassificationLane>

    /// Loads a model and blocks the calling thread meanwhile.
    ///
    /// - Parameters:
    ///   - model: Path of a model file.
    ///   - cache: Where what the model becomes is kept.
    /// - Throws: As ``OpenVINODetector/init(model:runtime:cache:options:)``;
    ///   ``PredictionError/notAClassifier(path:)`` for a model that finds objects.
    public init(
        model: String, runtime: OpenVINORuntime, cache: PredictionCache,
        options: PredictionOptions = PredictionOptions()
    ) throws {
        try options.check()
        let file = try SafetensorsFile(path: model)
        let description = try ModelDescription(file: file)
        guard description.kind == .classifier else { throw PredictionError.notAClassifier(path: model) }
        let network = try CompiledNetwork.cached(
            cache.entry(for: file), named: model, runtime: runtime, options: options)
        lanes = LanePool(
            try (0..<network.usefulLanes).map { _ in
                try ClassificationLane(network: network, description: description, options: options)
            })
        self.description = description
    }

    public func predict(photo: [UInt8], threshold: Double) async throws -> Prediction {
        try await lanes.withLane { try $0.predict(.bytes(photo, name: "sent"), threshold: threshold) }
    }

    /// Looks at the photo in a file.
    ///
    /// - Parameter name: How messages call the photo; by default its path.
    public func predict(path: String, named name: String? = nil, threshold: Double) async throws -> Prediction {
        try await lanes.withLane { try $0.predict(.file(path: path, name: name ?? path), threshold: threshold) }
    }
}

/// Everything that one photo at a time passes through: from bytes to tags on one thread.
///
/// Lent to one caller at a time by ``LanePool``, as ``PredictionLane``; that is what the unchecked conformance rests on.
final class ClassificationLane: @unchecked Sendable {
    private let request: InferRequest
    private let input: NetworkInput
    private let decoder: ImageDecoder
    private let labelCount: Int

    init(network: CompiledNetwork, description: ModelDescription, options: PredictionOptions) throws {
        request = try InferRequest(network: network, input: "images")
        guard request.input.count == description.input.elementCount else {
            throw OpenVINOError.notCompiled(
                model: network.name,
                reason: "its input has \(request.input.count) values instead of "
                    + "\(description.input.elementCount)")
        }
        input = NetworkInput(form: description.input)
        decoder = ImageDecoder(limits: options.imageLimits)
        labelCount = description.labels.count
    }

    func predict(_ source: PhotoSource, threshold: Double) throws -> Prediction {
        let start = ContinuousClock.now
        let photo = try source.decode(decoder, fittingWithin: input.form.size)
        input.write(photo.image, to: request.input)
        try request.run()
        let tags = PhotoTag.ranked(try request.output("scores", count: labelCount), threshold: threshold)
        return Prediction(
            size: photo.originalSize, tags: tags, milliseconds: (ContinuousClock.now - start) / .milliseconds(1))
    }
}
