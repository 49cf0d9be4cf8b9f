import Foundation
public import PomonaCore
public import PomonaModel
public import PomonaTensor

/// A trained detector ready to look at photos: network, labels and input form.
public final class DetectorModel {
    public let description: ModelDescription
    public let detector: Detector
    private let decoder: DetectionDecoder

    /// Wraps a network that exists already, such as one in training.
    public init(detector: Detector, description: ModelDescription) {
        self.detector = detector
        self.description = description
        decoder = DetectionDecoder(input: description.input.size, classCount: description.labels.count)
    }

    /// Loads a model file and folds its normalisations.
    ///
    /// - Throws: ``SafetensorsError`` or ``ModelFileError`` naming what is wrong with the file.
    public convenience init(path: String, device: Device) throws {
        let file = try SafetensorsFile(path: path)
        let description = try ModelDescription(file: file)
        let detector = try Detector(
            architecture: description.architecture, classCount: description.labels.count, seed: 0, device: device)
        try detector.load(file)
        try detector.parameters.fold()
        self.init(detector: detector, description: description)
    }

    /// Detects objects in photos of any sizes.
    ///
    /// - Parameters:
    ///   - photos: Upright photos, or smaller copies of them, each with the size its boxes shall be in.
    ///   - threshold: Least confidence, 0...1.
    ///   - tags: Whether a point may be reported as several tags.
    /// - Returns: For each photo its detections, most confident first, in pixels of `size`.
    public func detections(
        _ photos: [(image: RGBImage, size: ImageSize)], threshold: Double,
        tags: DetectionDecoder.TagsPerPoint = .best
    ) throws -> [[Detection]] {
        let input = description.input
        let outputs: [Float] = try Gradients.disabled {
            try detector(input.tensor(photos.map(\.image), device: detector.parameters.device)).values()
        }
        let length = outputs.count / max(1, photos.count)
        var decoder = decoder
        decoder.tags = tags
        return outputs.withUnsafeBufferPointer { all in
            photos.enumerated().map { index, photo in
                decoder.detections(
                    UnsafeBufferPointer(rebasing: all[index * length..<(index + 1) * length]),
                    letterbox: Letterbox(photo: photo.size, input: input), threshold: threshold)
            }
        }
    }

    /// Writes the model to a file that appears complete or not at all.
    public func save(to path: String) throws {
        try SafetensorsWriter.write(detector.hostTensors(), metadata: description.metadata, to: path)
    }
}
