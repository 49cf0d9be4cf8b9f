import Testing

@testable import PomonaImaging

@Suite("LabelPalette")
struct LabelPaletteTests {
    @Test("The first sixteen colours are well apart from each other")
    func apart() {
        let colors = (0..<16).map { LabelPalette.color(forLabel: $0) }
        for (index, color) in colors.enumerated() {
            for other in colors[..<index] {
                let difference = SIMD3<Double>(
                    Double(color.red) - Double(other.red), Double(color.green) - Double(other.green),
                    Double(color.blue) - Double(other.blue))
                #expect((difference * difference).sum().squareRoot() > 45, "\(color) and \(other)")
            }
        }
    }

    @Test("Every label has a colour of its own for hundreds of labels, and always the same")
    func many() {
        let colors = (0..<300).map { LabelPalette.color(forLabel: $0) }
        #expect(Set(colors).count == 300)
        #expect(colors == (0..<300).map { LabelPalette.color(forLabel: $0) })
    }

    @Test("The ink on a plate has a contrast of at least 4.5")
    func ink() {
        for index in 0..<100 {
            let color = LabelPalette.color(forLabel: index)
            let (a, b) = (color.luminance, color.readableInk.luminance)
            #expect((max(a, b) + 0.05) / (min(a, b) + 0.05) >= 4.5)
        }
    }

    @Test("A negative index, which no label has, is no crash")
    func negative() {
        #expect(LabelPalette.color(forLabel: -3) == LabelPalette.colors[0])
    }
}
