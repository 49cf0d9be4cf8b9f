import Foundation
import PomonaCore
import PomonaExport
import PomonaImaging
import PomonaModel
import PomonaModelSamples
import PomonaTensor
import PomonaVision
import Testing

/// The published detector on real photos: onnxruntime and OpenVINO's Python against libtorch.
@Suite(
    "Exported detectors on photos", .serialized, .enabled(if: Onnxruntime.isPresent, Onnxruntime.absence),
    .enabled(if: SharedData.isPresent, Onnxruntime.dataAbsence))
struct PhotoParityTests {
    /// In half precision the file's weights are rounded, so libtorch computes with rounded ones too.
    @Test(
        "On 16 photos boxes and scores of either precision differ by less than 0.001, and ONNX's checker is content",
        arguments: ONNXPrecision.allCases)
    func sixteenPhotos(precision: ONNXPrecision) throws {
        try withTemporaryFolder { folder in
            let input = InputForm.published(side: 416)
            let published = try SampleModel.writePublished(in: folder)
            let model = precision == .half ? try SampleModel.roundingToHalf(published) : published
            var images: [Float] = []
            for path in try SharedData.photos("coco-val128/eval", count: 16) {
                let photo = try ImageDecoder().decode(path: path, fittingWithin: input.size)
                images += [Float](unsafeUninitializedCapacity: input.elementCount) { buffer, count in
                    input.fill(buffer, with: photo.image)
                    count = input.elementCount
                }
            }
            try ONNXExport.write(model: published, to: "\(folder)/model.onnx", options: .init(precision: precision))
            let answer = try Onnxruntime.run(
                model: "\(folder)/model.onnx", images: images, count: 16, size: input.size, folder: folder)
            let expected = try DecodedOutput(
                model: DetectorModel(path: model, device: .cpu), images: images, count: 16)
            #expect(answer.isChecked, "the Python at hand has no onnx package")
            #expect(!answer.openVINO.isEmpty, "the Python at hand has no openvino package")
            #expect(expected.scores.filter { $0 > 0.5 }.count > 50)
            for outputs in [answer.outputs, answer.openVINO] {
                #expect(expected.largestDifference(scores: outputs["scores"] ?? []) < 1e-3)
                #expect(expected.largestDifference(boxes: outputs["boxes"] ?? []) < 1e-3)
            }
        }
    }
}
