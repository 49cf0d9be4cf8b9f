import PomonaCore
import Testing

@Suite("SeededGenerator")
struct SeededGeneratorTests {
    @Test("The same path gives the same numbers, another path others")
    func pathDecides() {
        var a = SeededGenerator(seed: 7, 3, 1)
        var b = SeededGenerator(seed: 7, 3, 1)
        var c = SeededGenerator(seed: 7, 1, 3)
        #expect(a.next() == b.next())
        #expect(a.next() != c.next())
    }

    @Test("Indices reach every value below the count and none beyond")
    func indicesCoverRange() {
        var generator = SeededGenerator(seed: 1)
        let drawn = Set((0..<200).map { _ in generator.index(below: 5) })
        #expect(drawn == [0, 1, 2, 3, 4])
    }

    @Test("Normal numbers have mean 0 and deviation 1")
    func normalMoments() {
        var generator = SeededGenerator(seed: 2)
        let drawn = (0..<20_000).map { _ in generator.normal() }
        let mean = drawn.reduce(0, +) / 20_000
        let variance = drawn.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 20_000
        #expect(abs(mean) < 0.03)
        #expect(abs(variance - 1) < 0.05)
    }
}
