import PomonaCore
import PomonaEngine
import PomonaPrediction

/// A model that is ready to look at photos, whatever computes.
enum LoadedModel: Predicting {
    case openVINO(OpenVINODetector, version: String)
    case tiled(TiledPrediction, by: OpenVINODetector, version: String)
    case classifier(OpenVINOClassifier, version: String)
    case engine(EnginePredictor)

    var labels: [String] {
        switch self {
        case .openVINO(let detector, _), .tiled(_, let detector, _): detector.labels
        case .classifier(let classifier, _): classifier.labels
        case .engine(let predictor): predictor.labels
        }
    }

    /// What computes, for people and reports.
    var runtime: String {
        switch self {
        case .openVINO(_, let version), .tiled(_, _, let version), .classifier(_, let version): "OpenVINO \(version)"
        case .engine: "libtorch"
        }
    }

    /// How many photos to ask for at once so that nothing waits for the asker.
    var concurrency: Int {
        switch self {
        case .openVINO(let detector, _): detector.concurrency + 1
        // One is decoded while the tiles of another are looked at.
        case .tiled: 2
        case .classifier(let classifier, _): classifier.concurrency + 1
        case .engine(let predictor): predictor.concurrency
        }
    }

    func predict(photo: [UInt8], threshold: Double) async throws -> Prediction {
        switch self {
        case .openVINO(let detector, _): try await detector.predict(photo: photo, threshold: threshold)
        case .tiled(let tiles, _, _): try await tiles.predict(photo: photo, threshold: threshold)
        case .classifier(let classifier, _): try await classifier.predict(photo: photo, threshold: threshold)
        case .engine(let predictor): try await predictor.predict(photo: photo, threshold: threshold)
        }
    }

    /// Looks at the photo of a file.
    func predict(path: String, threshold: Double) async throws -> Prediction {
        switch self {
        case .openVINO(let detector, _): try await detector.predict(path: path, threshold: threshold)
        case .tiled(let tiles, _, _): try await tiles.predict(path: path, threshold: threshold)
        case .classifier(let classifier, _): try await classifier.predict(path: path, threshold: threshold)
        case .engine(let predictor): try await predictor.predict(path: path, threshold: threshold)
        }
    }

    /// Gives back what the model holds. Afterwards it predicts no more.
    func close() async {
        if case .engine(let predictor) = self { await predictor.close() }
    }
}
