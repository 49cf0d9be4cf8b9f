import Foundation
import PomonaCore
import PomonaExport
import PomonaImaging
import PomonaModel
import PomonaTensor
import PomonaVision
import Testing

/// The published detector on real photos: onnxruntime against libtorch.
@Suite(
    "Exported detectors on photos", .serialized, .enabled(if: Onnxruntime.isPresent, Onnxruntime.absence),
    .enabled(if: SharedData.isPresent, SharedData.absence))
struct PhotoParityTests {
    @Test("On 16 photos boxes and scores differ by less than 0.001")
    func sixteenPhotos() throws {
        try withTemporaryFolder { folder in
            let input = InputForm.published(side: 416)
            let model = try publishedModel(in: folder, input: input)
            var images: [Float] = []
            for path in try SharedData.photos("coco-val128/eval", count: 16) {
                let photo = try ImageDecoder().decode(path: path, fittingWithin: input.size)
                images += [Float](unsafeUninitializedCapacity: input.elementCount) { buffer, count in
                    input.fill(buffer, with: photo.image)
                    count = input.elementCount
                }
            }
            try ONNXExport.write(model: model, to: "\(folder)/model.onnx")
            let answer = try Onnxruntime.run(
                model: "\(folder)/model.onnx", images: images, count: 16, size: input.size, folder: folder)
            let expected = try DecodedOutput(
                model: DetectorModel(path: model, device: .cpu), images: images, count: 16)
            #expect(expected.scores.filter { $0 > 0.5 }.count > 50)
            #expect(expected.largestDifference(scores: answer.outputs["scores"] ?? []) < 1e-3)
            #expect(expected.largestDifference(boxes: answer.outputs["boxes"] ?? []) < 1e-3)
        }
    }

    /// The published weights as a model file of this project.
    private func publishedModel(in folder: String, input: InputForm) throws -> String {
        let weights = try FoundationWeights(path: "\(#require(SharedData.root))/weights/yolox_nano_coco.safetensors")
        let detector = try Detector(architecture: weights.architecture, classCount: 80, seed: 0, device: .cpu)
        try detector.load(SafetensorsFile(path: "\(#require(SharedData.root))/weights/yolox_nano_coco.safetensors"))
        let description = ModelDescription(
            kind: .detector, labels: (0..<80).map { "label \($0)" }, architecture: weights.architecture, input: input)
        let path = "\(folder)/published.safetensors"
        try DetectorModel(detector: detector, description: description).save(to: path)
        return path
    }
}
