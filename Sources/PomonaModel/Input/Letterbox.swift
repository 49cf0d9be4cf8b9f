public import PomonaCore

/// The placing of one photo in a network's input: scaled as a whole so that it fits, the rest filled.
public struct Letterbox: Equatable, Sendable {
    /// Input pixels per photo pixel.
    public let scale: Double
    /// Where the photo's top left corner lies in the input.
    public let offsetX: Double
    public let offsetY: Double
    /// The photo's extent in the input.
    public let scaledSize: ImageSize
    public let photoSize: ImageSize

    public init(photo: ImageSize, input: InputForm) {
        photoSize = photo
        scale = min(
            Double(input.size.width) / Double(max(1, photo.width)),
            Double(input.size.height) / Double(max(1, photo.height)))
        scaledSize = ImageSize(
            width: max(1, min(input.size.width, Int(Double(photo.width) * scale))),
            height: max(1, min(input.size.height, Int(Double(photo.height) * scale))))
        let isCentred = input.placement == .centre
        offsetX = isCentred ? Double((input.size.width - scaledSize.width) / 2) : 0
        offsetY = isCentred ? Double((input.size.height - scaledSize.height) / 2) : 0
    }

    /// The box in the photo's pixels, clipped to it.
    public func boxToPhoto(_ box: Box) -> Box {
        Box(
            xMin: (box.xMin - offsetX) / scale, yMin: (box.yMin - offsetY) / scale,
            xMax: (box.xMax - offsetX) / scale, yMax: (box.yMax - offsetY) / scale
        ).clipped(to: photoSize)
    }
}
