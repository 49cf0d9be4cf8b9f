public import Foundation
import PomonaCore
public import PomonaModel
import SwiftProtobuf

/// Writes trained models as ONNX files, which any runtime for ONNX opens.
///
/// A detector's file takes `images [N, 3, H, W]` in the model's input form and answers with `boxes [N, P, 4]` (corners
/// in pixels of the input) and `scores [N, P, C]`: the decoding of the network's raw numbers is part of the graph. With
/// suppression it answers with `detection_boxes [K, 4]`, `detection_scores [K]`, `detection_labels [K]` and
/// `detection_photos [K]` instead. A classifier's file answers with `scores [N, C]`. Labels, input form and the model's
/// provenance stand in the file's metadata.
public enum ONNXExport {
    /// Version of what the metadata says and how.
    public static let formatVersion = 1

    /// Writes a model file as an ONNX file, which appears complete or not at all.
    ///
    /// - Parameters:
    ///   - model: Path of a model file.
    ///   - path: Where the ONNX file goes; an older one there is replaced.
    /// - Returns: What the model file says of itself.
    /// - Throws: ``SafetensorsError`` or ``ModelFileError`` naming what is wrong with the model file,
    ///   ``ONNXExportError`` for what cannot be written.
    @discardableResult
    public static func write(
        model: String, to path: String, options: ONNXExportOptions = ONNXExportOptions()
    ) throws -> ModelDescription {
        let graph = try ModelGraph(file: SafetensorsFile(path: model), options: options)
        try AtomicFile(path: path).write(data(graph))
        return graph.description
    }

    /// The bytes of the ONNX file for a model file.
    public static func data(
        of file: SafetensorsFile, options: ONNXExportOptions = ONNXExportOptions()
    ) throws -> Data {
        try data(ModelGraph(file: file, options: options))
    }

    static func data(_ graph: ModelGraph) throws -> Data {
        var model = ONNXModel()
        // The version that came with operator set 17, so that runtimes since 2022 read the file.
        model.irVersion = 8
        model.producerName = "pomona"
        model.producerVersion = ProgramVersion.current
        model.docString = "A \(graph.description.kind.rawValue) for " + graph.description.labels.joined(separator: ", ")
        model.opsetImport = [.with { $0.version = Int64(GraphBuilder.operatorSet) }]
        model.graph = try graph.graph()
        model.metadataProps = try metadata(graph).sorted { $0.key < $1.key }.map { key, value in
            .with {
                $0.key = key
                $0.value = value
            }
        }
        return try model.serializedBytes()
    }

    private static func metadata(_ graph: ModelGraph) throws -> [String: String] {
        var texts = try graph.description.metadata
        texts["format"] = "pomona-onnx/\(formatVersion)"
        texts["precision"] = graph.options.precision.rawValue
        texts["exporter"] = "pomona \(ProgramVersion.current)"
        return texts
    }
}
