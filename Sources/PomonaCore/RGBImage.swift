/// An upright 8-bit sRGB image in memory.
public struct RGBImage: Equatable, Sendable {
    public let size: ImageSize

    /// Rows from top to bottom, each pixel as red, green, blue: `[height, width, 3] uint8`, without padding.
    public var pixels: [UInt8]

    public var width: Int { size.width }
    public var height: Int { size.height }

    /// Wraps pixels that were decoded or drawn elsewhere.
    ///
    /// - Precondition: `pixels.count == width * height * 3`.
    public init(size: ImageSize, pixels: [UInt8]) {
        precondition(pixels.count == size.area * 3, "an RGB image of \(size) has \(size.area * 3) bytes")
        self.size = size
        self.pixels = pixels
    }

    /// An image of one grey value.
    public init(size: ImageSize, filledWith value: UInt8) {
        self.init(size: size, pixels: [UInt8](repeating: value, count: size.area * 3))
    }
}
