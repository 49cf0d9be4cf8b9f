import PomonaCore
import PomonaModel

/// Paints placed photos into a network's input, sampling bilinearly.
struct Painter {
    let input: InputForm
    /// `[3, H, W] float32`.
    let plane: UnsafeMutableBufferPointer<Float>

    func clear() {
        plane.update(repeating: Float(input.fill) * input.white / 255)
    }

    /// Two neighbouring pixels along one side and the weight of the second.
    private struct Tap {
        var first: Int
        var second: Int
        var weight: Float
    }

    func paint(_ image: RGBImage, _ placement: Placement, colours: ColourJitter) {
        let columns = Self.taps(
            placement.window.x, origin: placement.x, scale: placement.scaleX, count: image.width,
            isMirrored: placement.isMirrored)
        let rows = Self.taps(
            placement.window.y, origin: placement.y, scale: placement.scaleY, count: image.height, isMirrored: false)
        guard !columns.taps.isEmpty, !rows.taps.isEmpty else { return }
        let columnBytes = columns.taps.map { Tap(first: $0.first * 3, second: $0.second * 3, weight: $0.weight) }
        let (area, width) = (input.size.area, input.size.width)
        let isRGB = input.channelOrder == .rgb
        let factor = input.white / 255
        let (toRed, toGreen, toBlue) = colours.matrix
        let limit = SIMD3<Float>(repeating: 255)
        image.pixels.withUnsafeBufferPointer { pixels in
            columnBytes.withUnsafeBufferPointer { taps in
                for (offset, row) in rows.taps.enumerated() {
                    let (upper, lower) = (row.first * image.width * 3, row.second * image.width * 3)
                    var position = (rows.start + offset) * width + columns.start
                    for tap in taps {
                        let top = Self.mix(pixels, upper + tap.first, upper + tap.second, tap.weight)
                        let bottom = Self.mix(pixels, lower + tap.first, lower + tap.second, tap.weight)
                        let colour = top + (bottom - top) * row.weight
                        var jittered = SIMD3<Float>(
                            (colour * toRed).sum(), (colour * toGreen).sum(), (colour * toBlue).sum())
                        jittered = jittered.clamped(lowerBound: .zero, upperBound: limit) * factor
                        plane[position] = isRGB ? jittered.x : jittered.z
                        plane[position + area] = jittered.y
                        plane[position + 2 * area] = isRGB ? jittered.z : jittered.x
                        position += 1
                    }
                }
            }
        }
    }

    @inline(__always)
    private static func mix(
        _ pixels: UnsafeBufferPointer<UInt8>, _ left: Int, _ right: Int, _ weight: Float
    ) -> SIMD3<Float> {
        let a = SIMD3<Float>(Float(pixels[left]), Float(pixels[left + 1]), Float(pixels[left + 2]))
        let b = SIMD3<Float>(Float(pixels[right]), Float(pixels[right + 1]), Float(pixels[right + 2]))
        return a + (b - a) * weight
    }

    /// The pixels of a window that the photo covers, and where each is sampled.
    private static func taps(
        _ window: Range<Int>, origin: Double, scale: Double, count: Int, isMirrored: Bool
    ) -> (start: Int, taps: [Tap]) {
        let end = origin + Double(count) * scale
        let covered =
            max(
                window.lowerBound, Int(origin.rounded()))..<max(
                max(window.lowerBound, Int(origin.rounded())), min(window.upperBound, Int(end.rounded())))
        let taps = covered.map { pixel in
            var at = (Double(pixel) + 0.5 - origin) / scale - 0.5
            if isMirrored { at = Double(count - 1) - at }
            at = max(0, min(at, Double(count - 1)))
            let first = min(Int(at), count - 1)
            return Tap(first: first, second: min(first + 1, count - 1), weight: Float(at - Double(first)))
        }
        return (covered.lowerBound, taps)
    }
}
