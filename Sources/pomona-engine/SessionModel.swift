import PomonaCore
import PomonaEngine
import PomonaImaging
import PomonaModel
import PomonaTensor
import PomonaVision

/// The model of a prediction session, whatever it answers with.
enum SessionModel {
    case detector(DetectorModel, TiledDetection?)
    case classifier(ClassifierModel)

    /// - Throws: The error of the model file, or of tiles that make no sense; a classifier has no use for tiles.
    init(_ session: PredictionSession, device: Device, batchSize: Int) throws {
        switch try ModelDescription(file: SafetensorsFile(path: session.model)).kind {
        case .detector:
            let model = try DetectorModel(path: session.model, device: device)
            self = .detector(
                model, try session.tiles.map { try TiledDetection(model: model, tiles: $0, batchSize: batchSize) })
        case .classifier: self = .classifier(try ClassifierModel(path: session.model, device: device))
        }
    }

    var description: ModelDescription {
        switch self {
        case .detector(let model, _): model.description
        case .classifier(let model): model.description
        }
    }

    var kind: ModelKind {
        if case .detector = self { .detector } else { .classifier }
    }

    var isTiled: Bool {
        if case .detector(_, .some) = self { true } else { false }
    }

    /// What photos show, each with its own threshold; without the time it took.
    func predictions(_ photos: [(photo: DecodedPhoto, threshold: Double)]) throws -> [Prediction] {
        switch self {
        case .detector(_, let tiles?):
            return try photos.map { photo, threshold in
                Prediction(
                    size: photo.originalSize, detections: try tiles.detections(photo.image, threshold: threshold),
                    milliseconds: 0)
            }
        case .detector(let model, nil):
            guard let lowest = photos.map(\.threshold).min() else { return [] }
            let found = try model.detections(
                photos.map { (image: $0.photo.image, size: $0.photo.originalSize) }, threshold: lowest)
            // Less confident boxes never drive out others, so leaving them out afterwards is the same as before.
            return zip(photos, found).map { asked, detections in
                Prediction(
                    size: asked.photo.originalSize,
                    detections: detections.filter { $0.confidence >= asked.threshold }, milliseconds: 0)
            }
        case .classifier(let model):
            return zip(photos, try model.probabilities(photos.map(\.photo.image))).map { asked, probabilities in
                Prediction(
                    size: asked.photo.originalSize, tags: PhotoTag.ranked(probabilities, threshold: asked.threshold),
                    milliseconds: 0)
            }
        }
    }
}
