import Foundation
import PomonaCore
import PomonaImaging
import PomonaModel
import PomonaTensor
import Testing

@testable import PomonaTraining

@Suite("PhotoPack and ClassifierPretraining", .serialized)
struct PhotoPackTests {
    @Test("Photos and classes are read as the table says, and a row beyond the file is named")
    func reads() throws {
        let folder = try packFolder(count: 6)
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = folder.appendingPathComponent("pack.bin").path
        let pack = try PhotoPack(path: path, side: 16, firstLabel: 10)
        #expect(pack.count == 6)
        #expect(pack.classCount == 2)
        #expect(pack.labels == [10, 11, 10, 11, 10, 11])
        #expect(pack.image(0).pixels[0] == 200 && pack.image(1).pixels[0] == 20)
        let table = folder.appendingPathComponent("pack.tsv")
        try (String(contentsOf: table, encoding: .utf8) + "999999\t10\t0\t0\t0\t1\t1\n")
            .write(to: table, atomically: true, encoding: .utf8)
        #expect {
            try PhotoPack(path: path, side: 16)
        } throws: {
            guard case PhotoPackError.row(_, 8, _) = $0 else { return false }
            return true
        }
    }

    @Test("Pretraining that stopped and went on equals pretraining in one go")
    func resumes() throws {
        let folder = try packFolder(count: 40)
        defer { try? FileManager.default.removeItem(at: folder) }
        func run(_ name: String, steps: [Int]) throws -> SafetensorsFile {
            let output = folder.appendingPathComponent(name).path
            for count in steps {
                var options = ClassifierPretraining.Options(
                    packs: [folder.appendingPathComponent("pack.bin").path], folder: output,
                    architecture: DetectorArchitecture(depth: 0.33, width: 0.125, isDepthwise: true, activation: .relu),
                    steps: count)
                options.side = 32
                options.batchSize = 8
                try ClassifierPretraining(options, device: .cpu).run(log: { _ in }, shouldStop: { false })
            }
            return try SafetensorsFile(path: output + "/classifier.safetensors")
        }
        let whole = try run("whole", steps: [8])
        let parts = try run("parts", steps: [3, 8])
        #expect(whole.names == parts.names)
        for name in whole.names { #expect(try whole.tensor(name).floats == parts.tensor(name).floats, "\(name)") }
    }

    @Test("The second stage goes on from the first one's backbone; stopped and gone on with, it equals one go")
    func resumesDetection() throws {
        let folder = try packFolder(count: 40)
        defer { try? FileManager.default.removeItem(at: folder) }
        let pack = folder.appendingPathComponent("pack.bin").path
        var first = ClassifierPretraining.Options(
            packs: [pack], folder: folder.appendingPathComponent("first").path,
            architecture: DetectorArchitecture(depth: 0.33, width: 0.125, isDepthwise: true, activation: .relu),
            steps: 2)
        first.side = 32
        first.batchSize = 8
        try ClassifierPretraining(first, device: .cpu).run(log: { _ in }, shouldStop: { false })
        let backbone = first.folder + "/classifier.safetensors"
        func run(_ name: String, steps: [Int]) throws -> SafetensorsFile {
            let output = folder.appendingPathComponent(name).path
            for count in steps {
                var options = DetectionPretraining.Options(
                    packs: [pack], folder: output, backbone: backbone, steps: count)
                options.side = 96
                options.batchSize = 2
                options.renderedScenes = 2
                try DetectionPretraining(options, device: .cpu).run(log: { _ in }, shouldStop: { false })
            }
            return try SafetensorsFile(path: output + "/detector.safetensors")
        }
        let whole = try run("whole", steps: [4])
        let parts = try run("parts", steps: [2, 4])
        #expect(whole.names == parts.names)
        for name in whole.names { #expect(try whole.tensor(name).floats == parts.tensor(name).floats, "\(name)") }

        let untouched = try run("untouched", steps: [0])
        let taught = try SafetensorsFile(path: backbone)
        let stem = "average.backbone.backbone.stem.conv.conv.weight"
        #expect(try untouched.tensor(stem).floats == taught.tensor(stem).floats)
    }

    private func packFolder(count: Int) throws -> URL {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("pack-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        var bytes: [UInt8] = []
        var table = "offset\tlength\tclass\txmin\tymin\txmax\tymax\n"
        for index in 0..<count {
            let photo = try RGBImage(size: ImageSize(width: 32, height: 32), filledWith: index % 2 == 0 ? 200 : 20)
                .encoded(as: .png)
            table += "\(bytes.count)\t\(photo.count)\t\(index % 2)\t0\t0\t32\t32\n"
            bytes += photo
        }
        try Data(bytes).write(to: folder.appendingPathComponent("pack.bin"))
        try table.write(to: folder.appendingPathComponent("pack.tsv"), atomically: true, encoding: .utf8)
        return folder
    }
}
