/// One line of text as coverage: how much of each pixel is ink.
struct TextMask {
    /// Of the mask, which is a pen's radius and a pixel larger than the text on all sides.
    private(set) var width: Int
    private(set) var height: Int
    /// Rows from the top, 0 (none) ... 255 (all ink).
    private(set) var coverage: [UInt8]
    /// Where the left end of the text and the top of its capitals lie in the mask.
    private(set) var origin: Int

    /// Width in pixels of a text whose capitals are so many pixels high, from pen to pen.
    static func width(of text: String, capHeight: Double) -> Double {
        (StrokeFont.layOut(text).width + StrokeFont.penWidth) * capHeight / StrokeFont.capHeight
    }

    init(_ text: String, capHeight: Double) {
        let scale = capHeight / StrokeFont.capHeight
        // Thinner than this a stroke would turn grey.
        let radius = max(0.6, StrokeFont.penWidth / 2 * scale)
        let line = StrokeFont.layOut(text)
        origin = Int(radius.rounded(.up)) + 1
        width = Int((line.width * scale).rounded(.up)) + 2 * origin
        height = Int((StrokeFont.descender * scale).rounded(.up)) + 2 * origin
        coverage = [UInt8](repeating: 0, count: width * height)

        // Pixel centres lie at half coordinates.
        let shift = StrokeFont.Point(repeating: Double(origin) - 0.5)
        for stroke in line.strokes {
            let points = stroke.map { $0 * scale + shift }
            if points.count == 1 { draw(from: points[0], to: points[0], radius: radius) }
            for (start, end) in zip(points, points.dropFirst()) { draw(from: start, to: end, radius: radius) }
        }
    }

    /// Draws a line with round ends. A pixel's coverage follows from its distance to the line.
    private mutating func draw(from start: StrokeFont.Point, to end: StrokeFont.Point, radius: Double) {
        let low = pointwiseMin(start, end) - (radius + 1)
        let high = pointwiseMax(start, end) + (radius + 1)
        let along = end - start
        let squaredLength = (along * along).sum()
        for y in max(0, Int(low.y))...min(height - 1, Int(high.y)) {
            for x in max(0, Int(low.x))...min(width - 1, Int(high.x)) {
                let offset = StrokeFont.Point(Double(x), Double(y)) - start
                let part = squaredLength > 0 ? min(max((offset * along).sum() / squaredLength, 0), 1) : 0
                let away = offset - part * along
                let ink = min(max(radius + 0.5 - (away * away).sum().squareRoot(), 0), 1)
                let index = y * width + x
                coverage[index] = max(coverage[index], UInt8((ink * 255).rounded()))
            }
        }
    }
}
