import PomonaCore

/// A place that looks like no place beside it, in pixels of the image it was found in.
struct Corner {
    var x: Int
    var y: Int
    var strength: Float
}

/// Finds places at which brightness changes in both directions (Shi and Tomasi, "Good Features to Track", 1994), spread
/// over the whole image.
struct CornerFinder {
    /// Corners this near to the edge are left out: what is around them cannot be described.
    static let margin = 20
    /// Side of the cells that share the corners among them, in pixels.
    private static let cell = 40

    /// - Parameter most: About how many corners there will be at most.
    static func corners(in image: GreyImage, most: Int) -> [Corner] {
        let (width, height) = (image.width, image.height)
        guard min(width, height) > 2 * margin else { return [] }
        let strengths = strengths(image)
        let (columns, rows) = ((width + cell - 1) / cell, (height + cell - 1) / cell)
        let share = max(2, most / (columns * rows))
        var cells = [[Corner]](repeating: [], count: columns * rows)
        for y in margin..<height - margin {
            for x in margin..<width - margin {
                let strength = strengths[y * width + x]
                guard strength > 4, isPeak(strengths, width, x, y) else { continue }
                cells[y / cell * columns + x / cell].append(Corner(x: x, y: y, strength: strength))
            }
        }
        return cells.flatMap { $0.sorted { $0.strength > $1.strength }.prefix(share) }
    }

    private static func isPeak(_ strengths: [Float], _ width: Int, _ x: Int, _ y: Int) -> Bool {
        let own = strengths[y * width + x]
        for dy in -2...2 {
            for dx in -2...2 where (dx, dy) != (0, 0) {
                let other = strengths[(y + dy) * width + x + dx]
                // Of equal neighbours only the first counts.
                if other > own || (other == own && (dy, dx) < (0, 0)) { return false }
            }
        }
        return true
    }

    /// The smaller eigenvalue of the gradients' second moments over 5 x 5 pixels, as its root.
    private static func strengths(_ image: GreyImage) -> [Float] {
        let (width, height, count) = (image.width, image.height, image.width * image.height)
        var (xx, xy, yy) = (
            [Float](repeating: 0, count: count), [Float](repeating: 0, count: count),
            [Float](repeating: 0, count: count)
        )
        image.values.withUnsafeBufferPointer { values in
            for y in 1..<height - 1 {
                for x in 1..<width - 1 {
                    let place = y * width + x
                    let dx = (values[place + 1] - values[place - 1]) / 2
                    let dy = (values[place + width] - values[place - width]) / 2
                    xx[place] = dx * dx
                    xy[place] = dx * dy
                    yy[place] = dy * dy
                }
            }
        }
        let moments = [xx, xy, yy].map { GreyImage(width: width, height: height, values: $0).smoothed().values }
        return (0..<count).map { place in
            let (a, b, c) = (moments[0][place], moments[1][place], moments[2][place])
            let smaller = (a + c) / 2 - (((a - c) / 2) * ((a - c) / 2) + b * b).squareRoot()
            return max(0, smaller).squareRoot()
        }
    }
}
