import Foundation
import PomonaCore
import PomonaEngine
import Testing

/// What a GPU does with many photos at once, done on the CPU.
@Suite("Prediction in batches", .serialized)
struct EngineBatchTests {
    private let threshold = 0.25

    private func answers(
        _ model: String, _ paths: [String], batchSize: Int, tiles: PredictionTiles? = nil
    ) async throws -> [Result<Prediction, Failure>] {
        let engine = EngineLocation(path: Programs.folder + "/pomona-engine")
        let predictor = try await EnginePredictor(
            engine, session: PredictionSession(model: model, device: .cpu, batchSize: batchSize, tiles: tiles))
        let threshold = threshold
        let answers = try await withThrowingTaskGroup(of: (Int, Result<Prediction, Failure>).self) { group in
            for (index, path) in paths.enumerated() {
                group.addTask {
                    do {
                        // Each its own threshold, so that one cannot stand for all.
                        let prediction = try await predictor.predict(
                            path: path, threshold: threshold + Double(index) * 0.01)
                        return (index, .success(prediction))
                    } catch let failure as Failure { return (index, .failure(failure)) }
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        await predictor.close()
        return answers.sorted { $0.0 < $1.0 }.map(\.1)
    }

    @Test("Photos of many sizes get what each would get alone; a broken one among them is refused alone")
    func batches() async throws {
        let photos = try CommandPhotos(count: 9)
        defer { photos.remove() }
        let model = try EagerModel.write(photos)
        try Data("no photo".utf8).write(to: URL(fileURLWithPath: photos.path("images/photo-4.png")))
        let paths = (0..<9).map { photos.path("images/photo-\($0).png") }
        let alone = try await answers(model, paths, batchSize: 1)
        let together = try await answers(model, paths, batchSize: 4)
        var count = 0
        for (index, (one, other)) in zip(alone, together).enumerated() {
            switch (one, other) {
            case (.success(let one), .success(let other)):
                #expect(one.size == other.size)
                #expect(one.detections.count == other.detections.count)
                for (wanted, found) in zip(one.detections, other.detections) {
                    #expect(wanted.label == found.label && abs(wanted.confidence - found.confidence) < 1e-4)
                    #expect(wanted.box.intersectionOverUnion(found.box) > 0.999)
                }
                count += one.detections.count
            case (.failure(let one), .failure(let other)):
                #expect(index == 4)
                #expect(one.message == other.message && other.message.contains("photo-4.png"))
            default: Issue.record("photo \(index) is answered in one run only")
            }
        }
        #expect(count > 8)
    }

    @Test("Tiles that cannot be made are refused before the first photo")
    func badTiles() async throws {
        let photos = try CommandPhotos(count: 1)
        defer { photos.remove() }
        let model = try EagerModel.write(photos)
        let failure = await #expect(throws: Failure.self) {
            try await answers(model, [photos.path("images/photo-0.png")], batchSize: 1, tiles: .init(overlap: 0.95))
        }
        #expect(failure?.code == "invalidOption")
    }
}
