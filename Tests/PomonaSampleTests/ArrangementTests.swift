import Foundation
import PomonaCore
import Testing

@testable import PomonaSample

@Suite("Arrangement")
struct ArrangementTests {
    private func arrangement(_ seed: UInt64) -> Arrangement {
        var generator = SeededGenerator(seed: seed)
        var arrangement = Arrangement()
        for kind in [ObjectKind.banana, .apple, .cup, .orange, .banana, .box] {
            arrangement.add(kind, spread: 0, &generator)
        }
        return arrangement
    }

    @Test("Everything lies on the ground, not in it or above it", arguments: 0..<12)
    func onGround(seed: UInt64) {
        for points in arrangement(seed).points {
            #expect(abs(points.lowest) < 0.01)
        }
    }

    @Test("Nothing passes through another thing", arguments: 0..<12)
    func apart(seed: UInt64) {
        let arrangement = arrangement(seed)
        for (first, points) in arrangement.points.enumerated() {
            for (second, object) in arrangement.objects.enumerated() where first != second {
                #expect(points.clearance(to: object) > -0.02)
            }
        }
    }

    @Test("Fruits rest: their weight is above where they touch the ground", arguments: 0..<12)
    func settled(seed: UInt64) {
        let arrangement = arrangement(seed)
        for (object, points) in zip(arrangement.objects, arrangement.points) where object.kind.label != nil {
            let support = points.points.filter { $0.y < points.lowest + 0.03 }
            for step in 0..<16 {
                let angle = Float(step) * .pi / 8
                let heading = Vector(cos(angle), 0, sin(angle))
                let reach = support.map { dot($0 - points.centre, heading) }.max() ?? -.infinity
                #expect(reach > -0.1)
            }
        }
    }

    @Test("Some neighbours touch, some do not")
    func gapsVary() {
        var gaps: [Float] = []
        for seed in 0..<12 {
            let arrangement = arrangement(UInt64(seed))
            for (first, points) in arrangement.points.enumerated() {
                let others = arrangement.objects.enumerated().filter { $0.offset != first }
                gaps.append(others.map { points.clearance(to: $0.element) }.min() ?? .infinity)
            }
        }
        #expect(gaps.contains { $0 < 0.03 })
        #expect(gaps.contains { $0 > 0.1 })
    }
}
