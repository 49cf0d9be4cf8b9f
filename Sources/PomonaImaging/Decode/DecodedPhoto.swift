public import PomonaCore

/// What a photo says of itself before its pixels.
public struct PhotoHeader: Equatable, Sendable {
    public var format: PhotoFormat

    /// The size of the upright photo.
    public var size: ImageSize

    /// The EXIF orientation that makes the stored photo upright, 1...8; 1 where nothing has to be turned.
    public var orientation: Int

    public init(format: PhotoFormat, size: ImageSize, orientation: Int) {
        self.format = format
        self.size = size
        self.orientation = orientation
    }

    /// The size as stored, before the orientation is applied.
    public var storedSize: ImageSize {
        orientation >= 5 ? ImageSize(width: size.height, height: size.width) : size
    }
}

/// A photo as pixels.
public struct DecodedPhoto: Equatable, Sendable {
    /// Upright 8-bit sRGB, scaled down where that was asked for.
    public var image: RGBImage

    /// The size of the upright photo before it was scaled down: the pixels that labels and answers speak of.
    public var originalSize: ImageSize

    public var format: PhotoFormat

    public init(image: RGBImage, originalSize: ImageSize, format: PhotoFormat) {
        self.image = image
        self.originalSize = originalSize
        self.format = format
    }
}
