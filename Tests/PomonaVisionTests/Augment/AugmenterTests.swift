import PomonaCore
import PomonaModel
import PomonaVision
import Testing

@Suite("Augmenter")
struct AugmenterTests {
    private let input = InputForm(size: ImageSize(width: 160, height: 96), channelOrder: .rgb)

    /// A grey photo with one white object.
    private let photo: TrainingExample = {
        let size = ImageSize(width: 120, height: 90)
        var image = RGBImage(size: size, filledWith: 60)
        for y in 30..<60 {
            for x in 40..<90 {
                for channel in 0..<3 { image.pixels[(y * size.width + x) * 3 + channel] = 255 }
            }
        }
        return TrainingExample(image: image, boxes: [Box(xMin: 40, yMin: 30, xMax: 90, yMax: 60)], labels: [4])
    }()

    private func example(_ options: AugmentationOptions, step: Int) -> (plane: [Float], targets: [TargetBox]) {
        var targets: [TargetBox] = []
        let plane = [Float](unsafeUninitializedCapacity: input.elementCount) { buffer, count in
            targets = Augmenter(options: options, input: input, seed: 5).example(
                photo: 0, others: [0], step: step, slot: 0, into: buffer
            ) { _ in photo }
            count = input.elementCount
        }
        return (plane, targets)
    }

    @Test("The box follows the object's pixels through every change")
    func boxesFollowPixels() throws {
        var options = AugmentationOptions().finishing
        // Grey and white stay apart whatever the brightness, and no photo is cut.
        (options.brightness, options.largestScale) = (0, 0.95)
        for step in 0..<100 {
            let (plane, targets) = example(options, step: step)
            let target = try #require(targets.first)
            #expect(target.label == 4)
            let bright = (0..<input.size.area).filter { plane[$0] > 185 }
            let columns = bright.map { $0 % input.size.width }
            let rows = bright.map { $0 / input.size.width }
            #expect(abs(Float(try #require(columns.min())) - target.xMin) <= 1.5)
            #expect(abs(Float(try #require(columns.max()) + 1) - target.xMax) <= 1.5)
            #expect(abs(Float(try #require(rows.min())) - target.yMin) <= 1.5)
            #expect(abs(Float(try #require(rows.max()) + 1) - target.yMax) <= 1.5)
        }
    }

    @Test("An example follows from seed, step and slot alone")
    func determinism() {
        let first = example(AugmentationOptions(), step: 7)
        _ = example(AugmentationOptions(), step: 1)
        let again = example(AugmentationOptions(), step: 7)
        #expect(first.plane == again.plane && first.targets == again.targets)
        #expect(first.plane != example(AugmentationOptions(), step: 8).plane)
    }

    @Test("A mosaic's boxes lie inside the input")
    func mosaicBoxesInside() {
        var options = AugmentationOptions()
        options.mosaicChance = 1
        var total = 0
        for step in 0..<50 {
            for target in example(options, step: step).targets {
                total += 1
                #expect(target.xMin >= 0 && target.yMin >= 0 && target.xMax <= 160 && target.yMax <= 96)
                #expect(target.xMax - target.xMin >= 2 && target.yMax - target.yMin >= 2)
            }
        }
        #expect(total > 50)
    }
}
