import Testing

@testable import PomonaImaging

@Suite("StrokeFont")
struct StrokeFontTests {
    @Test("There is a drawing for every printable character, within the lines")
    func complete() {
        #expect(StrokeFont.glyphs.count == 95)
        for (index, glyph) in StrokeFont.glyphs.enumerated().dropFirst() {
            #expect(!glyph.strokes.isEmpty && glyph.strokes.allSatisfy { !$0.isEmpty }, "glyph \(index)")
            for point in glyph.strokes.joined() {
                #expect((0...StrokeFont.descender).contains(point.y) && (0...22).contains(point.x), "glyph \(index)")
            }
        }
    }

    @Test("No two characters look the same")
    func distinct() {
        let masks = (0x21...0x7E).map { code in
            TextMask(String(UnicodeScalar(UInt8(code))), capHeight: 12).coverage
        }
        // A hyphen and an underscore differ only by height, which the mask shows.
        #expect(Set(masks).count == masks.count)
    }

    @Test(
        "Text beyond ASCII is written in Latin letters, or with question marks",
        arguments: [
            ("apple 97%", "apple 97%"), ("Äpfel", "Apfel"), ("Straße", "Strasse"), ("crème brûlée", "creme brulee"),
            ("яблоко", "abloko"), ("🍎", "?"), ("a\nb", "a?b"), ("", ""),
        ])
    func ascii(text: String, expected: String) {
        #expect(StrokeFont.asciiForm(of: text) == expected)
    }

    @Test("A mask holds its text: the edge is free of ink and wider text needs more room")
    func mask() {
        let mask = TextMask("gjpqy|W", capHeight: 17)
        var edge = Array(mask.coverage.prefix(mask.width))
        edge += mask.coverage.suffix(mask.width)
        for row in 0..<mask.height {
            edge.append(mask.coverage[row * mask.width])
            edge.append(mask.coverage[(row + 1) * mask.width - 1])
        }
        #expect(edge.allSatisfy { $0 == 0 })
        #expect(mask.coverage.contains(255))
        #expect(TextMask.width(of: "apples", capHeight: 10) > TextMask.width(of: "apple", capHeight: 10))
    }
}
