import Foundation
import PomonaCore
import PomonaImaging
import PomonaModel
import PomonaTensor

@testable import PomonaTraining

/// A folder with a pack of photos, every other one light (class 0) and dark (class 1).
struct PackFolder {
    let folder: URL

    var pack: String { path("pack-small.bin") }

    /// - Parameter isTelling: Whether the classes look different.
    init(count: Int, isTelling: Bool = true) throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("pack-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let photos = try [UInt8(200), isTelling ? 20 : 200].map {
            try RGBImage(size: ImageSize(width: 32, height: 32), filledWith: $0).encoded(as: .png)
        }
        var table = "offset\tlength\tclass\txmin\tymin\txmax\tymax\n"
        // All photos of a class are the same bytes.
        for index in 0..<count {
            let (offset, length) = index % 2 == 0 ? (0, photos[0].count) : (photos[0].count, photos[1].count)
            table += "\(offset)\t\(length)\t\(index % 2)\t0\t0\t31\t31\n"
        }
        try Data(photos[0] + photos[1]).write(to: URL(fileURLWithPath: pack))
        try table.write(toFile: path("pack-small.tsv"), atomically: true, encoding: .utf8)
        try "class\tname\n0\tlight\n1\tdark, very\n"
            .write(toFile: path("pack-classes.tsv"), atomically: true, encoding: .utf8)
    }

    func path(_ name: String) -> String { folder.appendingPathComponent(name).path }

    func remove() { try? FileManager.default.removeItem(at: folder) }

    static let architecture = DetectorArchitecture(depth: 0.33, width: 0.125, isDepthwise: true, activation: .relu)

    func classifierOptions(_ name: String = "first", steps: Int) -> ClassifierPretraining.Options {
        var options = ClassifierPretraining.Options(
            packs: [pack], folder: path(name), architecture: Self.architecture, steps: steps)
        options.side = 32
        options.batchSize = 8
        return options
    }

    /// Goes on from the first stage's checkpoint in `first`.
    func detectionOptions(_ name: String = "second", steps: Int) -> DetectionPretraining.Options {
        var options = DetectionPretraining.Options(
            packs: [pack], folder: path(name), backbone: path("first/classifier.safetensors"), steps: steps)
        options.side = 96
        options.batchSize = 2
        options.renderedScenes = 2
        return options
    }

    func classify(_ options: ClassifierPretraining.Options) throws {
        try ClassifierPretraining(options, device: .cpu).run(log: { _ in }, shouldStop: { false })
    }

    func detect(_ options: DetectionPretraining.Options) throws {
        try DetectionPretraining(options, device: .cpu).run(log: { _ in }, shouldStop: { false })
    }

    /// Writes a checkpoint anew, with other texts and only some of its tensors.
    static func rewrite(
        _ path: String, keeping isKept: (String) -> Bool = { _ in true }, _ change: (inout [String: String]) -> Void
    ) throws {
        let file = try SafetensorsFile(path: path)
        var metadata = file.metadata
        change(&metadata)
        let tensors = try file.names.filter(isKept).map { (name: $0, tensor: try file.tensor($0)) }
        try SafetensorsWriter.write(tensors, metadata: metadata, to: path)
    }
}
