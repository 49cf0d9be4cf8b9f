import Foundation
import PomonaCore
import PomonaEngine
import PomonaImaging
import PomonaModel
import PomonaTensor
import PomonaTraining

/// Keeps one model loaded and answers a session's photos, several at once where the device gains by that.
struct PredictionAnswers {
    private let model: SessionModel
    /// Photos that are answered together.
    private let photosAtOnce: Int

    /// What a GPU is busy with for long enough that asking costs little; a CPU gains nothing by more than one.
    private static let batchOnGPU = 16

    init(_ session: PredictionSession) throws {
        let device = try ComputeDevice.resolve(session.device, threads: session.threads)
        let batchSize = min(max(1, session.batchSize ?? (device == .cuda ? Self.batchOnGPU : 1)), 1024)
        model = try SessionModel(session, device: device, batchSize: batchSize)
        // Tiles of one photo make a batch of their own.
        photosAtOnce = model.isTiled ? 1 : batchSize
    }

    func run(input: InputLines, output: EventWriter) throws {
        output.write(.ready(labels: model.description.labels, kind: model.kind, batchSize: photosAtOnce))
        while let lines = input.next(atMost: photosAtOnce) {
            let requests = try lines.map { try JSONDecoder().decode(PredictionRequest.self, from: Data($0.utf8)) }
            for event in answers(requests) { output.write(event) }
        }
    }

    private func answers(_ requests: [PredictionRequest]) -> [EngineEvent] {
        let start = ContinuousClock.now
        let photos = decoded(requests)
        var events: [EngineEvent] = []
        var sound: [(request: PredictionRequest, photo: DecodedPhoto)] = []
        for (request, photo) in zip(requests, photos) {
            switch photo {
            case .success(let photo): sound.append((request, photo))
            case .failure(let error): events.append(.refused(id: request.id, Failure(error)))
            }
        }
        do {
            let found = try model.predictions(sound.map { (photo: $0.photo, threshold: $0.request.threshold) })
            let milliseconds = (ContinuousClock.now - start) / .milliseconds(1)
            for ((request, _), var prediction) in zip(sound, found) {
                prediction.milliseconds = milliseconds
                events.append(.predicted(id: request.id, prediction))
            }
        } catch  where requests.count > 1 {
            // What is too much for the device's memory together may pass one by one.
            return requests.flatMap { answers([$0]) }
        } catch {
            events += sound.map { .refused(id: $0.request.id, Failure(error)) }
        }
        return events
    }

    /// The requests' photos, decoded on all cores.
    private func decoded(_ requests: [PredictionRequest]) -> [Result<DecodedPhoto, any Error>] {
        let bound = model.isTiled ? nil : model.description.input.size
        return [Result<DecodedPhoto, any Error>](unsafeUninitializedCapacity: requests.count) { buffer, initialized in
            // Each iteration initializes its own element, and all have ended when concurrentPerform returns.
            nonisolated(unsafe) let elements = buffer
            DispatchQueue.concurrentPerform(iterations: requests.count) { index in
                let request = requests[index]
                elements.initializeElement(
                    at: index,
                    to: Result {
                        try ImageDecoder().decode(path: request.path, named: request.name, fittingWithin: bound)
                    })
            }
            initialized = requests.count
        }
    }
}
