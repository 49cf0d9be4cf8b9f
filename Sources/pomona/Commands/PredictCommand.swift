import ArgumentParser
import Foundation
import PomonaCore
import PomonaEngine

struct PredictCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "predict", abstract: "Find objects in photos, or tell what photos show.",
        discussion: "Boxes are in pixels of the upright photo.")

    @Option(help: "The model file.")
    var model: String

    @Option(help: "Least confidence of what is told, 0...1.")
    var threshold = 0.3

    @Option(help: "Also write copies of the photos with the boxes drawn into this folder.")
    var draw: String?

    @Flag(help: "Cut large photos into overlapping tiles, to find small objects on them.")
    var tile = false

    @Option(help: "Side of the tiles in pixels of the photo; the model's input unless said. Implies --tile.")
    var tileSize: Int?

    @Option(help: "What computes: auto (OpenVINO where it is installed, else the engine), openvino or engine.")
    var runtime = PredictionRuntime.auto

    @Option(help: "Where to compute: auto, cpu or cuda. cuda goes through the engine.")
    var device = DevicePreference.auto

    @Option(help: "Threads to compute with; one per core unless said.")
    var threads: Int?

    @Flag(help: "Print the result as one JSON object.")
    var json = false

    @Argument(help: "Photos, or folders of photos.")
    var paths: [String]

    func validate() throws {
        guard (0...1).contains(threshold) else {
            throw ValidationError("--threshold must be between 0 and 1, found \(threshold).")
        }
        if let tileSize, !(32...65_535).contains(tileSize) {
            throw ValidationError("--tile-size must be 32...65535, found \(tileSize).")
        }
        if let threads, !(1...512).contains(threads) {
            throw ValidationError("--threads must be 1...512, found \(threads).")
        }
    }

    func run() async throws {
        guard FileManager.default.fileExists(atPath: model) else { throw CommandError.pathMissing(model) }
        let photos = try PhotoPaths.resolve(paths)
        if let draw { try OutputFile.makeFolder(draw) }
        let tiles = tile || tileSize != nil ? PredictionTiles(side: tileSize) : nil
        let loaded = try await ModelLoading(
            runtime: runtime, device: device, threads: threads, photoCount: photos.count, tiles: tiles
        ).load(model)
        var answer = PredictionAnswer(runtime: loaded.runtime)
        let drawings = try draw.map { try Drawings(folder: $0, photos: photos, labels: loaded.labels) }
        var progress = PhotoProgress(total: photos.count, printsAnswers: !json)
        try await PhotoRun(model: loaded, threshold: threshold).run(photos) { index, prediction in
            try drawings?.draw(prediction.detections, onPhoto: index)
        } deliver: { index, outcome in
            progress.clear()
            switch outcome {
            case .found(let prediction):
                answer.add(photos[index], prediction, labels: loaded.labels)
                if !json { Terminal.print(answer.lastText) }
            case .unusable(let error):
                answer.skipped.append(SkippedPhoto(file: photos[index], reason: error.message))
                Terminal.warning("\(photos[index]) is left out: \(error.message)")
            }
            progress.advance()
        }
        progress.finish(with: loaded.runtime)
        await loaded.close()
        if json { try Terminal.json(answer) }
        if answer.skipped.count * 2 > photos.count, let first = answer.skipped.first {
            throw CommandError.mostPhotosUnusable(
                skipped: answer.skipped.count, of: photos.count, first: first.reason)
        }
    }
}

/// What `predict --json` prints.
struct PredictionAnswer: Encodable {
    struct Image: Encodable {
        var file: String
        var width: Int
        var height: Int
        var objects: [Object]
        /// From a classifier only.
        var tags: [Tag]?
        var milliseconds: Double
    }

    struct Tag: Encodable {
        var tag: String
        var confidence: Double
    }

    struct Object: Encodable {
        struct BoundingBox: Encodable { var x, y, w, h: Double }
        var tag: String
        var confidence: Double
        var boundingBox: BoundingBox
    }

    /// What computed.
    let runtime: String
    var images: [Image] = []
    var skipped: [SkippedPhoto] = []

    init(runtime: String) {
        self.runtime = runtime
    }

    mutating func add(_ file: String, _ prediction: Prediction, labels: [String]) {
        images.append(
            Image(
                file: file, width: prediction.size.width, height: prediction.size.height,
                objects: prediction.detections.map { detection in
                    Object(
                        tag: labels[detection.label], confidence: detection.confidence,
                        boundingBox: Object.BoundingBox(
                            x: detection.box.xMin, y: detection.box.yMin, w: detection.box.width,
                            h: detection.box.height))
                },
                tags: prediction.tags?.map { Tag(tag: labels[$0.label], confidence: $0.confidence) },
                milliseconds: prediction.milliseconds))
    }

    /// The last photo's objects as a person reads them.
    var lastText: String {
        guard let image = images.last else { return "" }
        let heading = "\(image.file) (\(image.width) x \(image.height), \(Int(image.milliseconds.rounded())) ms)"
        if let tags = image.tags {
            guard !tags.isEmpty else { return heading + ": no tag is likely enough" }
            return tags.reduce(heading) { "\($0)\n  \($1.tag) \(PerformanceText.percent($1.confidence))" }
        }
        guard !image.objects.isEmpty else { return heading + ": nothing found" }
        return image.objects.reduce(heading) { text, object in
            let box = object.boundingBox
            let place = [box.x, box.y, box.w, box.h].map { "\(Int($0.rounded()))" }.joined(separator: ", ")
            return text + "\n  \(object.tag) \(PerformanceText.percent(object.confidence)) at [\(place)]"
        }
    }
}
