import Foundation
import PomonaCore
import PomonaExport
import PomonaImaging
import PomonaModel
import PomonaModelSamples
import PomonaTensor
import PomonaVision
import Testing

@Suite("ExportedFolder")
struct ExportedFolderTests {
    @Test("The folder holds the network and a text that names its labels, input and outputs")
    func contents() throws {
        try withTemporaryFolder { folder in
            let exported = try ExportedFolder(model: SampleModel.write(in: folder), in: "\(folder)/deep/er")
            #expect(
                try FileManager.default.contentsOfDirectory(atPath: "\(folder)/deep/er").sorted() == [
                    "README.md", "model.onnx",
                ])
            let text = try String(contentsOfFile: exported.readmePath, encoding: .utf8)
            for part in ["apple, banana, orange", "[N, 3, 64, 64] float32", "[N, 84, 4] float32", "BGR", "fp32"] {
                #expect(text.contains(part), "\(part) is not in the text")
            }
        }
    }

    @Test("A second export replaces the first; a text that no export wrote is left alone")
    func replaces() throws {
        try withTemporaryFolder { folder in
            let model = try SampleModel.write(in: folder)
            for _ in 0..<2 { _ = try ExportedFolder(model: model, in: "\(folder)/out") }
            let readme = "\(folder)/README.md"
            try "mine".write(toFile: readme, atomically: true, encoding: .utf8)
            let error = #expect(throws: ONNXExportError.self) { try ExportedFolder(model: model, in: folder) }
            #expect(error?.message.contains(readme) == true)
            #expect(try String(contentsOfFile: readme, encoding: .utf8) == "mine")
            #expect(!FileManager.default.fileExists(atPath: "\(folder)/model.onnx"))
        }
    }

    @Test("A folder that cannot be made is named")
    func unwritable() throws {
        try withTemporaryFolder { folder in
            let model = try SampleModel.write(in: folder)
            let error = #expect(throws: ONNXExportError.self) {
                try ExportedFolder(model: model, in: "\(model)/folder")
            }
            #expect(error?.message.contains("\(model)/folder") == true)
        }
    }

    struct Variant: CustomTestStringConvertible, Sendable {
        var testDescription: String
        var kind = ModelDescription.Kind.detector
        var options = ONNXExportOptions()
        var order = InputForm.ChannelOrder.bgr
        var placement = InputForm.Placement.topLeft
    }

    static let variants = [
        Variant(testDescription: "detector"),
        Variant(testDescription: "photo in the centre, RGB", order: .rgb, placement: .centre),
        Variant(testDescription: "batch of two", options: .init(batch: .fixed(2))),
        Variant(
            testDescription: "suppression in the network",
            options: .init(suppression: .init(overlap: 0.65, threshold: 0.3))),
    ]

    @Test(
        "The Python program of the text, copied as it is, prints the detections that Pomona finds",
        .enabled(if: Onnxruntime.isPresent, Onnxruntime.absence), arguments: variants)
    func pythonDetector(variant: Variant) throws {
        try withTemporaryFolder { folder in
            var description = SampleModel.description(size: ImageSize(width: 96, height: 64))
            description.input.channelOrder = variant.order
            description.input.placement = variant.placement
            let model = try SampleModel.write(in: folder, description: description, changing: SampleModel.makeEager)
            let exported = try ExportedFolder(model: model, in: "\(folder)/export", options: variant.options)
            // As high as the input and narrower: nothing is scaled, so both programs see the same pixels.
            let photo = gradient(ImageSize(width: 70, height: 64))
            let lines = try run(exported, photo: photo, folder: folder)
            let wanted = try DetectorModel(path: model, device: .cpu).detections([(photo, photo.size)], threshold: 0.3)[
                0]
            #expect(wanted.count > 3)
            #expect(lines.count == wanted.count)
            for (line, detection) in zip(lines, wanted) {
                let words = line.split(separator: " ")
                let numbers = words.dropFirst().compactMap { Double($0) }
                try #require(numbers.count == 5)
                #expect(words[0] == description.labels[detection.label])
                #expect(abs(numbers[0] - detection.confidence) < 1e-3)
                // The program prints boxes as they are, Pomona clips them to the photo.
                let box = Box(xMin: numbers[1], yMin: numbers[2], xMax: numbers[3], yMax: numbers[4])
                    .clipped(to: photo.size)
                #expect(abs(box.xMin - detection.box.xMin) < 0.1 && abs(box.yMax - detection.box.yMax) < 0.1)
            }
        }
    }

    @Test(
        "The Python program of a classifier's text prints every label",
        .enabled(if: Onnxruntime.isPresent, Onnxruntime.absence))
    func pythonClassifier() throws {
        try withTemporaryFolder { folder in
            let model = try SampleModel.write(in: folder, description: SampleModel.description(.classifier))
            let exported = try ExportedFolder(model: model, in: "\(folder)/export")
            let lines = try run(exported, photo: gradient(ImageSize(width: 64, height: 64)), folder: folder)
            #expect(Set(lines.compactMap { $0.split(separator: " ").first }) == ["apple", "banana", "orange"])
            let values = lines.compactMap { line in line.split(separator: " ").last.flatMap { Double($0) } }
            #expect(values.count == 3)
            #expect(abs(values.reduce(0, +) - 1) < 1e-3)
        }
    }

    @Test(
        "The C++ and the Swift program of the text, built as they are, print what Pomona finds in an empty input",
        .enabled(if: OpenVINOPackage.isPresent, OpenVINOPackage.absence), arguments: ["cpp", "swift"])
    func compiledPrograms(language: String) throws {
        try withTemporaryFolder { folder in
            let description = SampleModel.description(size: ImageSize(width: 96, height: 64))
            let model = try SampleModel.write(in: folder, description: description, changing: SampleModel.makeEager)
            let exported = try ExportedFolder(model: model, in: "\(folder)/export")
            let place = URL(fileURLWithPath: exported.networkPath).deletingLastPathComponent().path
            try Data(program(exported, language).utf8).write(to: URL(fileURLWithPath: "\(place)/detect.\(language)"))
            try OpenVINOPackage.link(into: "\(place)/lib")
            let headers = try #require(OpenVINOPackage.folder) + "/include"
            if language == "swift" {
                try FileManager.default.createDirectory(
                    atPath: "\(place)/OpenVINO", withIntermediateDirectories: true)
                try Data("#include <openvino/c/openvino.h>\n".utf8)
                    .write(to: URL(fileURLWithPath: "\(place)/OpenVINO/openvino.h"))
                try Data(program(exported, "").utf8)
                    .write(to: URL(fileURLWithPath: "\(place)/OpenVINO/module.modulemap"))
                _ = try ProgramRun.output(
                    of: "swiftc", ["-I", "OpenVINO", "-Xcc", "-I\(headers)", "-Llib", "detect.swift"], in: place)
            } else {
                _ = try ProgramRun.output(
                    of: "clang++", ["-I\(headers)", "-Llib", "detect.cpp", "-lopenvino", "-o", "detect"], in: place)
            }
            let lines = try ProgramRun.output(
                of: "./detect", [], in: place, environment: ["LD_LIBRARY_PATH": "\(place)/lib"]
            ).split(separator: "\n")
            let input = [Float](repeating: 114, count: description.input.elementCount)
            let wanted = try DecodedOutput(
                model: DetectorModel(path: model, device: .cpu), images: input, count: 1
            ).best(of: 0).filter { $0.confidence >= 0.3 }
            #expect(wanted.count > 3)
            #expect(lines.count == wanted.count)
            for (line, detection) in zip(lines, wanted) {
                let numbers = line.split { !"-.0123456789e".contains($0) }.compactMap { Double($0) }
                try #require(numbers.count == 6)
                #expect(numbers[0] == Double(detection.label))
                #expect(abs(numbers[1] - detection.confidence) < 1e-3)
                #expect(abs(numbers[2] - detection.box.xMin) < 0.05 && abs(numbers[5] - detection.box.yMax) < 0.05)
            }
        }
    }

    /// What stands in the text's first block of a language.
    private func program(_ exported: ExportedFolder, _ language: String) throws -> String {
        let text = try String(contentsOfFile: exported.readmePath, encoding: .utf8)
        let start = try #require(text.range(of: language.isEmpty ? "```\nmodule" : "```\(language)\n"))
        let end = try #require(text.range(of: "\n```", range: start.upperBound..<text.endIndex))
        return (language.isEmpty ? "module" : "") + String(text[start.upperBound..<end.lowerBound]) + "\n"
    }

    private func gradient(_ size: ImageSize) -> RGBImage {
        let pixels = (0..<size.area * 3).map { UInt8(truncatingIfNeeded: $0 * 7 + $0 / (size.width * 3) * 31) }
        return RGBImage(size: size, pixels: pixels)
    }

    /// Runs the program as somebody would who copied it into the folder.
    private func run(_ exported: ExportedFolder, photo: RGBImage, folder: String) throws -> [Substring] {
        let place = URL(fileURLWithPath: exported.networkPath).deletingLastPathComponent()
        try Data(program(exported, "python").utf8).write(to: place.appendingPathComponent("detect.py"))
        let png = try photo.encoded(as: .png)
        try Data(png).write(to: place.appendingPathComponent("photo.png"))
        return try Onnxruntime.output(["detect.py", "photo.png"], in: place.path).split(separator: "\n")
    }
}
