import PomonaCore
import PomonaModel
import Testing

@testable import PomonaPrediction

@Suite("NetworkInput")
struct NetworkInputTests {
    private static let sizes = [
        ImageSize(width: 96, height: 64), ImageSize(width: 96, height: 30), ImageSize(width: 41, height: 64),
        ImageSize(width: 20, height: 20), ImageSize(width: 300, height: 120), ImageSize(width: 96, height: 1),
    ]

    @Test(
        "Every photo fills the input as the training's filling does, whatever stood there before",
        arguments: sizes, [InputForm.ChannelOrder.rgb, .bgr])
    func filling(size: ImageSize, order: InputForm.ChannelOrder) {
        for placement in [InputForm.Placement.topLeft, .centre] {
            let form = InputForm(
                size: ImageSize(width: 96, height: 64), channelOrder: order, white: order == .rgb ? 1 : 255,
                placement: placement)
            let image = SamplePhoto.image(size, seed: 3)
            var expected = [Float](repeating: 0, count: form.elementCount)
            expected.withUnsafeMutableBufferPointer { form.fill($0, with: image) }
            var written = [Float](repeating: -7, count: form.elementCount)
            written.withUnsafeMutableBufferPointer { NetworkInput(form: form).write(image, to: $0) }
            #expect(zip(expected, written).allSatisfy { abs($0 - $1) < 1e-5 })
        }
    }
}
