import Foundation

/// A folder with OpenVINO's libraries.
struct OpenVINOFolder {
    /// Where the libraries themselves lie.
    let path: String
    /// File name of the library with the C interface.
    private let interface: String

    var libraryPath: String { "\(path)/\(interface)" }

    /// Finds the libraries in a folder: lying there, as a Python package has them (`libs`), or as an archive or a system
    /// package does (`runtime/lib/intel64`, `lib`).
    ///
    /// - Returns: `nil` where nothing of OpenVINO is there.
    init?(in folder: String) {
        for place in ["", "/libs", "/runtime/lib/intel64", "/lib/intel64", "/lib"] {
            let path = folder + place
            let names = Self.names(in: path)
            if let interface = Self.file("libopenvino_c.so", among: names) {
                self.path = path
                self.interface = interface
                return
            }
        }
        return nil
    }

    /// Whether a folder holds any library of OpenVINO, so that what is there was meant to be one.
    static func hasRemains(in folder: String) -> Bool {
        ["", "/libs", "/runtime/lib/intel64", "/lib/intel64", "/lib"].contains { place in
            names(in: folder + place).contains { $0.hasPrefix("libopenvino") }
        }
    }

    /// Libraries that prediction needs and the folder lacks.
    ///
    /// The one that reads OpenVINO's own format is among them: without it nothing is kept in the cache, and nothing says
    /// so.
    var missing: [String] {
        let names = Self.names(in: path)
        // System packages keep what OpenVINO opens itself in a folder named after the version.
        let inner = names.filter { $0.hasPrefix("openvino-") }.flatMap { Self.names(in: "\(path)/\($0)") }
        let needed = [
            "libopenvino.so", Self.processorPlugin, "libopenvino_onnx_frontend.so", "libopenvino_ir_frontend.so",
        ]
        return needed.filter { Self.file($0, among: names + inner) == nil }
    }

    #if arch(arm64)
        private static let processorPlugin = "libopenvino_arm_cpu_plugin.so"
    #else
        private static let processorPlugin = "libopenvino_intel_cpu_plugin.so"
    #endif

    private static func names(in folder: String) -> [String] {
        (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    }

    /// A library by its name, with or without a version behind it.
    private static func file(_ name: String, among names: [String]) -> String? {
        names.filter { $0 == name || $0.hasPrefix("\(name).") }.max()
    }
}
