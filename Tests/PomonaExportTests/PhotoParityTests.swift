import Foundation
import PomonaCore
import PomonaExport
import PomonaImaging
import PomonaModel
import PomonaModelSamples
import PomonaTensor
import PomonaVision
import Testing

/// The published detector on real photos: onnxruntime against libtorch.
@Suite(
    "Exported detectors on photos", .serialized, .enabled(if: Onnxruntime.isPresent, Onnxruntime.absence),
    .enabled(if: SharedData.isPresent, Onnxruntime.dataAbsence))
struct PhotoParityTests {
    @Test("On 16 photos boxes and scores differ by less than 0.001")
    func sixteenPhotos() throws {
        try withTemporaryFolder { folder in
            let input = InputForm.published(side: 416)
            let model = try SampleModel.writePublished(in: folder)
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
}
