import Foundation
import PomonaModel
import PomonaModelSamples
import Testing

@testable import PomonaFoundations

@Suite("ShippedFoundation")
struct ShippedFoundationTests {
    /// The file as it stands in the project.
    private static let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "Resources/foundations/pomona.safetensors").path

    @Test("The shipped file is a model of at most 12 MB, its kernels in half precision, all else in single")
    func form() throws {
        let attributes = try FileManager.default.attributesOfItem(atPath: Self.file)
        #expect(try #require(attributes[.size] as? Int) <= 12_000_000)
        let file = try SafetensorsFile(path: Self.file)
        let description = try ModelDescription(file: file)
        #expect(description.kind == .detector && Set(description.labels).count == description.labels.count)
        #expect(try FoundationShelf.architecture(of: file) == description.architecture)
        var kernels = 0
        for name in file.names {
            let tensor = try file.tensor(name)
            let isKernel = tensor.shape.count > 1
            #expect(tensor.elementType == (isKernel ? .float16 : .float32), "\(name)")
            let isFinite = tensor.floats.allSatisfy { $0.isFinite }
            #expect(isFinite, "\(name)")
            kernels += isKernel ? 1 : 0
        }
        #expect(kernels >= PublishedConvolutions(description.architecture).list.count)
    }

    @Test("It is found in a named folder, beside the program, in share, and in the package a build lies in")
    func places() throws {
        let root = FileManager.default.temporaryDirectory.appendingPathComponent("places-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: root) }
        func put(_ path: String) throws -> String {
            let file = root.appendingPathComponent(path)
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data().write(to: file)
            return file.path
        }
        let program = try put("bin/deep/pomona")
        func found(_ environment: [String: String] = [:]) -> String? {
            ShippedFoundation.path(executable: program, environment: environment)
        }
        #expect(found() == nil)
        _ = try put("Package.swift")
        let built = try put("Resources/foundations/pomona.safetensors")
        #expect(found() == built)
        let shared = try put("bin/share/pomona/foundations/pomona.safetensors")
        #expect(found() == shared)
        let beside = try put("bin/deep/foundations/pomona.safetensors")
        #expect(found() == beside)
        let named = try put("named/pomona.safetensors")
        #expect(found(["POMONA_FOUNDATIONS": root.appendingPathComponent("named").path]) == named)
        // A folder without it, and an empty name, hide none of the others.
        #expect(found(["POMONA_FOUNDATIONS": root.path]) == beside)
        #expect(found(["POMONA_FOUNDATIONS": ""]) == beside)
    }

    @Test(
        "The published convolutions are those of the networks that are built, in name and shape",
        arguments: ["nano", "tiny", "s", "m", "l", "x"])
    func convolutions(size: String) throws {
        var architecture = try #require(DetectorArchitecture(named: size))
        // Depth decides which there are; the widest networks are checked narrow, as they take seconds to draw.
        if architecture.width > 0.5 { architecture.width = 0.25 }
        let built = try SampleModel.detectorTensors(architecture, labels: 1, seed: 0).filter {
            $0.name.hasSuffix(".conv.weight")
        }.map { ($0.name, $0.tensor.shape) }
        let published = PublishedConvolutions(architecture).list.map { ($0.path + ".conv.weight", $0.shape) }
        #expect(published.count == built.count)
        #expect(Dictionary(uniqueKeysWithValues: published) == Dictionary(uniqueKeysWithValues: built))
    }

    @Test("No two sizes have the same convolutions, so a file tells which it is")
    func sizesDiffer() {
        let shapes = DetectorArchitecture.named.map { PublishedConvolutions($0.architecture).list.map(\.shape) }
        #expect(Set(shapes).count == PublishedFoundation.all.count)
    }
}
