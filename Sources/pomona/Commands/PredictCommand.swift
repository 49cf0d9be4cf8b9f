import ArgumentParser
import Foundation
import PomonaCore
import PomonaEngine
import PomonaImaging

struct PredictCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "predict", abstract: "Find objects in photos.",
        discussion: "Boxes are in pixels of the upright photo.")

    @Option(help: "The model file.")
    var model: String

    @Option(help: "Least confidence of what is told, 0...1.")
    var threshold = 0.3

    @Option(help: "Also write copies of the photos with the boxes drawn into this folder.")
    var draw: String?

    @Option(help: "Where to compute: auto, cpu or cuda.")
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
    }

    func run() async throws {
        guard FileManager.default.fileExists(atPath: model) else { throw CommandError.pathMissing(model) }
        let photos = try PhotoPaths.resolve(paths)
        if let draw { try OutputFile.makeFolder(draw) }
        let predictor = try await EnginePredictor(
            EngineLocation.find(), session: PredictionSession(model: model, device: device, threads: threads))
        var answer = PredictionAnswer()
        var drawnNames: Set<String> = []
        for photo in photos {
            do {
                let prediction = try await predictor.predict(path: photo, threshold: threshold)
                answer.add(photo, prediction, labels: predictor.labels)
                if let draw {
                    let copy = try ImageDecoder().decode(path: photo).image
                        .drawn(prediction.detections, labels: predictor.labels)
                    let name = Self.drawingName(of: photo, taken: &drawnNames)
                    try OutputFile.write(copy.encoded(as: .jpeg()), to: "\(draw)/\(name)")
                }
                if !json { Terminal.print(answer.lastText) }
            } catch let failure as Failure where failure.kind == .badData || failure.kind == .missing {
                answer.skipped.append(SkippedPhoto(file: photo, reason: failure.message))
                Terminal.warning("\(photo) is left out: \(failure.message)")
            }
        }
        await predictor.close()
        if json { try Terminal.json(answer) }
        if answer.skipped.count * 2 > photos.count, let first = answer.skipped.first {
            throw CommandError.mostPhotosUnusable(
                skipped: answer.skipped.count, of: photos.count, first: first.reason)
        }
    }

    /// A file name for a drawn copy: photos of several folders may share one.
    private static func drawingName(of photo: String, taken: inout Set<String>) -> String {
        let stem = URL(fileURLWithPath: photo).deletingPathExtension().lastPathComponent
        var name = "\(stem).jpg"
        var number = 1
        while !taken.insert(name).inserted {
            number += 1
            name = "\(stem)-\(number).jpg"
        }
        return name
    }
}

/// What `predict --json` prints.
struct PredictionAnswer: Encodable {
    struct Image: Encodable {
        var file: String
        var width: Int
        var height: Int
        var objects: [Object]
        var milliseconds: Double
    }

    struct Object: Encodable {
        struct BoundingBox: Encodable { var x, y, w, h: Double }
        var tag: String
        var confidence: Double
        var boundingBox: BoundingBox
    }

    var images: [Image] = []
    var skipped: [SkippedPhoto] = []

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
                }, milliseconds: prediction.milliseconds))
    }

    /// The last photo's objects as a person reads them.
    var lastText: String {
        guard let image = images.last else { return "" }
        let heading = "\(image.file) (\(image.width) x \(image.height), \(Int(image.milliseconds.rounded())) ms)"
        guard !image.objects.isEmpty else { return heading + ": nothing found" }
        return image.objects.reduce(heading) { text, object in
            let box = object.boundingBox
            let place = [box.x, box.y, box.w, box.h].map { "\(Int($0.rounded()))" }.joined(separator: ", ")
            return text + "\n  \(object.tag) \(PerformanceText.percent(object.confidence)) at [\(place)]"
        }
    }
}
