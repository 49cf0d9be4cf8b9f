import Foundation
import PomonaCore
import PomonaImaging
import PomonaModel
import PomonaModelSamples
import PomonaPrediction
import PomonaTensor
import PomonaVision
import Testing

/// The whole path through OpenVINO against the whole path through libtorch.
@Suite("OpenVINODetector", .serialized, .enabled(if: InstalledOpenVINO.isPresent, InstalledOpenVINO.absence))
struct OpenVINODetectorTests {
    private let threshold = 0.25

    private func detector(
        _ model: String, _ folder: String, mode: PredictionOptions.Mode = .latency
    ) throws -> OpenVINODetector {
        try OpenVINODetector(
            model: model, runtime: InstalledOpenVINO.found.get(), cache: PredictionCache(folder: "\(folder)/cache"),
            options: PredictionOptions(mode: mode, threads: 2))
    }

    private func expected(_ model: DetectorModel, _ photo: [UInt8]) throws -> [Detection] {
        let decoded = try ImageDecoder().decode(photo, named: "photo", fittingWithin: model.description.input.size)
        return try model.detections([(decoded.image, decoded.originalSize)], threshold: threshold)[0]
    }

    @Test(
        "Every activation, dense and depthwise, on photos of all shapes: the same detections as through libtorch",
        arguments: Activation.allCases, [true, false])
    func parity(activation: Activation, isDepthwise: Bool) async throws {
        try await withTemporaryFolder { folder in
            let architecture = DetectorArchitecture(
                depth: 0.33, width: 0.125, isDepthwise: isDepthwise, activation: activation)
            let description = SampleModel.description(
                .detector, architecture, size: ImageSize(width: 128, height: 96))
            let model = try SampleModel.write(
                in: folder, description: description, changing: SampleModel.makeEager)
            let libtorch = try DetectorModel(path: model, device: .cpu)
            let openVINO = try detector(model, folder)
            for (index, (width, height)) in [(640, 480), (97, 300), (64, 32), (128, 96)].enumerated() {
                let photo = try SamplePhoto.jpeg(ImageSize(width: width, height: height), seed: UInt64(index))
                let prediction = try await openVINO.predict(photo: photo, threshold: threshold)
                let wanted = try expected(libtorch, photo)
                #expect(prediction.size == ImageSize(width: width, height: height))
                #expect(!wanted.isEmpty)
                #expect(agree(wanted, prediction.detections, threshold: threshold))
            }
        }
    }

    @Test(
        "Sixteen real photos through the published network: the same detections as through libtorch",
        .enabled(if: SharedData.isPresent, InstalledOpenVINO.dataAbsence))
    func photos() async throws {
        try await withTemporaryFolder { folder in
            let model = try SampleModel.writePublished(in: folder)
            let libtorch = try DetectorModel(path: model, device: .cpu)
            let openVINO = try detector(model, folder)
            var count = 0
            for path in try SharedData.photos("coco-val128/eval", count: 16) {
                let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
                let wanted = try expected(libtorch, bytes)
                let found = try await openVINO.predict(path: path, threshold: threshold)
                #expect(agree(wanted, found.detections, threshold: threshold))
                count += wanted.count
            }
            #expect(count > 50)
        }
    }

    @Test("Many tasks at once get what each would get alone", arguments: PredictionOptions.Mode.allCases)
    func concurrent(mode: PredictionOptions.Mode) async throws {
        try await withTemporaryFolder { folder in
            let model = try SampleModel.write(in: folder, changing: SampleModel.makeEager)
            let detector = try detector(model, folder, mode: mode)
            let photos = try (0..<6).map {
                try SamplePhoto.jpeg(ImageSize(width: 80 + 40 * $0, height: 120), seed: UInt64($0))
            }
            var alone: [[Detection]] = []
            for photo in photos { alone.append(try await detector.predict(photo: photo, threshold: 0.3).detections) }
            let together = try await withThrowingTaskGroup(of: (Int, [Detection]).self) { group in
                for index in 0..<60 {
                    group.addTask {
                        let photo = photos[index % photos.count]
                        return (
                            index % photos.count, try await detector.predict(photo: photo, threshold: 0.3).detections
                        )
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(together.count == 60)
            #expect(together.allSatisfy { $0.1 == alone[$0.0] && !$0.1.isEmpty })
        }
    }

    @Test("The second detector of a model comes from the cache, and a damaged cache is made anew")
    func cached() async throws {
        try await withTemporaryFolder { folder in
            let model = try SampleModel.write(in: folder, changing: SampleModel.makeEager)
            let photo = try SamplePhoto.jpeg(ImageSize(width: 90, height: 90), seed: 1)
            let first = try detector(model, folder)
            #expect(!first.isFromCache)
            let wanted = try await first.predict(photo: photo, threshold: threshold).detections
            let second = try detector(model, folder)
            #expect(second.isFromCache)
            #expect(try await second.predict(photo: photo, threshold: threshold).detections == wanted)

            let files = try #require(FileManager.default.enumerator(atPath: "\(folder)/cache"))
            let compiled = files.compactMap { $0 as? String }.filter { $0.hasSuffix(".blob") }
            #expect(!compiled.isEmpty)
            for name in compiled {
                let path = "\(folder)/cache/\(name)"
                let bytes = try Data(contentsOf: URL(fileURLWithPath: path))
                try FileManager.default.removeItem(atPath: path)
                try bytes.prefix(bytes.count / 2).write(to: URL(fileURLWithPath: path))
            }
            let third = try detector(model, folder)
            #expect(try await third.predict(photo: photo, threshold: threshold).detections == wanted)
        }
    }

    @Test("A photo that cannot be read is named, and the next one is predicted")
    func badPhoto() async throws {
        try await withTemporaryFolder { folder in
            let model = try SampleModel.write(in: folder, changing: SampleModel.makeEager)
            let detector = try detector(model, folder)
            let photo = try SamplePhoto.jpeg(ImageSize(width: 90, height: 90), seed: 1)
            let error = await #expect(throws: ImagingError.self) {
                try await detector.predict(photo: Array(photo.prefix(300)), named: "half.jpg", threshold: threshold)
            }
            #expect(error?.message.contains("half.jpg") == true)
            await #expect(throws: ImagingError.self) {
                try await detector.predict(path: "\(folder)/none.jpg", threshold: threshold)
            }
            #expect(try await !detector.predict(photo: photo, threshold: threshold).detections.isEmpty)
        }
    }

    @Test("Classifiers, damaged files and options out of range are refused in words")
    func refused() throws {
        try withTemporaryFolder { folder in
            let runtime = try InstalledOpenVINO.found.get()
            let cache = PredictionCache(folder: "\(folder)/cache")
            let classifier = try SampleModel.write(in: folder, description: SampleModel.description(.classifier))
            #expect(throws: PredictionError.notADetector(path: classifier)) { try detector(classifier, folder) }
            let model = try SampleModel.write(in: folder)
            let error = #expect(throws: PredictionError.self) {
                try OpenVINODetector(model: model, runtime: runtime, cache: cache, options: .init(threads: 0))
            }
            #expect(error?.message.contains("threads") == true)
            let bytes = try Data(contentsOf: URL(fileURLWithPath: model))
            try bytes.prefix(bytes.count - 100).write(to: URL(fileURLWithPath: model))
            #expect(throws: SafetensorsError.self) { try detector(model, folder) }
            #expect(throws: SafetensorsError.self) { try detector("\(folder)/none.safetensors", folder) }
        }
    }

    @Test("A network that OpenVINO does not understand is named with its reason")
    func notCompiled() throws {
        try withTemporaryFolder { folder in
            let model = try SampleModel.write(in: folder)
            _ = try detector(model, folder)
            let files = try #require(FileManager.default.enumerator(atPath: "\(folder)/cache"))
            let network = try #require(files.compactMap { $0 as? String }.first { $0.hasSuffix(".onnx") })
            let entry = URL(fileURLWithPath: "\(folder)/cache/\(network)").deletingLastPathComponent()
            for name in try FileManager.default.contentsOfDirectory(atPath: entry.path) where name != "network.onnx" {
                try FileManager.default.removeItem(at: entry.appendingPathComponent(name))
            }
            try Data("no network".utf8).write(to: entry.appendingPathComponent("network.onnx"))
            let error = #expect(throws: OpenVINOError.self) { try detector(model, folder) }
            #expect(error?.code == "modelNotCompiled")
            #expect(error?.message.contains(model) == true)
        }
    }
}
