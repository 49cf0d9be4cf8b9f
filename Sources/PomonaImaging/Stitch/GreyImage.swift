import PomonaCore

/// One brightness a pixel, in which places are looked for.
struct GreyImage {
    let width: Int
    let height: Int
    /// `[height, width]`, 0...255.
    var values: [Float]

    init(width: Int, height: Int, values: [Float]) {
        self.width = width
        self.height = height
        self.values = values
    }

    /// The brightness of an image (ITU-R BT.601 weights).
    init(_ image: RGBImage) {
        width = image.width
        height = image.height
        values = image.pixels.withUnsafeBufferPointer { pixels in
            (0..<image.size.area).map {
                0.299 * Float(pixels[$0 * 3]) + 0.587 * Float(pixels[$0 * 3 + 1]) + 0.114 * Float(pixels[$0 * 3 + 2])
            }
        }
    }

    /// Each pixel mixed with its neighbours, binomial weights over five pixels, in both directions.
    func smoothed() -> GreyImage {
        var result = self
        result.values = pass(
            pass(values, step: 1, count: width, other: height, stride: width), step: width, count: height,
            other: width, stride: 1)
        return result
    }

    /// One direction: lines of `count` values `step` apart, the lines themselves `stride` apart.
    private func pass(_ source: [Float], step: Int, count: Int, other: Int, stride: Int) -> [Float] {
        [Float](unsafeUninitializedCapacity: source.count) { target, filled in
            source.withUnsafeBufferPointer { source in
                for line in 0..<other {
                    let base = line * stride
                    func at(_ place: Int) -> Float { source[base + min(max(place, 0), count - 1) * step] }
                    for place in 0..<count {
                        target[base + place * step] =
                            (at(place - 2) + at(place + 2) + 4 * (at(place - 1) + at(place + 1)) + 6 * at(place)) / 16
                    }
                }
            }
            filled = source.count
        }
    }
}
