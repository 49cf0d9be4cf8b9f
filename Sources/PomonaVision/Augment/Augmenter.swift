import Foundation
import PomonaCore
public import PomonaModel

/// Makes varied training examples out of photos.
///
/// Every example is drawn from (seed, step, slot) alone, so it does not matter which thread makes it or when.
public struct Augmenter: Sendable {
    public let options: AugmentationOptions
    public let input: InputForm
    public let seed: UInt64

    public init(options: AugmentationOptions, input: InputForm, seed: UInt64) {
        self.options = options
        self.input = input
        self.seed = seed
    }

    /// Writes one example into a network's input.
    ///
    /// - Parameters:
    ///   - photo: Position of the photo the example is about.
    ///   - others: Positions of the photos that mosaics take their other photos from.
    ///   - step: The training step the example is for.
    ///   - slot: Its place in the batch.
    ///   - plane: `[3, H, W] float32`, written in the input's form.
    ///   - load: Decodes a photo by position.
    /// - Returns: The objects in it, in input pixels.
    public func example(
        photo: Int, others: [Int], step: Int, slot: Int, into plane: UnsafeMutableBufferPointer<Float>,
        load: (Int) throws -> TrainingExample
    ) rethrows -> [TargetBox] {
        var generator = SeededGenerator(seed: seed, 0xA06, step, slot)
        let painter = Painter(input: input, plane: plane)
        painter.clear()
        let main = try load(photo)
        guard generator.chance(options.mosaicChance) else {
            let window = (x: 0..<input.size.width, y: 0..<input.size.height)
            let placement = placement(of: main.image.size, in: window, scaledBy: 1, &generator)
            return paint(main, placement, painter, &generator)
        }
        var examples = [main]
        for _ in 0..<3 { examples.append(try load(others[generator.index(below: others.count)])) }
        return mosaic(examples, painter, &generator)
    }

    /// Four photos around a random point, each cut to its quarter.
    private func mosaic(
        _ examples: [TrainingExample], _ painter: Painter, _ generator: inout SeededGenerator
    ) -> [TargetBox] {
        let centreX = Int(generator.uniform(0.3..<0.7) * Double(input.size.width))
        let centreY = Int(generator.uniform(0.3..<0.7) * Double(input.size.height))
        let windows = [
            (0..<centreX, 0..<centreY), (centreX..<input.size.width, 0..<centreY),
            (0..<centreX, centreY..<input.size.height),
            (centreX..<input.size.width, centreY..<input.size.height),
        ]
        var targets: [TargetBox] = []
        for (example, window) in zip(examples, windows) {
            let placement = placement(
                of: example.image.size, in: (x: window.0, y: window.1), scaledBy: 0.6, &generator)
            targets += paint(example, placement, painter, &generator)
        }
        return targets
    }

    /// Draws scale, proportions, mirroring and position. A photo smaller than the window stands anywhere inside it, a
    /// larger one is cut anywhere.
    private func placement(
        of image: ImageSize, in window: (x: Range<Int>, y: Range<Int>), scaledBy share: Double,
        _ generator: inout SeededGenerator
    ) -> Placement {
        let fitting = min(
            Double(input.size.width) / Double(image.width), Double(input.size.height) / Double(image.height))
        let jitter = exp(generator.uniform(log(options.smallestScale)..<log(options.largestScale)))
        let aspect = exp(generator.uniform(-1..<1) * log(1 + options.aspect) / 2)
        let scale = fitting * jitter * share
        let (scaleX, scaleY) = (scale * aspect, scale / aspect)
        let isMirrored = generator.chance(options.flipChance)
        let spareX = Double(window.x.count) - Double(image.width) * scaleX
        let spareY = Double(window.y.count) - Double(image.height) * scaleY
        return Placement(
            scaleX: scaleX, scaleY: scaleY, x: Double(window.x.lowerBound) + generator.unit() * spareX,
            y: Double(window.y.lowerBound) + generator.unit() * spareY, isMirrored: isMirrored, window: window)
    }

    private func paint(
        _ example: TrainingExample, _ placement: Placement, _ painter: Painter, _ generator: inout SeededGenerator
    ) -> [TargetBox] {
        painter.paint(example.image, placement, colours: ColourJitter(options, generator: &generator))
        return placement.targets(of: example, options: options)
    }
}
