import Foundation
import PomonaModel
import PomonaModelSamples
import Testing

@testable import PomonaFoundations

@Suite("FoundationShelf and PublishedWeights")
struct FoundationShelfTests {
    @Test("The data folder is POMONA_DATA, else XDG's, else the home folder's; relative XDG paths do not count")
    func folders() {
        #expect(FoundationShelf.standard(environment: ["POMONA_DATA": "/d"]).folder == "/d/foundations")
        #expect(
            FoundationShelf.standard(environment: ["XDG_DATA_HOME": "/x", "HOME": "/h"]).folder
                == "/x/pomona/foundations")
        #expect(
            FoundationShelf.standard(environment: ["XDG_DATA_HOME": "x", "HOME": "/h"]).folder
                == "/h/.local/share/pomona/foundations")
    }

    @Test(
        "Names that would leave the folder or hide in it are refused",
        arguments: ["", "../x", "a/b", ".x", "none", "ä"])
    func names(_ name: String) {
        #expect(throws: FoundationError.invalidName(name)) { try FoundationName.check(name) }
    }

    @Test("A file that is no network of the family is refused and leaves nothing behind")
    func refusesOthers() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("shelf-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appendingPathComponent("other.safetensors").path
        try SafetensorsWriter.write([("weight", HostTensor([Float(1)], shape: [1]))], metadata: [:], to: file)
        let shelf = FoundationShelf(folder: folder.appendingPathComponent("shelf").path)
        #expect(throws: ModelFileError.self) { try shelf.add(file, as: "other") }
        #expect(shelf.names.isEmpty)
        #expect(throws: FoundationError.self) {
            try shelf.add(file, as: "other", expectedHash: String(repeating: "0", count: 64))
        }
    }

    @Test("A shipped foundation that is missing is none, not an error")
    func missing() {
        #expect(ShippedFoundation.path(executable: "/nowhere/at/all/pomona", environment: [:]) == nil)
    }

    @Test("The published sizes have the convolutions of the networks they name")
    func convolutions() throws {
        let nano = PublishedConvolutions(try #require(DetectorArchitecture(named: "nano"))).list
        #expect(nano.first == PublishedConvolution(path: "backbone.backbone.stem.conv", shape: [16, 12, 3, 3]))
        #expect(nano.last == PublishedConvolution(path: "head.reg_convs.2.1.pconv", shape: [64, 64, 1, 1]))
        #expect(nano.count == 104)
        #expect(COCOLabels.all.count == 80 && Set(COCOLabels.all).count == 80)
    }

    @Test("A kernel that carries the largest number there is has no bias after it, and that is said")
    func largestNumber() throws {
        let places = PublishedConvolutions(try #require(DetectorArchitecture(named: "nano"))).list
        var graph = Data()
        for (index, place) in places.enumerated() {
            let number = index == places.count - 1 ? Int.max : index * 2
            graph += Self.tensor("onnx::Conv_\(number)", shape: place.shape)
            if number < .max { graph += Self.tensor("onnx::Conv_\(number + 1)", shape: [place.shape[0]]) }
        }
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("shelf-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let file = folder.appendingPathComponent("nano.onnx").path
        try (Data([0x08, 8]) + Self.field(7, graph)).write(to: URL(fileURLWithPath: file))
        #expect(
            throws: FoundationError.notOfTheFamily(path: file, reason: "onnx::Conv_\(Int.max) has no bias")
        ) { try PublishedWeights(onnx: file) }
    }

    /// An initialiser of zeros, as ONNX files hold it: extents, type FLOAT, name, raw numbers.
    private static func tensor(_ name: String, shape: [Int]) -> Data {
        let extents = shape.reduce(Data()) { $0 + [0x08] + varint($1) }
        let numbers = Data(count: 4 * shape.reduce(1, *))
        return field(5, extents + [0x10, 1] + field(8, Data(name.utf8)) + field(9, numbers))
    }

    /// A field of a protocol buffer that holds bytes.
    private static func field(_ number: UInt8, _ contents: Data) -> Data {
        Data([number << 3 | 2]) + varint(contents.count) + contents
    }

    private static func varint(_ value: Int) -> Data {
        value < 128 ? Data([UInt8(value)]) : Data([UInt8(value & 0x7F) | 0x80]) + varint(value >> 7)
    }

    // The published files are no part of the project.
    @Test(
        "A published ONNX file becomes the numbers of the original networks, bit for bit, and a model of COCO's tags",
        .enabled(if: SharedData.isPresent))
    func converts() throws {
        let root = try #require(SharedData.root)
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("shelf-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let shelf = FoundationShelf(folder: folder.path)
        let record = try shelf.add("\(root)/weights/yolox_nano.onnx", as: "nano")
        #expect(shelf.names == ["nano"] && shelf.record(of: "nano") == record)
        let made = try SafetensorsFile(path: try #require(shelf.path(of: "nano")))
        #expect(try ModelDescription(file: made).labels == COCOLabels.all)
        let original = try SafetensorsFile(path: "\(root)/weights/yolox_nano_coco.safetensors")
        for name in made.names {
            #expect(try made.tensor(name).floats == original.tensor(name).floats, "\(name)")
        }
        // Bare weights of the same network become the same model.
        try shelf.add("\(root)/weights/yolox_nano_coco.safetensors", as: "bare")
        let bare = try ModelDescription(file: SafetensorsFile(path: try #require(shelf.path(of: "bare"))))
        #expect(bare.labels == COCOLabels.all && bare.architecture.name == "nano")
        // Training must treat both forms of the same weights alike.
        #expect(bare.provenance["statistics"] == (try ModelDescription(file: made)).provenance["statistics"])
        #expect(throws: FoundationError.exists(name: "nano")) {
            try shelf.add("\(root)/weights/yolox_nano.onnx", as: "nano")
        }
    }
}
