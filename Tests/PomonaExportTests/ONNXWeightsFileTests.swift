import Foundation
import PomonaCore
import PomonaModel
import PomonaModelSamples
import SwiftProtobuf
import Testing

@testable import PomonaExport

@Suite("ONNXWeightsFile")
struct ONNXWeightsFileTests {
    private func tensor(_ name: String, _ dims: [Int64], raw: Int? = nil) -> ONNXTensor {
        .with {
            $0.name = name
            $0.dims = dims
            $0.dataType = 1
            if let raw { $0.rawData = Data(repeating: 0, count: raw) }
        }
    }

    private func file(_ tensors: [ONNXTensor]) throws -> Data {
        let model = ONNXModel.with {
            $0.irVersion = 8
            $0.graph.initializer = tensors
            $0.graph.node = [.with { $0.opType = "Relu" }]
        }
        return try model.serializedBytes()
    }

    private func read(_ data: Data, limits: ONNXLimits = ONNXLimits()) throws -> ONNXWeightsFile {
        try ONNXWeightsFile(data: data, path: "weights.onnx", limits: limits)
    }

    @Test("Raw and plain numbers of every type that weights have are read")
    func types() throws {
        var plain = tensor("plain", [2])
        plain.floatData = [1.5, -2]
        var raw = tensor("raw", [1, 2])
        raw.rawData = [Float(3), 4].withUnsafeBytes { Data($0) }
        var half = tensor("half", [2])
        half.dataType = 10
        half.rawData = [Float16(0.5), 8].withUnsafeBytes { Data($0) }
        var whole = tensor("whole", [3])
        whole.dataType = 7
        whole.int64Data = [-1, 0, 1 << 40]
        var single = tensor("single", [])
        single.floatData = [9]
        let file = try read(file([plain, raw, half, whole, single]))
        #expect(file.names == ["plain", "raw", "half", "whole", "single"])
        #expect(file.shape(of: "raw") == [1, 2])
        #expect(try file.tensor("plain").floats == [1.5, -2])
        #expect(try file.tensor("raw").floats == [3, 4])
        #expect(try file.tensor("half").floats == [0.5, 8])
        #expect(try file.tensor("whole").floats == [-1, 0, Float(1 << 40)])
        #expect(try file.tensor("single").floats == [9])
        #expect(file.shape(of: "other") == nil)
        #expect(throws: ONNXReadingError.noTensor(path: "weights.onnx", name: "other")) { try file.tensor("other") }
    }

    @Test("Constants that are no weights do not spoil the file, and say why when asked for")
    func otherTypes() throws {
        var flag = tensor("flag", [1], raw: 1)
        flag.dataType = 9
        let file = try read(file([flag, tensor("weight", [1], raw: 4)]))
        #expect(file.names == ["flag", "weight"])
        let error = #expect(throws: ONNXReadingError.self) { try file.tensor("flag") }
        #expect(error?.message.contains("type 9") == true)
        #expect(try file.tensor("weight").floats == [0])
    }

    @Test("A tensor that lies about itself is refused by name")
    func lies() throws {
        var external = tensor("bad", [1], raw: 4)
        external.dataLocation = .external
        var few = tensor("bad", [3])
        few.floatData = [1, 2]
        let wrong = [
            tensor("bad", [2], raw: 4), tensor("bad", [-1], raw: 4), tensor("bad", [.max, .max], raw: 4), external, few,
        ]
        for tensor in wrong {
            let error = #expect(throws: ONNXReadingError.self) { try read(file([tensor])) }
            #expect(error?.message.contains("tensor bad") == true)
        }
        #expect(throws: ONNXReadingError.self) { try read(file([tensor("", [1], raw: 4)])) }
        #expect(throws: ONNXReadingError.self) { try read(file([tensor("a", [1], raw: 4), tensor("a", [1], raw: 4)])) }
    }

    @Test("Each limit holds and names itself")
    func limits() throws {
        let sound = try file([tensor("first", [1], raw: 4), tensor("second", [2, 2], raw: 16)])
        _ = try read(sound)
        let limits: [(ONNXLimits, String)] = [
            (.init(fileBytes: sound.count - 1), "bytes"), (.init(tensors: 1), "tensors"),
            (.init(dimensions: 1), "dimensions"), (.init(elements: 3), "elements"), (.init(nameBytes: 5), "bytes"),
        ]
        for (limit, unit) in limits {
            let error = #expect(throws: ONNXReadingError.self) { try read(sound, limits: limit) }
            guard case .beyondLimit(_, _, _, _, let named)? = error else {
                Issue.record("\(String(describing: error)) is not about a limit")
                continue
            }
            #expect(named == unit)
        }
    }

    @Test("Tensors, extents and numbers are counted before they are decoded, in whichever form they stand")
    func counts() throws {
        func message(_ number: UInt8, _ contents: [UInt8]) -> [UInt8] {
            precondition(contents.count < 128 * 128)
            return [number << 3 | 2, UInt8(contents.count & 0x7F) | 0x80, UInt8(contents.count >> 7)] + contents
        }
        func model(_ graphs: [UInt8]...) -> Data { Data([0x08, 8] + graphs.flatMap { message(7, $0) }) }
        func limit(_ data: Data, _ limits: ONNXLimits) -> (found: Int, unit: String)? {
            let error = #expect(throws: ONNXReadingError.self) { try read(data, limits: limits) }
            guard case .beyondLimit(_, _, let found, _, let unit)? = error else { return nil }
            return (found, unit)
        }
        // Empty entries of two bytes, in two pieces of one graph; a group (field 9) hides none and adds none.
        let empty: [UInt8] = Array([[0x2A, 0], [0x4B, 0x2A, 0, 0x4C], [0x2A, 0]].joined())
        let found = limit(model(empty, empty), ONNXLimits(tensors: 3))
        #expect(found?.found == 4 && found?.unit == "tensors")
        // A length with needless bytes means the same.
        let long = limit(model([0x2A, 0x80, 0x80, 0, 0x2A, 0]), ONNXLimits(tensors: 1))
        #expect(long?.found == 2)
        // Extents: packed, and one by one.
        let (packed, single) = (message(1, [UInt8](repeating: 1, count: 9)), [[UInt8]](repeating: [8, 1], count: 9))
        for extents in [packed, single.flatMap(\.self)] {
            let found = limit(model(message(5, extents)), ONNXLimits())
            #expect(found?.found == 9 && found?.unit == "dimensions")
        }
        let numbers = message(5, message(7, [1, 2, 0xFF, 1, 3]))
        let elements = limit(model(numbers), ONNXLimits(elements: 3))
        #expect(elements?.found == 4 && elements?.unit == "elements")
    }

    @Test("A file cut short anywhere gives an error, never a wrong tensor")
    func cutShort() throws {
        let sound = try file([tensor("first", [2], raw: 8), tensor("second", [2], raw: 8)])
        for length in 0..<sound.count {
            guard let file = try? read(sound.prefix(length)) else { continue }
            // A cut between two fields leaves a smaller sound file.
            #expect(file.names.allSatisfy { (try? file.tensor($0).floats) == [0, 0] })
        }
        #expect(throws: ONNXReadingError.self) { try read(sound.dropLast(1)) }
        #expect(throws: ONNXReadingError.self) { try read(Data()) }
        #expect(throws: ONNXReadingError.self) { try read(Data("not a model, but a text".utf8)) }
    }

    @Test("A missing file and a folder are named")
    func missing() throws {
        #expect(throws: ONNXReadingError.missing(path: "/nonexistent.onnx")) {
            try ONNXWeightsFile(path: "/nonexistent.onnx")
        }
        try withTemporaryFolder { folder in
            let error = #expect(throws: ONNXReadingError.self) { try ONNXWeightsFile(path: folder) }
            #expect(error?.message.contains("folder") == true)
        }
    }

    @Test(
        "The published file holds the numbers that the same weights have elsewhere",
        .enabled(if: SharedData.isPresent, Onnxruntime.dataAbsence))
    func published() throws {
        let root = try #require(SharedData.root)
        let onnx = try ONNXWeightsFile(path: "\(root)/weights/yolox_nano.onnx")
        let tensors = try SafetensorsFile(path: "\(root)/weights/yolox_nano_coco.safetensors")
        for name in ["head.cls_preds.0.weight", "head.reg_preds.2.bias", "head.obj_preds.1.weight"] {
            #expect(onnx.shape(of: name) == tensors.shape(of: name))
            #expect(try onnx.tensor(name).floats == tensors.tensor(name).floats)
        }
    }
}
