import Foundation
import PomonaCore
import Testing

/// A Python with onnxruntime, by which exported files are run outside of this project.
struct Onnxruntime {
    /// The interpreter that POMONA_PYTHON names, else the one of the project's folder .clients where it has onnxruntime;
    /// `nil` where there is none.
    static let python: String? = {
        let named = ProcessInfo.processInfo.environment["POMONA_PYTHON"] ?? ""
        guard named.isEmpty else { return named }
        let own = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent(".clients/bin/python").path
        let hasRuntime = (try? ProgramRun.output(of: own, ["-c", "import onnxruntime, numpy, PIL"])) != nil
        return hasRuntime ? own : nil
    }()
    static var isPresent: Bool { python != nil }
    static let dataAbsence: Comment = "the shared weights and photos are not here (POMONA_SHARED)"
    static let absence: Comment = "neither POMONA_PYTHON nor .clients is a Python with onnxruntime, numpy and pillow"

    /// What a run of a network gave.
    struct Answer {
        var outputs: [String: [Float]]
        /// What OpenVINO's Python computes from the same file; empty where the Python at hand has none.
        var openVINO: [String: [Float]]
        var shapes: [String: [Int]]
        var metadata: [String: String]
        /// Whether ONNX's own checker looked at the file and found it sound.
        var isChecked: Bool
    }

    private struct Report: Decodable {
        var checked: Bool
        var openvino: Bool
        var shapes: [String: [Int]]
        var metadata: [String: String]
    }

    /// - Parameters:
    ///   - images: `[count, 3, size.height, size.width]`.
    ///   - folder: For the files that go to and fro.
    static func run(model: String, images: [Float], count: Int, size: ImageSize, folder: String) throws -> Answer {
        let source = "\(folder)/images.bin"
        try images.withUnsafeBytes { Data($0) }.write(to: URL(fileURLWithPath: source))
        let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appendingPathComponent("Python/run_onnx.py").path
        let text = try output([script, model, source, "\(count)", "\(size.height)", "\(size.width)", folder])
        let report = try JSONDecoder().decode(Report.self, from: Data(text.utf8))
        func outputs(_ ending: String) throws -> [String: [Float]] {
            try Dictionary(
                uniqueKeysWithValues: report.shapes.keys.map { name in
                    let bytes = try Data(contentsOf: URL(fileURLWithPath: "\(folder)/\(name)\(ending)"))
                    let values = [Float](unsafeUninitializedCapacity: bytes.count / 4) { buffer, count in
                        count = bytes.copyBytes(to: buffer) / 4
                    }
                    return (name, values)
                })
        }
        return Answer(
            outputs: try outputs(".bin"), openVINO: report.openvino ? try outputs(".openvino.bin") : [:],
            shapes: report.shapes, metadata: report.metadata, isChecked: report.checked)
    }

    /// What a Python program writes to its standard output.
    static func output(_ arguments: [String], in folder: String? = nil) throws -> String {
        try ProgramRun.output(of: #require(python), arguments, in: folder)
    }
}
