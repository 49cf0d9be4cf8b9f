public import PomonaCore

/// How a photo is given to a network; stored in every model file.
public struct InputForm: Codable, Hashable, Sendable {
    public enum ChannelOrder: String, Codable, Sendable { case rgb, bgr }

    /// Where the photo stands in an input of another shape.
    public enum Placement: String, Codable, Sendable { case topLeft, centre }

    /// Width and height of the input in pixels, multiples of 32.
    public var size: ImageSize
    public var channelOrder: ChannelOrder
    /// What white is: 255 for values in 0...255, 1 for values in 0...1.
    public var white: Float
    public var placement: Placement
    /// Value, in 0...255, of what the photo does not cover.
    public var fill: UInt8

    public init(
        size: ImageSize, channelOrder: ChannelOrder = .bgr, white: Float = 255, placement: Placement = .topLeft,
        fill: UInt8 = 114
    ) {
        self.size = size
        self.channelOrder = channelOrder
        self.white = white
        self.placement = placement
        self.fill = fill
    }

    /// Numbers one photo becomes.
    public var elementCount: Int { 3 * size.area }

    /// The form of the published YOLOX weights for a square input.
    public static func published(side: Int) -> InputForm {
        InputForm(size: ImageSize(width: side, height: side))
    }
}
