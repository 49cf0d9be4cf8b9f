public import PomonaCore

extension RGBImage {
    /// The pixels that a box touches; `nil` where it touches none.
    public func cropped(to box: Box) -> RGBImage? {
        let inside = box.clipped(to: size)
        guard inside.area > 0 else { return nil }
        let columns = Int(inside.xMin.rounded(.down))..<Int(inside.xMax.rounded(.up))
        let rows = Int(inside.yMin.rounded(.down))..<Int(inside.yMax.rounded(.up))

        var cut: [UInt8] = []
        cut.reserveCapacity(columns.count * rows.count * 3)
        for row in rows {
            let start = (row * width + columns.lowerBound) * 3
            cut.append(contentsOf: pixels[start..<start + columns.count * 3])
        }
        return RGBImage(size: ImageSize(width: columns.count, height: rows.count), pixels: cut)
    }
}
