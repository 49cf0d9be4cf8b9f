import Foundation
public import PomonaCore
public import PomonaModel

/// Composes scenes out of small photos whose boxes are known: the input is divided at random, and every part shows one
/// photo.
///
/// Every scene is drawn from (seed, step, slot) alone.
public struct SceneComposer: Sendable {
    public let input: InputForm
    public let seed: UInt64

    /// No part is narrower or lower than this many pixels.
    public var leastPart = 40
    /// Chance that a part which could be divided once more is.
    public var divisionChance = 0.75
    /// Size of a photo relative to covering its part, drawn evenly on a logarithmic scale. Below 1 it stands somewhere in
    /// the part, above it the part shows a piece of it.
    public var smallestZoom = 0.75
    public var largestZoom = 1.35
    private let options: AugmentationOptions

    public init(input: InputForm, seed: UInt64) {
        self.input = input
        self.seed = seed
        var options = AugmentationOptions()
        options.leastVisibleShare = 0.4
        options.leastSide = 6
        self.options = options
    }

    /// Writes one scene into a network's input.
    ///
    /// - Parameters:
    ///   - step: The training step the scene is for.
    ///   - slot: Its place in the batch.
    ///   - plane: `[3, H, W] float32`, written in the input's form.
    ///   - draw: Chooses a photo for a part.
    /// - Returns: The objects in it, in input pixels.
    public func scene(
        step: Int, slot: Int, into plane: UnsafeMutableBufferPointer<Float>,
        draw: (inout SeededGenerator) -> TrainingExample
    ) -> [TargetBox] {
        var generator = SeededGenerator(seed: seed, 0x5CE4E, step, slot)
        let painter = Painter(input: input, plane: plane)
        painter.clear()
        var targets: [TargetBox] = []
        for part in parts(&generator) {
            let example = draw(&generator)
            let placement = placement(of: example.image.size, in: part, &generator)
            painter.paint(example.image, placement, colours: ColourJitter(options, generator: &generator))
            targets += placement.targets(of: example, options: options)
        }
        return targets
    }

    private typealias Part = (x: Range<Int>, y: Range<Int>)

    /// Cuts the input in two, and the halves again, for as long as chance and size allow.
    private func parts(_ generator: inout SeededGenerator) -> [Part] {
        var open: [Part] = [(0..<input.size.width, 0..<input.size.height)]
        var finished: [Part] = []
        while let part = open.popLast() {
            let isWide = part.x.count > part.y.count || (part.x.count == part.y.count && generator.chance(0.5))
            let side = isWide ? part.x : part.y
            // A part of extreme proportions would stretch its photo beyond recognition.
            let mustDivide = max(part.x.count, part.y.count) > 2 * min(part.x.count, part.y.count)
            guard side.count >= 2 * leastPart, mustDivide || generator.chance(divisionChance) else {
                finished.append(part)
                continue
            }
            let share = generator.uniform(0.35..<0.65) * Double(side.count)
            let cut = side.lowerBound + max(leastPart, min(side.count - leastPart, Int(share)))
            open.append(isWide ? (part.x.lowerBound..<cut, part.y) : (part.x, part.y.lowerBound..<cut))
            open.append(isWide ? (cut..<part.x.upperBound, part.y) : (part.x, cut..<part.y.upperBound))
        }
        return finished
    }

    private func placement(
        of image: ImageSize, in part: Part, _ generator: inout SeededGenerator
    ) -> Placement {
        let fitX = Double(part.x.count) / Double(image.width)
        let fitY = Double(part.y.count) / Double(image.height)
        let zoom = exp(generator.uniform(log(smallestZoom)..<log(largestZoom)))
        // Half way between keeping the photo's proportions and taking the part's.
        let mean = max(fitX, fitY) * zoom
        let (scaleX, scaleY) = ((mean * fitX * zoom).squareRoot(), (mean * fitY * zoom).squareRoot())
        let isMirrored = generator.chance(options.flipChance)
        let spareX = Double(part.x.count) - Double(image.width) * scaleX
        let spareY = Double(part.y.count) - Double(image.height) * scaleY
        return Placement(
            scaleX: scaleX, scaleY: scaleY, x: Double(part.x.lowerBound) + generator.unit() * spareX,
            y: Double(part.y.lowerBound) + generator.unit() * spareY, isMirrored: isMirrored, window: part)
    }
}
