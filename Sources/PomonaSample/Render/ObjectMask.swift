public import PomonaCore

/// Which object each pixel of a rendered photo shows at its middle.
public struct ObjectMask: Equatable, Sendable {
    public let size: ImageSize

    /// Rows from top to bottom: `[height, width] uint8`, index of the object plus one; 0 where none is seen.
    public let pixels: [UInt8]

    init(size: ImageSize, pixels: [UInt8]) {
        self.size = size
        self.pixels = pixels
    }

    /// The smallest boxes around the visible pixels of the objects `0..<count`, with their number of pixels; `nil` for
    /// an object of which none is seen.
    func extents(count: Int) -> [(box: Box, pixels: Int)?] {
        var areas = [Int](repeating: 0, count: count)
        var left = [Int](repeating: .max, count: count)
        var top = left
        var right = [Int](repeating: .min, count: count)
        var bottom = right
        for y in 0..<size.height {
            for x in 0..<size.width {
                let object = Int(pixels[y * size.width + x]) - 1
                guard object >= 0 else { continue }
                areas[object] += 1
                left[object] = min(left[object], x)
                right[object] = max(right[object], x)
                top[object] = min(top[object], y)
                bottom[object] = y
            }
        }
        return (0..<count).map { object in
            guard areas[object] > 0 else { return nil }
            let box = Box(
                xMin: Double(left[object]), yMin: Double(top[object]),
                xMax: Double(right[object] + 1), yMax: Double(bottom[object] + 1))
            return (box, areas[object])
        }
    }
}
