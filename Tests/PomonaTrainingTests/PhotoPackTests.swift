import Foundation
import PomonaCore
import PomonaModel
import Testing

@testable import PomonaTraining

@Suite("PhotoPack and ClassifierPretraining", .serialized)
struct PhotoPackTests {
    @Test("Photos and classes are read as the table says, and a row beyond the file is named")
    func reads() throws {
        let folder = try PackFolder(count: 6)
        defer { folder.remove() }
        let path = folder.pack
        let pack = try PhotoPack(path: path, side: 16, firstLabel: 10)
        #expect(pack.count == 6)
        #expect(pack.classCount == 2)
        #expect(pack.labels == [10, 11, 10, 11, 10, 11])
        #expect(pack.image(0).pixels[0] == 200 && pack.image(1).pixels[0] == 20)
        let table = folder.path("pack-small.tsv")
        let rows = try String(contentsOfFile: table, encoding: .utf8)
        // A class beyond all counting, and an offset beyond the file.
        for row in ["0\t10\t\(Int.max)", "999999\t10\t0\t0\t0\t1\t1"] {
            try (rows + row + "\n").write(toFile: table, atomically: true, encoding: .utf8)
            #expect {
                try PhotoPack(path: path, side: 16)
            } throws: {
                guard case PhotoPackError.row(_, 8, _) = $0 else { return false }
                return true
            }
        }
    }

    @Test("Pretraining that stopped and went on equals pretraining in one go")
    func resumes() throws {
        let folder = try PackFolder(count: 40)
        defer { folder.remove() }
        func run(_ name: String, steps: [Int]) throws -> SafetensorsFile {
            for count in steps { try folder.classify(folder.classifierOptions(name, steps: count)) }
            return try SafetensorsFile(path: folder.path(name + "/classifier.safetensors"))
        }
        let whole = try run("whole", steps: [8])
        let parts = try run("parts", steps: [3, 8])
        #expect(whole.names == parts.names)
        for name in whole.names { #expect(try whole.tensor(name).floats == parts.tensor(name).floats, "\(name)") }
    }

    @Test("The second stage goes on from the first one's backbone; stopped and gone on with, it equals one go")
    func resumesDetection() throws {
        let folder = try PackFolder(count: 40)
        defer { folder.remove() }
        try folder.classify(folder.classifierOptions(steps: 2))
        func run(_ name: String, steps: [Int]) throws -> SafetensorsFile {
            for count in steps { try folder.detect(folder.detectionOptions(name, steps: count)) }
            return try SafetensorsFile(path: folder.path(name + "/detector.safetensors"))
        }
        let whole = try run("whole", steps: [4])
        let parts = try run("parts", steps: [2, 4])
        #expect(whole.names == parts.names)
        for name in whole.names { #expect(try whole.tensor(name).floats == parts.tensor(name).floats, "\(name)") }

        let untouched = try run("untouched", steps: [0])
        let taught = try SafetensorsFile(path: folder.path("first/classifier.safetensors"))
        let stem = "average.backbone.backbone.stem.conv.conv.weight"
        #expect(try untouched.tensor(stem).floats == taught.tensor(stem).floats)
    }
}
