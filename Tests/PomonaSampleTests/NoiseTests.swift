import PomonaCore
import Testing

@testable import PomonaSample

@Suite("Noise")
struct NoiseTests {
    private func points(_ count: Int) -> [Vector] {
        var generator = SeededGenerator(seed: 4)
        return (0..<count).map { _ in generator.direction() * generator.float(0, 40) }
    }

    @Test("Values stay in 0...1, spread over it, and differ between seeds")
    func range() {
        let values = points(2000).map { Noise.value($0, seed: 1) }
        #expect(values.allSatisfy { (0...1).contains($0) })
        let mean = values.reduce(0, +) / 2000
        #expect(abs(mean - 0.5) < 0.03)
        #expect(values.contains { $0 < 0.1 } && values.contains { $0 > 0.9 })
        #expect(values != points(2000).map { Noise.value($0, seed: 2) })
    }

    @Test("A small step changes the value a little, across cell borders too")
    func continuity() {
        for p in points(500) + [Vector(0, 0, 0), Vector(-1, 2, 3), Vector(5, -7, 0.5)] {
            let step = Vector(0.001, -0.001, 0.001)
            #expect(abs(Noise.value(p + step, seed: 3) - Noise.value(p - step, seed: 3)) < 0.02)
        }
    }

    @Test("The nearest speck is the same seen from where it lies")
    func specksStayInPlace() {
        for p in points(300) {
            let speck = Noise.speck(near: p, seed: 9)
            let again = Noise.speck(near: p + speck.offset, seed: 9)
            #expect(again.distance < 1e-3)
            #expect(again.identity == speck.identity)
            #expect(abs(speck.offset.length - speck.distance) < 1e-4)
        }
    }
}
