/// An axis-aligned box in pixels of the upright photo, as its two corners (the `XYXY` form).
///
/// The origin is the photo's top left corner and coordinates are continuous: a box that covers the whole of a
/// `w x h` photo is `(0, 0, w, h)`. Other forms (COCO's `[x, y, width, height]`, fractions of the photo) exist only
/// where a format demands them.
public struct Box: Hashable, Codable, Sendable {
    public var xMin: Double
    public var yMin: Double
    public var xMax: Double
    public var yMax: Double

    public init(xMin: Double, yMin: Double, xMax: Double, yMax: Double) {
        self.xMin = xMin
        self.yMin = yMin
        self.xMax = xMax
        self.yMax = yMax
    }

    public var width: Double { xMax - xMin }
    public var height: Double { yMax - yMin }

    /// Width times height; zero for a box without extent.
    public var area: Double { max(0, width) * max(0, height) }

    /// The part of this box inside a photo of the given size. Without any overlap the result has no area.
    public func clipped(to size: ImageSize) -> Box {
        let (right, bottom) = (Double(size.width), Double(size.height))
        return Box(
            xMin: min(max(xMin, 0), right), yMin: min(max(yMin, 0), bottom),
            xMax: min(max(xMax, 0), right), yMax: min(max(yMax, 0), bottom))
    }

    /// The area shared with another box.
    public func intersectionArea(_ other: Box) -> Double {
        let width = min(xMax, other.xMax) - max(xMin, other.xMin)
        let height = min(yMax, other.yMax) - max(yMin, other.yMin)
        return width > 0 && height > 0 ? width * height : 0
    }

    /// Intersection over union, 0...1; 0 where both boxes have no area.
    public func intersectionOverUnion(_ other: Box) -> Double {
        let shared = intersectionArea(other)
        let union = area + other.area - shared
        return union > 0 ? shared / union : 0
    }
}
