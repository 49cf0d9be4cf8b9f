import Foundation
public import PomonaModel
import SwiftProtobuf

/// The weights in an ONNX file that others published: names, shapes and numbers of its initialisers.
///
/// The network itself is not read. Everything that the file claims is checked against ``ONNXLimits`` and against the bytes
/// that are there before it is believed.
public struct ONNXWeightsFile: Sendable {
    public let path: String
    /// The names of the tensors in the order of the file.
    public let names: [String]
    private let tensors: [String: StoredTensor]

    /// Reads a file and checks all of its tensors.
    ///
    /// - Throws: ``ONNXReadingError`` for a file that is missing, of another kind, damaged, or beyond a limit.
    public init(path: String, limits: ONNXLimits = ONNXLimits()) throws {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
            throw ONNXReadingError.missing(path: path)
        }
        guard !isFolder.boolValue else { throw ONNXReadingError.notONNX(path: path, reason: "it is a folder") }
        let data: Data
        do {
            data = try Data(contentsOf: URL(fileURLWithPath: path), options: .alwaysMapped)
        } catch {
            throw ONNXReadingError.notONNX(path: path, reason: "it cannot be opened (\(error.localizedDescription))")
        }
        try self.init(data: data, path: path, limits: limits)
    }

    init(data: Data, path: String, limits: ONNXLimits) throws {
        guard data.count <= limits.fileBytes else {
            throw ONNXReadingError.beyondLimit(
                path: path, what: "the file", found: data.count, limit: limits.fileBytes, unit: "bytes")
        }
        let count = Self.initializerCount(data)
        guard count <= limits.tensors else {
            throw ONNXReadingError.beyondLimit(
                path: path, what: "the file", found: count, limit: limits.tensors, unit: "tensors")
        }
        let model: ONNXStoredModel
        do {
            var options = BinaryDecodingOptions()
            options.messageDepthLimit = 8
            options.discardUnknownFields = true
            model = try ONNXStoredModel(serializedBytes: data, options: options)
        } catch {
            throw ONNXReadingError.notONNX(path: path, reason: "its bytes are no protocol buffer, or it is cut short")
        }
        guard model.irVersion > 0, model.hasGraph else {
            throw ONNXReadingError.notONNX(path: path, reason: "it holds no network")
        }
        var (names, tensors): ([String], [String: StoredTensor]) = ([], [:])
        for (index, bytes) in model.graph.initializer.enumerated() {
            let tensor = try StoredTensor(bytes, index: index, path: path, limits: limits)
            guard tensors.updateValue(tensor, forKey: tensor.name) == nil else {
                throw ONNXReadingError.invalidTensor(
                    path: path, tensor: tensor.name, reason: "occurs twice; names must differ")
            }
            names.append(tensor.name)
        }
        self.path = path
        self.names = names
        self.tensors = tensors
    }

    /// Counts the entries of field 5 of field 7: every one costs memory once it is decoded, and as little as two bytes of
    /// the file.
    private static func initializerCount(_ data: Data) -> Int {
        data.withUnsafeBytes { bytes in
            var count = 0
            WireFields.each(of: bytes, in: bytes.indices) { field in
                guard field.number == 7, case .bytes(let graph) = field.contents else { return }
                WireFields.each(of: bytes, in: graph) { field in
                    if field.number == 5, field.contents != .number { count += 1 }
                }
            }
            return count
        }
    }

    /// The shape of a tensor, `nil` where the file has none of this name.
    public func shape(of name: String) -> [Int]? { tensors[name]?.shape }

    /// One tensor's numbers.
    ///
    /// - Throws: ``ONNXReadingError`` where the file has none of this name, or one whose elements are not read.
    public func tensor(_ name: String) throws -> HostTensor {
        guard let tensor = tensors[name] else { throw ONNXReadingError.noTensor(path: path, name: name) }
        return try tensor.values()
    }
}
