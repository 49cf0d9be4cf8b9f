import Foundation
import PomonaCore
import PomonaExport
import PomonaModel
import PomonaModelSamples
import PomonaTensor
import PomonaVision
import Testing

/// What onnxruntime computes from an exported file against what this project computes from the model file.
@Suite("Exported files in onnxruntime", .serialized, .enabled(if: Onnxruntime.isPresent, Onnxruntime.absence))
struct RuntimeParityTests {
    static let architectureTable = [
        DetectorArchitecture(depth: 0.33, width: 0.25, isDepthwise: true, activation: .silu),
        DetectorArchitecture(depth: 0.67, width: 0.125, isDepthwise: false, activation: .relu),
        DetectorArchitecture(depth: 0.33, width: 0.1875, isDepthwise: false, activation: .hardswish),
    ]

    @Test(
        "Depths, widths, dense and depthwise, every activation, inputs that are not square, batches of one and three",
        arguments: architectureTable, [1, 3])
    func architectures(architecture: DetectorArchitecture, count: Int) throws {
        try withTemporaryFolder { folder in
            let size = ImageSize(width: 96, height: 64)
            let description = SampleModel.description(.detector, architecture, size: size)
            let model = try SampleModel.write(in: folder, description: description)
            try ONNXExport.write(model: model, to: "\(folder)/model.onnx")
            let images = Self.noise(count: count, size: size)
            let answer = try Onnxruntime.run(
                model: "\(folder)/model.onnx", images: images, count: count, size: size, folder: folder)
            let expected = try DecodedOutput(
                model: DetectorModel(path: model, device: .cpu), images: images, count: count)
            #expect(answer.shapes == ["boxes": [count, 126, 4], "scores": [count, 126, 3]])
            #expect(expected.largestDifference(boxes: answer.outputs["boxes"] ?? []) < 1e-3)
            #expect(expected.largestDifference(scores: answer.outputs["scores"] ?? []) < 1e-3)
        }
    }

    @Test("A fixed batch gives the same answers")
    func fixedBatch() throws {
        try withTemporaryFolder { folder in
            let size = ImageSize(width: 64, height: 64)
            let model = try SampleModel.write(in: folder)
            let images = Self.noise(count: 2, size: size)
            var answers: [[Float]?] = []
            for batch in [ONNXBatch.dynamic, .fixed(2)] {
                try ONNXExport.write(model: model, to: "\(folder)/model.onnx", options: .init(batch: batch))
                let answer = try Onnxruntime.run(
                    model: "\(folder)/model.onnx", images: images, count: 2, size: size, folder: folder)
                answers.append(answer.outputs["scores"])
            }
            #expect(answers[0] == answers[1] && answers[0]?.isEmpty == false)
        }
    }

    @Test("Half precision answers nearly the same")
    func halfPrecision() throws {
        try withTemporaryFolder { folder in
            let size = ImageSize(width: 64, height: 64)
            let model = try SampleModel.write(in: folder)
            try ONNXExport.write(model: model, to: "\(folder)/model.onnx", options: .init(precision: .half))
            let images = Self.noise(count: 1, size: size)
            let answer = try Onnxruntime.run(
                model: "\(folder)/model.onnx", images: images, count: 1, size: size, folder: folder)
            let expected = try DecodedOutput(
                model: DetectorModel(path: model, device: .cpu), images: images, count: 1)
            #expect(expected.largestDifference(boxes: answer.outputs["boxes"] ?? []) < 0.02)
            #expect(expected.largestDifference(scores: answer.outputs["scores"] ?? []) < 0.01)
            #expect(answer.metadata["precision"] == "fp16")
        }
    }

    @Test("Suppression in the graph keeps what suppression here keeps")
    func suppression() throws {
        try withTemporaryFolder { folder in
            let size = ImageSize(width: 64, height: 64)
            let model = try SampleModel.write(in: folder, changing: SampleModel.makeEager)
            let options = ONNXSuppression(overlap: 0.1, threshold: 0.2, limitPerLabel: 100)
            try ONNXExport.write(model: model, to: "\(folder)/model.onnx", options: .init(suppression: options))
            let images = Self.noise(count: 2, size: size)
            let answer = try Onnxruntime.run(
                model: "\(folder)/model.onnx", images: images, count: 2, size: size, folder: folder)
            let expected = try DecodedOutput(
                model: DetectorModel(path: model, device: .cpu), images: images, count: 2)
            let photos = try #require(answer.outputs["detection_photos"])
            let scores = try #require(answer.outputs["detection_scores"])
            let labels = try #require(answer.outputs["detection_labels"])
            let boxes = try #require(answer.outputs["detection_boxes"])
            for photo in 0..<2 {
                let kept = NonMaximumSuppression(overlap: 0.1, limit: 1000)(
                    expected.best(of: photo).filter { $0.confidence > 0.2 })
                let found = photos.indices.filter { photos[$0] == Float(photo) }
                    .sorted { scores[$0] > scores[$1] }
                #expect(kept.count > 3)
                #expect(kept.count < expected.best(of: photo).count)
                #expect(found.count == kept.count)
                for (detection, index) in zip(kept, found) {
                    #expect(abs(detection.confidence - Double(scores[index])) < 1e-3)
                    #expect(detection.label == Int(labels[index]))
                    #expect(abs(detection.box.xMin - Double(boxes[index * 4])) < 1e-2)
                    #expect(abs(detection.box.yMax - Double(boxes[index * 4 + 3])) < 1e-2)
                }
            }
        }
    }

    @Test("A classifier's scores are those of its network")
    func classifier() throws {
        try withTemporaryFolder { folder in
            let size = ImageSize(width: 64, height: 64)
            let description = SampleModel.description(.classifier)
            let model = try SampleModel.write(in: folder, description: description)
            try ONNXExport.write(model: model, to: "\(folder)/model.onnx")
            let images = Self.noise(count: 2, size: size)
            let answer = try Onnxruntime.run(
                model: "\(folder)/model.onnx", images: images, count: 2, size: size, folder: folder)
            let network = try Classifier(
                architecture: description.architecture, classCount: 3, seed: 0, device: .cpu)
            let file = try SafetensorsFile(path: model)
            for (name, tensor) in network.parameters.tensors {
                let values = try Tensor.from(file.tensor(name).floats, shape: tensor.shape)
                _ = try network.parameters.assign(name, from: values)
            }
            let logits: [Float] = try Gradients.disabled {
                try network(.from(images, shape: [2, 3, size.height, size.width])).values()
            }
            let exponentials = logits.map { Float(exp(Double($0))) }
            let expected = (0..<2).flatMap { photo in
                let row = exponentials[photo * 3..<photo * 3 + 3]
                return row.map { $0 / row.reduce(0, +) }
            }
            let scores = try #require(answer.outputs["scores"])
            #expect(answer.shapes == ["scores": [2, 3]])
            #expect(zip(expected, scores).allSatisfy { abs($0 - $1) < 1e-3 })
        }
    }

    @Test("ONNX's checker accepts every kind of file, and the metadata says what a user must know")
    func checked() throws {
        try withTemporaryFolder { folder in
            let size = ImageSize(width: 64, height: 64)
            let model = try SampleModel.write(in: folder)
            for options in [
                ONNXExportOptions(), .init(precision: .half), .init(batch: .fixed(1), suppression: .init()),
            ] {
                try ONNXExport.write(model: model, to: "\(folder)/model.onnx", options: options)
                let answer = try Onnxruntime.run(
                    model: "\(folder)/model.onnx", images: Self.noise(count: 1, size: size), count: 1, size: size,
                    folder: folder)
                #expect(answer.isChecked, "the Python at hand has no onnx package")
                let metadata = answer.metadata
                #expect(metadata["format"] == "pomona-onnx/1")
                #expect(metadata["labels"] == #"["apple","banana","orange"]"#)
                let form = try JSONDecoder().decode(InputForm.self, from: Data((metadata["input"] ?? "").utf8))
                #expect(form == InputForm(size: size))
            }
        }
    }

    /// Values in 0...255 without any structure.
    static func noise(count: Int, size: ImageSize) -> [Float] {
        var random = SeededGenerator(seed: 7)
        return (0..<count * 3 * size.area).map { _ in Float(random.uniform(0..<255)) }
    }
}
