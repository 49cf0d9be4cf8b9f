import Foundation
import Testing

/// OpenVINO's Python package, whose headers and libraries the programs of an exported text are built with.
enum OpenVINOPackage {
    /// Its folder; `nil` where the Python at hand has none.
    static let folder: String? = {
        guard Onnxruntime.isPresent else { return nil }
        let text = try? Onnxruntime.output(["-c", "import openvino; print(openvino.__path__[0])"])
        return text?.trimmingCharacters(in: .whitespacesAndNewlines)
    }()
    static var isPresent: Bool { folder != nil }
    static let absence: Comment = "neither POMONA_PYTHON nor .clients is a Python with openvino"

    /// Makes links to the libraries in a folder, with and without their versions: the package lacks the names that
    /// linkers look for.
    static func link(into target: String) throws {
        let folder = try #require(folder)
        try FileManager.default.createDirectory(atPath: target, withIntermediateDirectories: true)
        for name in try FileManager.default.contentsOfDirectory(atPath: "\(folder)/libs") {
            let plain = (name.range(of: ".so").map { String(name[..<$0.lowerBound]) } ?? name) + ".so"
            for link in Set([name, plain]) {
                try FileManager.default.createSymbolicLink(
                    atPath: "\(target)/\(link)", withDestinationPath: "\(folder)/libs/\(name)")
            }
        }
    }
}
