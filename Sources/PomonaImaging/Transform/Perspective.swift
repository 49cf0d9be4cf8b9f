public import PomonaCore

/// Four corners of something flat and rectangular, as a photo shows them, in its pixels.
public struct Quadrilateral: Hashable, Sendable {
    public struct Point: Hashable, Sendable {
        public var x: Double
        public var y: Double

        public init(x: Double, y: Double) {
            self.x = x
            self.y = y
        }

        fileprivate func distance(to other: Point) -> Double {
            ((x - other.x) * (x - other.x) + (y - other.y) * (y - other.y)).squareRoot()
        }
    }

    public var topLeft: Point
    public var topRight: Point
    public var bottomRight: Point
    public var bottomLeft: Point

    public init(topLeft: Point, topRight: Point, bottomRight: Point, bottomLeft: Point) {
        self.topLeft = topLeft
        self.topRight = topRight
        self.bottomRight = bottomRight
        self.bottomLeft = bottomLeft
    }

    /// Whether the corners go round clockwise without a dent, which is what any view of a rectangle's front gives.
    public var isConvex: Bool {
        let corners = [topLeft, topRight, bottomRight, bottomLeft]
        return corners.indices.allSatisfy { index in
            let (a, b, c) = (corners[index], corners[(index + 1) % 4], corners[(index + 2) % 4])
            return (b.x - a.x) * (c.y - b.y) - (b.y - a.y) * (c.x - b.x) > 1e-6
        }
    }

    /// The size at which no side loses pixels.
    public var rectifiedSize: ImageSize {
        ImageSize(
            width: max(1, Int(max(topLeft.distance(to: topRight), bottomLeft.distance(to: bottomRight)).rounded())),
            height: max(1, Int(max(topLeft.distance(to: bottomLeft), topRight.distance(to: bottomRight)).rounded())))
    }
}

extension RGBImage {
    /// The part of the image that a quadrilateral bounds, seen from straight in front: the projective mapping of the unit
    /// square to the quadrilateral (Heckbert, "Fundamentals of Texture Mapping and Image Warping", 1989, section 2.2.3),
    /// sampled bilinearly.
    ///
    /// - Precondition: the quadrilateral is convex.
    public func rectified(_ corners: Quadrilateral, to newSize: ImageSize) -> RGBImage {
        precondition(corners.isConvex, "only a convex quadrilateral is the view of a rectangle")
        let mapping = SquareMapping(corners)
        var output = [UInt8](repeating: 0, count: newSize.area * 3)
        pixels.withUnsafeBufferPointer { source in
            output.withUnsafeMutableBufferPointer { target in
                for row in 0..<newSize.height {
                    let v = (Double(row) + 0.5) / Double(newSize.height)
                    for column in 0..<newSize.width {
                        let (x, y) = mapping(u: (Double(column) + 0.5) / Double(newSize.width), v: v)
                        sample(source, x - 0.5, y - 0.5, into: target, at: (row * newSize.width + column) * 3)
                    }
                }
            }
        }
        return RGBImage(size: newSize, pixels: output)
    }

    /// Mixes the four pixels around a place; outside of the image its edge goes on.
    private func sample(
        _ source: UnsafeBufferPointer<UInt8>, _ x: Double, _ y: Double, into target: UnsafeMutableBufferPointer<UInt8>,
        at place: Int
    ) {
        let (x, y) = (min(max(x, 0), Double(width - 1)), min(max(y, 0), Double(height - 1)))
        let (left, top) = (Int(x), Int(y))
        let (right, bottom) = (min(left + 1, width - 1), min(top + 1, height - 1))
        let (shareX, shareY) = (x - Double(left), y - Double(top))
        for channel in 0..<3 {
            func value(_ column: Int, _ row: Int) -> Double { Double(source[(row * width + column) * 3 + channel]) }
            let upper = value(left, top) * (1 - shareX) + value(right, top) * shareX
            let lower = value(left, bottom) * (1 - shareX) + value(right, bottom) * shareX
            target[place + channel] = UInt8((upper * (1 - shareY) + lower * shareY).rounded())
        }
    }
}

/// The projective mapping of the unit square to a quadrilateral.
private struct SquareMapping {
    private let (a, b, c): (Double, Double, Double)
    private let (d, e, f): (Double, Double, Double)
    private let (g, h): (Double, Double)

    init(_ corners: Quadrilateral) {
        let (p0, p1, p2, p3) = (corners.topLeft, corners.topRight, corners.bottomRight, corners.bottomLeft)
        let (sumX, sumY) = (p0.x - p1.x + p2.x - p3.x, p0.y - p1.y + p2.y - p3.y)
        let (dx1, dx2) = (p1.x - p2.x, p3.x - p2.x)
        let (dy1, dy2) = (p1.y - p2.y, p3.y - p2.y)
        // Not zero: the quadrilateral is convex, so these two sides are not parallel to each other.
        let determinant = dx1 * dy2 - dx2 * dy1
        g = (sumX * dy2 - dx2 * sumY) / determinant
        h = (dx1 * sumY - sumX * dy1) / determinant
        (a, b, c) = (p1.x - p0.x + g * p1.x, p3.x - p0.x + h * p3.x, p0.x)
        (d, e, f) = (p1.y - p0.y + g * p1.y, p3.y - p0.y + h * p3.y, p0.y)
    }

    func callAsFunction(u: Double, v: Double) -> (x: Double, y: Double) {
        let scale = 1 / (g * u + h * v + 1)
        return ((a * u + b * v + c) * scale, (d * u + e * v + f) * scale)
    }
}
