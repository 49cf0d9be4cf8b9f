import Foundation
public import PomonaCore
public import PomonaModel

/// Makes varied views of whole photos for learning to classify: a random part, stretched to the input, perhaps mirrored,
/// with changed colours (Szegedy et al., "Going deeper with convolutions", 2015, section 6).
public struct RandomCrop: Sendable {
    public let input: InputForm
    public let seed: UInt64
    /// Share of the photo's area that a view shows at least.
    public var leastArea = 0.3
    /// Largest ratio of a view's sides before stretching, either way.
    public var aspect = 4.0 / 3
    private let colours: AugmentationOptions

    public init(input: InputForm, seed: UInt64) {
        self.input = input
        self.seed = seed
        var colours = AugmentationOptions()
        colours.saturation = 0.4
        colours.brightness = 0.4
        self.colours = colours
    }

    /// Writes one view into a network's input: `[3, H, W] float32`, drawn from (seed, step, slot) alone.
    public func view(of image: RGBImage, step: Int, slot: Int, into plane: UnsafeMutableBufferPointer<Float>) {
        var generator = SeededGenerator(seed: seed, 0xC209, step, slot)
        let area = generator.uniform(leastArea..<1).squareRoot()
        let stretch = exp(generator.uniform(-1..<1) * log(aspect) / 2)
        let (width, height) = (min(1, area * stretch), min(1, area / stretch))
        let scaleX = Double(input.size.width) / (width * Double(image.width))
        let scaleY = Double(input.size.height) / (height * Double(image.height))
        let placement = Placement(
            scaleX: scaleX, scaleY: scaleY, x: -generator.unit() * (1 - width) * Double(image.width) * scaleX,
            y: -generator.unit() * (1 - height) * Double(image.height) * scaleY, isMirrored: generator.chance(0.5),
            window: (0..<input.size.width, 0..<input.size.height))
        let painter = Painter(input: input, plane: plane)
        painter.clear()
        painter.paint(image, placement, colours: ColourJitter(colours, generator: &generator))
    }
}
