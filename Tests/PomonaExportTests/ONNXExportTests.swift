import Foundation
import PomonaCore
import PomonaExport
import PomonaModel
import PomonaModelSamples
import Testing

@Suite("ONNXExport")
struct ONNXExportTests {
    @Test("Half precision takes half the room, and both precisions hold the same weights")
    func precisions() throws {
        try withTemporaryFolder { folder in
            let model = try SampleModel.write(in: folder)
            try ONNXExport.write(model: model, to: "\(folder)/single.onnx")
            try ONNXExport.write(model: model, to: "\(folder)/half.onnx", options: .init(precision: .half))
            let single = try ONNXWeightsFile(path: "\(folder)/single.onnx")
            let half = try ONNXWeightsFile(path: "\(folder)/half.onnx")
            #expect(single.names == half.names)
            let name = "backbone.backbone.dark2.0.dconv.conv.weight"
            #expect(try single.tensor(name).elementType == .float32)
            #expect(try half.tensor(name).elementType == .float16)
            let pairs = zip(try single.tensor(name).floats, try half.tensor(name).floats)
            #expect(pairs.allSatisfy { abs($0 - $1) <= abs($0) / 1024 + 1e-6 })
        }
    }

    @Test("Normalisations are folded into the convolutions before them")
    func folding() throws {
        try withTemporaryFolder { folder in
            let path = "backbone.backbone.dark3.0.pconv"
            let model = try SampleModel.write(in: folder)
            try ONNXExport.write(model: model, to: "\(folder)/model.onnx")
            let (source, exported) = (
                try SafetensorsFile(path: model), try ONNXWeightsFile(path: "\(folder)/model.onnx")
            )
            #expect(!exported.names.contains { $0.contains(".bn.") })
            func first(_ name: String) throws -> Double { Double(try source.tensor("\(path).\(name)").floats[0]) }
            let scale = try first("bn.weight") / (first("bn.running_var") + 1e-3).squareRoot()
            let weight = Double(try exported.tensor("\(path).conv.weight").floats[0])
            #expect(abs(weight - scale * (try first("conv.weight"))) < 1e-6)
            let bias = Double(try exported.tensor("\(path).conv.bias").floats[0])
            #expect(abs(bias - (try first("bn.bias") - scale * first("bn.running_mean"))) < 1e-6)
        }
    }

    @Test("The same model gives the same bytes")
    func deterministic() throws {
        try withTemporaryFolder { folder in
            let file = try SafetensorsFile(path: SampleModel.write(in: folder))
            #expect(try ONNXExport.data(of: file) == ONNXExport.data(of: file))
        }
    }

    @Test("A file that cannot be written leaves nothing behind")
    func unwritable() throws {
        try withTemporaryFolder { folder in
            let model = try SampleModel.write(in: folder)
            let target = "\(folder)/none/model.onnx"
            let error = #expect(throws: ONNXExportError.self) { try ONNXExport.write(model: model, to: target) }
            #expect(error?.message.contains(target) == true)
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["model.safetensors"])
        }
    }

    @Test("A label too many is found by the shape of the weights that it would need")
    func editedLabels() throws {
        try withTemporaryFolder { folder in
            var description = SampleModel.description()
            let model = try SampleModel.write(in: folder, description: description)
            let tensors = try SafetensorsFile(path: model)
            description.labels.append("pear")
            let entries = try tensors.names.map { ($0, try tensors.tensor($0)) }
            try SafetensorsWriter.write(entries, metadata: description.metadata, to: model)
            let error = #expect(throws: ModelFileError.self) {
                try ONNXExport.write(model: model, to: "\(folder)/model.onnx")
            }
            #expect(error?.message.contains("head.cls_preds.0.weight") == true)
        }
    }

    @Test("Values that are no numbers, and negative variances, are refused by the tensor's name")
    func notFinite() throws {
        for (suffix, value) in [("conv.weight", Float.nan), ("running_var", -1)] {
            try withTemporaryFolder { folder in
                let name = "backbone.backbone.stem.conv.\(suffix == "conv.weight" ? suffix : "bn.\(suffix)")"
                let model = try SampleModel.write(in: folder) { tensors in
                    tensors = tensors.map { entry in
                        guard entry.name == name else { return entry }
                        var values = entry.tensor.floats
                        values[1] = value
                        return (name, HostTensor(values, shape: entry.tensor.shape))
                    }
                }
                #expect(throws: ONNXExportError.notFinite(path: model, tensor: name)) {
                    try ONNXExport.write(model: model, to: "\(folder)/model.onnx")
                }
            }
        }
    }

    @Test("A weight that half precision cannot hold is refused there and written in single precision")
    func beyondHalf() throws {
        try withTemporaryFolder { folder in
            let name = "head.obj_preds.1.bias"
            let model = try SampleModel.write(in: folder) { tensors in
                tensors = tensors.map { $0.name == name ? (name, HostTensor([Float(1e6)], shape: [1])) : $0 }
            }
            #expect(throws: ONNXExportError.beyondHalfPrecision(tensor: name)) {
                try ONNXExport.write(model: model, to: "\(folder)/half.onnx", options: .init(precision: .half))
            }
            try ONNXExport.write(model: model, to: "\(folder)/single.onnx")
        }
    }

    @Test("Options out of range are named")
    func options() throws {
        try withTemporaryFolder { folder in
            let file = try SafetensorsFile(path: SampleModel.write(in: folder))
            let wrong: [(ONNXExportOptions, String)] = [
                (.init(batch: .fixed(0)), "batch"), (.init(suppression: .init(overlap: 1.5)), "overlap"),
                (.init(suppression: .init(threshold: .nan)), "threshold"),
                (.init(suppression: .init(limitPerLabel: 0)), "limitPerLabel"),
            ]
            for (options, name) in wrong {
                let error = #expect(throws: ONNXExportError.self) { try ONNXExport.data(of: file, options: options) }
                #expect(error?.message.contains(name) == true)
            }
        }
    }

    @Test("Suppression is refused for a classifier, which has no boxes")
    func suppressedClassifier() throws {
        try withTemporaryFolder { folder in
            let model = try SampleModel.write(in: folder, description: SampleModel.description(.classifier))
            #expect(throws: ONNXExportError.suppressionWithoutBoxes(path: model)) {
                try ONNXExport.write(model: model, to: "\(folder)/c.onnx", options: .init(suppression: .init()))
            }
        }
    }

    @Test("An architecture that no network has is an error, not a crash", arguments: [1e300, -1, 1e-9])
    func architecture(width: Double) throws {
        try withTemporaryFolder { folder in
            var description = SampleModel.description()
            let tensors = try SampleModel.detectorTensors(description.architecture, labels: 3, seed: 1)
            description.architecture.width = width
            let model = "\(folder)/model.safetensors"
            try SafetensorsWriter.write(tensors, metadata: description.metadata, to: model)
            let error = #expect(throws: ModelFileError.self) {
                try ONNXExport.write(model: model, to: "\(folder)/model.onnx")
            }
            #expect(error?.message.contains("architecture") == true)
        }
    }
}
