import Foundation
import PomonaCore
import PomonaEngine
import PomonaImaging
import PomonaModel
import PomonaTraining
import PomonaVision

/// Keeps one model loaded and answers a session's photos in the order they come.
struct PredictionAnswers {
    private let model: DetectorModel

    init(_ session: PredictionSession) throws {
        model = try DetectorModel(
            path: session.model, device: ComputeDevice.resolve(session.device, threads: session.threads))
    }

    func run(input: InputLines, output: EventWriter) throws {
        output.write(.ready(labels: model.description.labels, kind: .detector))
        while let line = input.next() {
            let request = try JSONDecoder().decode(PredictionRequest.self, from: Data(line.utf8))
            do {
                output.write(.predicted(id: request.id, try answer(request)))
            } catch {
                output.write(.refused(id: request.id, Failure(error)))
            }
        }
    }

    private func answer(_ request: PredictionRequest) throws -> Prediction {
        let clock = ContinuousClock()
        let begin = clock.now
        let photo = try ImageDecoder().decode(
            path: request.path, named: request.name, fittingWithin: model.description.input.size)
        let detections = try model.detections(
            [(image: photo.image, size: photo.originalSize)], threshold: request.threshold)
        return Prediction(
            size: photo.originalSize, detections: detections[0],
            milliseconds: (clock.now - begin) / .milliseconds(1))
    }
}
