public import PomonaCore

extension InputForm {
    /// Writes a photo into a network's input: `[3, H, W] float32`, planes in the form's channel order.
    ///
    /// The photo is sampled bilinearly with pixel centres at half positions; where it shrinks by more than two, the
    /// samples are means over the area that falls on them, so fine patterns do not alias.
    ///
    /// - Parameters:
    ///   - image: The photo, or a smaller copy of it with the same proportions.
    ///   - plane: Room for `elementCount` numbers.
    public func fill(_ plane: UnsafeMutableBufferPointer<Float>, with image: RGBImage) {
        precondition(plane.count >= elementCount, "an input of \(size) needs \(elementCount) numbers")
        let letterbox = Letterbox(photo: image.size, input: self)
        let background = Float(fill) * white / 255
        plane.update(repeating: background)
        let target = letterbox.scaledSize
        let columns = Self.samples(from: image.width, to: target.width)
        let rows = Self.samples(from: image.height, to: target.height)
        let factor = white / 255
        let (area, first) = (size.area, Int(letterbox.offsetY) * size.width + Int(letterbox.offsetX))
        let order = channelOrder == .rgb ? [0, 1, 2] : [2, 1, 0]
        image.pixels.withUnsafeBufferPointer { pixels in
            for y in 0..<target.height {
                for x in 0..<target.width {
                    let (red, green, blue) = Self.sample(pixels, width: image.width, columns[x], rows[y])
                    let position = first + y * size.width + x
                    plane[order[0] * area + position] = red * factor
                    plane[order[1] * area + position] = green * factor
                    plane[order[2] * area + position] = blue * factor
                }
            }
        }
    }

    /// The run of source pixels that one target pixel is made of, and how the ends weigh.
    private struct Sample {
        var first: Int
        var last: Int
        var firstWeight: Float
        var lastWeight: Float
        /// One over the sum of all weights.
        var norm: Float
    }

    private static func samples(from source: Int, to target: Int) -> [Sample] {
        let ratio = Double(source) / Double(target)
        return (0..<target).map { index in
            if ratio > 2 {
                let (low, high) = (Double(index) * ratio, min(Double(index + 1) * ratio, Double(source)))
                let (first, last) = (Int(low), min(source - 1, Int((high - 1e-9).rounded(.down))))
                let firstWeight = Float(min(Double(first + 1), high) - low)
                let lastWeight = last > first ? Float(high - Double(last)) : 0
                return Sample(
                    first: first, last: last, firstWeight: firstWeight, lastWeight: lastWeight,
                    norm: 1 / Float(high - low))
            }
            let centre = max(0, min((Double(index) + 0.5) * ratio - 0.5, Double(source - 1)))
            let first = min(Int(centre), max(0, source - 2))
            let share = Float(centre - Double(first))
            return Sample(
                first: first, last: min(first + 1, source - 1), firstWeight: 1 - share, lastWeight: share, norm: 1)
        }
    }

    @inline(__always)
    private static func sample(
        _ pixels: UnsafeBufferPointer<UInt8>, width: Int, _ column: Sample, _ row: Sample
    ) -> (Float, Float, Float) {
        var (red, green, blue): (Float, Float, Float) = (0, 0, 0)
        for y in row.first...row.last {
            let rowWeight = y == row.first ? row.firstWeight : y == row.last ? row.lastWeight : 1
            var at = (y * width + column.first) * 3
            for x in column.first...column.last {
                let edge = x == column.first ? column.firstWeight : x == column.last ? column.lastWeight : 1
                let weight = edge * rowWeight
                red += Float(pixels[at]) * weight
                green += Float(pixels[at + 1]) * weight
                blue += Float(pixels[at + 2]) * weight
                at += 3
            }
        }
        let norm = column.norm * row.norm
        return (red * norm, green * norm, blue * norm)
    }
}
