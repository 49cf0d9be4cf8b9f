import Foundation

/// A typeface of pen strokes for printable ASCII, so that text in drawings needs no font of the machine's.
///
/// Strokes have round ends and can be drawn at any size. Heights are in units: capitals reach from 0 to 24 downwards,
/// small letters begin at 8, descenders end at 31.
enum StrokeFont {
    typealias Point = SIMD2<Double>

    struct Glyph {
        /// Polylines; one point alone is a dot.
        var strokes: [[Point]]
        /// From the leftmost to the rightmost point.
        var width: Double
    }

    static let capHeight = 24.0
    static let descender = 31.0
    static let penWidth = 3.4

    /// Between the points of neighbouring glyphs.
    static let spacing = 6.5

    /// Text as strokes from the left edge of its first glyph, and its width in units.
    static func layOut(_ text: String) -> (strokes: [[Point]], width: Double) {
        var strokes: [[Point]] = []
        var x = 0.0
        for code in asciiForm(of: text).utf8 {
            let glyph = glyphs[Int(code) - firstCode]
            strokes += glyph.strokes.map { stroke in stroke.map { $0 + Point(x, 0) } }
            x += glyph.width + spacing
        }
        return (strokes, max(0, x - spacing))
    }

    /// The text in printable ASCII: other scripts in Latin letters, accents dropped, `?` for what has no such form.
    static func asciiForm(of text: String) -> String {
        let isPrintable = { (code: UInt8) in (0x20...0x7E).contains(code) }
        if text.utf8.allSatisfy(isPrintable) { return text }
        let latin = text.applyingTransform(StringTransform("Any-Latin; Latin-ASCII"), reverse: false) ?? text
        return String(latin.map { $0.utf8.count == 1 && $0.utf8.allSatisfy(isPrintable) ? $0 : "?" })
    }

    private static let firstCode = 0x20

    /// In the order of their codes, space to tilde.
    static let glyphs: [Glyph] = StrokeFontGlyphs.table.map { description in
        let strokes = description.split(separator: ";").map { polyline(String($0)) }
        let width = strokes.joined().map(\.x).max() ?? StrokeFontGlyphs.spaceWidth
        return Glyph(strokes: strokes, width: width)
    }

    /// Reads one stroke of the table and turns its curves into short lines.
    private static func polyline(_ description: String) -> [Point] {
        var points: [Point] = []
        var control: Point?
        for token in description.split(separator: " ") {
            let digits = token.suffix(2).compactMap { $0.isASCII ? Int(String($0), radix: 36) : nil }
            guard digits.count == 2 else { continue }
            let point = Point(Double(digits[0]), Double(digits[1]))
            if token.hasPrefix("~") {
                control = point
            } else if let bend = control, let start = points.last {
                let steps = 8
                for step in 1...steps {
                    let t = Double(step) / Double(steps)
                    points.append((1 - t) * (1 - t) * start + 2 * t * (1 - t) * bend + t * t * point)
                }
                control = nil
            } else if points.last != point {
                points.append(point)
            }
        }
        return points
    }
}
