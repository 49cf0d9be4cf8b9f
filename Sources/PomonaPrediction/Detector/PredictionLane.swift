import PomonaCore
import PomonaImaging
import PomonaModel

/// Everything that one photo at a time passes through: from bytes to boxes on one thread.
///
/// Not safe to use from two threads at once: ``LanePool`` lends a lane to one caller at a time, and what happens between
/// lending and giving back is ordered by its lock. That is what the unchecked conformance rests on.
final class PredictionLane: @unchecked Sendable {
    private let request: InferRequest
    private let input: NetworkInput
    private let reader: DetectionReader
    private let decoder: ImageDecoder
    private let positionCount: Int

    init(
        network: CompiledNetwork, description: ModelDescription, options: PredictionOptions, positionCount: Int
    ) throws {
        let request = try InferRequest(network: network, input: "images")
        guard request.input.count == description.input.elementCount else {
            throw OpenVINOError.notCompiled(
                model: network.name,
                reason: "its input has \(request.input.count) values instead of "
                    + "\(description.input.elementCount)")
        }
        self.request = request
        self.positionCount = positionCount
        input = NetworkInput(form: description.input)
        reader = DetectionReader(
            labelCount: description.labels.count,
            suppression: NonMaximumSuppression(overlap: options.suppressionOverlap, limit: options.limit))
        decoder = ImageDecoder(limits: options.imageLimits)
    }

    func predict(_ source: PhotoSource, threshold: Double) throws -> Prediction {
        let start = ContinuousClock.now
        let photo = try source.decode(decoder, fittingWithin: input.form.size)
        let found = try detections(photo.image, of: photo.originalSize, threshold: threshold)
        return Prediction(
            size: photo.originalSize, detections: found,
            milliseconds: (ContinuousClock.now - start) / .milliseconds(1))
    }

    /// - Parameters:
    ///   - image: An upright photo, or a smaller copy of it.
    ///   - size: The size that boxes shall be in.
    func detections(_ image: RGBImage, of size: ImageSize, threshold: Double) throws -> [Detection] {
        input.write(image, to: request.input)
        try request.run()
        return try reader.detections(
            boxes: request.output("boxes", count: positionCount * 4),
            scores: request.output("scores", count: positionCount * reader.labelCount),
            letterbox: Letterbox(photo: size, input: input.form), threshold: threshold)
    }

    func networkDurations(runs: Int) throws -> [Duration] {
        request.input.update(repeating: Float(input.form.fill))
        return try (0..<max(0, runs)).map { _ in try ContinuousClock().measure { try request.run() } }
    }
}

/// Where a photo's bytes come from.
enum PhotoSource: Sendable {
    case bytes([UInt8], name: String)
    case file(path: String, name: String)

    func decode(_ decoder: ImageDecoder, fittingWithin bound: ImageSize?) throws -> DecodedPhoto {
        switch self {
        case .bytes(let bytes, let name): try decoder.decode(bytes, named: name, fittingWithin: bound)
        case .file(let path, let name): try decoder.decode(path: path, named: name, fittingWithin: bound)
        }
    }
}
