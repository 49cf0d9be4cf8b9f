import PomonaCore
import PomonaModel
import PomonaVision
import Testing

@Suite("SceneComposer and RandomCrop")
struct ComposedScenesTests {
    private let input = InputForm(size: ImageSize(width: 192, height: 128), channelOrder: .rgb)

    /// A dark photo of 64 pixels with one white object.
    private let photo: TrainingExample = {
        let size = ImageSize(width: 64, height: 64)
        var image = RGBImage(size: size, filledWith: 40)
        for y in 20..<44 {
            for x in 16..<52 {
                for channel in 0..<3 { image.pixels[(y * size.width + x) * 3 + channel] = 255 }
            }
        }
        return TrainingExample(image: image, boxes: [Box(xMin: 16, yMin: 20, xMax: 52, yMax: 44)], labels: [3])
    }()

    private func scene(seed: UInt64 = 1, step: Int, slot: Int = 0) -> (plane: [Float], targets: [TargetBox]) {
        var targets: [TargetBox] = []
        let plane = [Float](unsafeUninitializedCapacity: input.elementCount) { buffer, count in
            targets = SceneComposer(input: input, seed: seed).scene(step: step, slot: slot, into: buffer) { _ in photo }
            count = input.elementCount
        }
        return (plane, targets)
    }

    @Test("Every object of a scene stands where its box says, inside of the input, under its own label")
    func boxesFollowPixels() {
        var counts: [Int] = []
        for step in 0..<40 {
            let (plane, targets) = scene(step: step)
            counts.append(targets.count)
            for target in targets {
                #expect(target.label == 3)
                #expect(target.xMin >= 0 && target.yMin >= 0 && target.xMax <= 192 && target.yMax <= 128)
                // Away from the edge everything is as white as brightness lets it be.
                let (columns, rows) = (
                    Int(target.xMin) + 3..<Int(target.xMax) - 3, Int(target.yMin) + 3..<Int(target.yMax) - 3
                )
                let darkest = rows.flatMap { y in columns.map { plane[y * 192 + $0] } }.min() ?? 255
                #expect(darkest > 140, "step \(step), \(target)")
            }
        }
        #expect((counts.max() ?? 0) > 1)
    }

    @Test("A scene follows from seed, step and slot alone")
    func repeats() {
        let (one, again) = (scene(step: 4), scene(step: 4))
        #expect(one.plane == again.plane && one.targets.count == again.targets.count)
        #expect(scene(step: 5).plane != one.plane)
        #expect(scene(step: 4, slot: 1).plane != one.plane)
        #expect(scene(seed: 2, step: 4).plane != one.plane)
    }

    private func view(_ image: RGBImage, step: Int, slot: Int = 0) -> [Float] {
        [Float](unsafeUninitializedCapacity: input.elementCount) { buffer, count in
            RandomCrop(input: input, seed: 1).view(of: image, step: step, slot: slot, into: buffer)
            count = input.elementCount
        }
    }

    @Test("A part of a photo fills the whole input, half of the time mirrored, and follows from step and slot")
    func views() {
        let size = ImageSize(width: 64, height: 48)
        let even = RGBImage(size: size, filledWith: 220)
        var ramp = RGBImage(size: size, filledWith: 0)
        for position in 0..<size.area {
            for channel in 0..<3 { ramp.pixels[position * 3 + channel] = UInt8(position % 64 * 4) }
        }
        var mirrored = 0
        for step in 0..<40 {
            let plain = view(even, step: step)
            // A grey stays grey, and no pixel is left to the fill.
            let (least, most) = (plain.min() ?? 0, plain.max() ?? 0)
            #expect(most - least < 1 && least > 220 * 0.59 && most < 220 * 1.41)
            let row = view(ramp, step: step)[0..<192]
            let isFalling = row[0] > row[191]
            // The ramp goes one way all along, and far enough for the least part that is shown.
            #expect(zip(row, row.dropFirst()).allSatisfy { isFalling ? $0 >= $1 - 0.01 : $0 <= $1 + 0.01 })
            #expect(abs(row[191] - row[0]) > 252 * 0.4 * 0.6)
            mirrored += isFalling ? 1 : 0
        }
        #expect((8...32).contains(mirrored))
        #expect(view(ramp, step: 1) == view(ramp, step: 1))
        #expect(view(ramp, step: 1) != view(ramp, step: 1, slot: 1))
        #expect(view(ramp, step: 1) != view(ramp, step: 2))
    }
}
