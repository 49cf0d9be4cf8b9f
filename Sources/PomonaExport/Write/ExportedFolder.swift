import Foundation
public import PomonaModel

/// An exported model with everything that somebody needs to use it elsewhere.
public struct ExportedFolder: Sendable {
    /// What the model file says of itself.
    public let description: ModelDescription
    /// Path of the network: `model.onnx`.
    public let networkPath: String
    /// Path of the text that says how to use it: `README.md`.
    public let readmePath: String

    /// Exports a model file into a folder: the network, and beside it a text with programs in Python, C++ and Swift that use it.
    ///
    /// - Parameters:
    ///   - model: Path of a model file.
    ///   - folder: Is created where it is not there; files of an earlier export in it are replaced.
    /// - Throws: As ``ONNXExport/write(model:to:options:)``; ``ONNXExportError/notWritten(path:reason:)`` also where a
    ///   `README.md` lies that no export wrote.
    public init(model: String, in folder: String, options: ONNXExportOptions = ONNXExportOptions()) throws {
        let graph = try ModelGraph(file: SafetensorsFile(path: model), options: options)
        let network = try ONNXExport.data(graph)
        do {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        } catch {
            throw ONNXExportError.notWritten(path: folder, reason: error.localizedDescription)
        }
        description = graph.description
        networkPath = "\(folder)/model.onnx"
        readmePath = "\(folder)/README.md"
        let files = FileManager.default
        guard files.fileExists(atPath: networkPath) || !files.fileExists(atPath: readmePath) else {
            throw ONNXExportError.notWritten(path: readmePath, reason: "another text of that name lies there")
        }
        let readme = ExportReadme(description: description, options: options, network: "model.onnx")
        try AtomicFile(path: networkPath).write(network)
        try AtomicFile(path: readmePath).write(Data(readme.text.utf8))
    }
}
