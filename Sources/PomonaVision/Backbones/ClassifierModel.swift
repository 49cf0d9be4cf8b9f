import Foundation
public import PomonaCore
public import PomonaModel
public import PomonaTensor

/// A trained classifier ready to look at photos: network, labels and input form.
public final class ClassifierModel {
    public let description: ModelDescription
    public let classifier: Classifier

    /// Wraps a network that exists already.
    public init(classifier: Classifier, description: ModelDescription) {
        self.classifier = classifier
        self.description = description
    }

    /// Loads a model file and folds its normalisations.
    ///
    /// - Throws: ``SafetensorsError`` or ``ModelFileError`` naming what is wrong with the file.
    public convenience init(path: String, device: Device) throws {
        let file = try SafetensorsFile(path: path)
        let description = try ModelDescription(file: file)
        let classifier = try Classifier(
            architecture: description.architecture, classCount: description.labels.count, seed: 0, device: device)
        try classifier.parameters.load(file)
        try classifier.parameters.fold()
        self.init(classifier: classifier, description: description)
    }

    /// How probable each tag is.
    ///
    /// - Parameter photos: Upright photos, or smaller copies of them.
    /// - Returns: For each photo one probability for each label, summing to 1.
    public func probabilities(_ photos: [RGBImage]) throws -> [[Float]] {
        let values: [Float] = try Gradients.disabled {
            try classifier(description.input.tensor(photos, device: classifier.parameters.device))
                .softmax(over: 1).values()
        }
        let count = description.labels.count
        return photos.indices.map { Array(values[$0 * count..<($0 + 1) * count]) }
    }

    /// Writes the model to a file that appears complete or not at all.
    public func save(to path: String) throws {
        try SafetensorsWriter.write(classifier.parameters.hostTensors(), metadata: description.metadata, to: path)
    }
}

extension InputForm {
    /// Photos as a network's input.
    ///
    /// - Returns: `[N, 3, H, W] float32`.
    public func tensor(_ photos: [RGBImage], device: Device) throws -> Tensor {
        let plane = UnsafeMutableBufferPointer<Float>.allocate(capacity: elementCount * photos.count)
        defer { plane.deallocate() }
        for (index, photo) in photos.enumerated() {
            let part = plane[index * elementCount..<(index + 1) * elementCount]
            fill(UnsafeMutableBufferPointer(rebasing: part), with: photo)
        }
        return try .from(
            UnsafeBufferPointer(plane), shape: [photos.count, 3, size.height, size.width], device: device)
    }
}
