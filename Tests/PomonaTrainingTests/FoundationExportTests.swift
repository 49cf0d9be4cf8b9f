import Foundation
import PomonaEngine
import PomonaModel
import PomonaTensor
import PomonaVision
import Testing

@testable import PomonaTraining

@Suite("FoundationExport", .serialized)
struct FoundationExportTests {
    @Test("What is shipped are the averaged weights of both stages, kernels in half precision, under a description")
    func exports() throws {
        let folder = try PackFolder(count: 20)
        defer { folder.remove() }
        try folder.classify(folder.classifierOptions(steps: 2))
        try folder.detect(folder.detectionOptions(steps: 2))
        let (first, second) = (folder.path("first/classifier.safetensors"), folder.path("second/detector.safetensors"))
        let output = folder.path("made.safetensors")
        try FoundationExport(checkpoint: second).write(to: output)

        let made = try SafetensorsFile(path: output)
        let description = try ModelDescription(file: made)
        #expect(description.kind == .detector && description.architecture == PackFolder.architecture)
        #expect(description.labels == ["light", "dark"] + RenderedScenes.labels)
        #expect(description.provenance["classificationSide"] == "48" && description.provenance["role"] == "foundation")
        #expect(description.provenance["stage2"]?.contains("\"steps\":2") == true)
        for (checkpoint, prefix) in [(second, ""), (first, "classifier.")] {
            let file = try SafetensorsFile(path: checkpoint)
            for name in file.names where name.hasPrefix("average.") {
                let own = String(name.dropFirst("average.".count))
                let stored = try made.tensor(own.hasPrefix(prefix) ? own : prefix + own)
                let source = try file.tensor(name)
                #expect(stored == (source.shape.count > 1 ? source.halved : source), "\(own)")
            }
        }
        // Both kinds of model can start from it.
        let weights = try FoundationWeights(path: output)
        #expect(!weights.isPublished && weights.classificationSide == 48)
        #expect(try weights.knownClasses()?.bias.count == 2)
        try weights.load(
            into: Detector(architecture: weights.architecture, classCount: 3, seed: 0, device: .cpu),
            labels: ["a", "b", "c"])
        try weights.load(
            into: Classifier(architecture: weights.architecture, classCount: 3, seed: 0, device: .cpu))
    }

    @Test("A checkpoint of another stage, and a pack without a table of names, are refused in words")
    func refuses() throws {
        let folder = try PackFolder(count: 20)
        defer { folder.remove() }
        try folder.classify(folder.classifierOptions(steps: 0))
        let first = folder.path("first/classifier.safetensors")
        #expect(throws: TrainingError.checkpointDiffers(path: first, field: "options")) {
            try FoundationExport(checkpoint: first)
        }
        try folder.detect(folder.detectionOptions(steps: 0))
        try FileManager.default.removeItem(atPath: folder.path("pack-classes.tsv"))
        #expect(throws: PhotoPackError.self) {
            try FoundationExport(checkpoint: folder.path("second/detector.safetensors"))
                .write(to: folder.path("made.safetensors"))
        }
        #expect(!FileManager.default.fileExists(atPath: folder.path("made.safetensors")))
    }

    @Test("A detector learns from the shipped file within a few steps")
    func trains() throws {
        let photos = try SquarePhotos(count: 12)
        defer { photos.remove() }
        var request = photos.request(steps: 6)
        request.foundation =
            URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "Resources/foundations/pomona.safetensors").path
        var losses: [[String: Double]] = []
        let result = try DetectorTrainer(
            request, report: { if case .progress(let progress) = $0 { losses.append(progress.losses) } },
            shouldStop: { false }
        ).run()
        #expect(result.steps == 6 && result.foundation == request.foundation)
        let values = losses.flatMap(\.values)
        #expect(!values.isEmpty && values.allSatisfy { $0.isFinite })
        let description = try ModelDescription(file: SafetensorsFile(path: request.output))
        #expect(description.labels == ["red", "blue"])
        #expect(description.provenance["foundation"] == "pomona.safetensors")
    }
}
