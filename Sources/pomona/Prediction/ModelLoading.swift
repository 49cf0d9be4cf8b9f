import Foundation
import PomonaCore
import PomonaEngine
import PomonaModel
import PomonaPrediction

/// Loads a model with what computes fastest of what is installed.
struct ModelLoading {
    var runtime = PredictionRuntime.auto
    var device = DevicePreference.auto
    /// Cores to use; all where `nil`.
    var threads: Int?
    /// Photos that are to be predicted; for many, every core works on one of its own.
    var photoCount = 1
    /// How large photos are cut up; `nil` where they are predicted as a whole.
    var tiles: PredictionTiles?

    /// From so many photos on, the cores gain more by working apart than the longer start of that costs.
    private static let manyPhotos = 16

    /// - Parameter model: Path of a model file.
    /// - Throws: What is wrong with the model file; an error of OpenVINO where it was asked for by name or is of no use.
    func load(_ model: String) async throws -> LoadedModel {
        guard let openVINO = try openVINO() else {
            let session = PredictionSession(model: model, device: device, threads: threads, tiles: tiles)
            return .engine(try await EnginePredictor(EngineLocation.find(), session: session))
        }
        let cache = PredictionCache(folder: CacheFolder.models)
        let options = PredictionOptions(mode: photoCount < Self.manyPhotos ? .latency : .throughput, threads: threads)
        if try ModelDescription(file: SafetensorsFile(path: model)).kind == .classifier {
            let classifier = try OpenVINOClassifier(model: model, runtime: openVINO, cache: cache, options: options)
            return .classifier(classifier, version: openVINO.version)
        }
        let detector = try OpenVINODetector(model: model, runtime: openVINO, cache: cache, options: options)
        guard let tiles else { return .openVINO(detector, version: openVINO.version) }
        let tile = tiles.side.map { ImageSize(width: $0, height: $0) }
        let tiled = try TiledPrediction(detector: detector, options: .init(tile: tile, overlap: tiles.overlap))
        return .tiled(tiled, by: detector, version: openVINO.version)
    }

    /// OpenVINO, or `nil` where the engine shall predict.
    private func openVINO() throws -> OpenVINORuntime? {
        switch runtime {
        case .engine: return nil
        case .openvino:
            guard device != .cuda else { throw CommandError.openVINOWithCUDA }
            return try OpenVINORuntime.find()
        case .auto:
            guard device != .cuda else { return nil }
            do { return try OpenVINORuntime.find() } catch let error as OpenVINOError {
                // Somebody who named one wants that one.
                let named = ProcessInfo.processInfo.environment["OPENVINO"] ?? ""
                guard named.isEmpty else { throw error }
                Terminal.note("note: \(error.message) libtorch predicts instead; pomona doctor says what that costs.")
                if error.code != "openVINOMissing", let hint = error.hint { Terminal.note(hint) }
                return nil
            }
        }
    }
}
