import PomonaCore
import Testing

@testable import PomonaSample

@Suite("Shapes")
struct ShapeTests {
    static let specimens: [Solid] = (0..<30).map { index in
        var generator = SeededGenerator(seed: 12, index)
        switch ObjectKind.allCases[index % ObjectKind.allCases.count] {
        case .apple: return Apples.solid(&generator)
        case .banana: return Bananas.solid(&generator)
        case .orange: return Oranges.solid(&generator)
        case let prop: return Props.solid(prop, &generator)
        }
    }

    /// Points in and around the bounds.
    private func points(around solid: Solid, count: Int) -> [Vector] {
        var generator = SeededGenerator(seed: 3)
        let bounds = solid.bounds.expanded(by: 0.2)
        let extent = bounds.upper - bounds.lower
        return (0..<count).map { _ in
            bounds.lower + extent * Vector(generator.float(0, 1), generator.float(0, 1), generator.float(0, 1))
        }
    }

    @Test("A step as long as the distance never passes the surface", arguments: specimens.indices)
    func distancesAreSafe(index: Int) {
        let solid = Self.specimens[index]
        var generator = SeededGenerator(seed: 5, index)
        for p in points(around: solid, count: 400) {
            let distance = solid.distance(at: p)
            guard distance > 0.01 else { continue }
            // A hair over the surface counts as on it, as it does for a marching ray.
            for _ in 0..<8 {
                #expect(solid.distance(at: p + generator.direction() * distance) > -0.004)
            }
        }
    }

    @Test("The bounds hold the whole solid", arguments: specimens.indices)
    func boundsHoldSolid(index: Int) {
        let solid = Self.specimens[index]
        let bounds = solid.bounds
        for p in points(around: solid, count: 3000) where solid.distance(at: p) < 0 {
            #expect(!(any(p .< bounds.lower) || any(p .> bounds.upper)))
        }
    }

    @Test("Rays from all sides meet the solid at its surface", arguments: specimens.indices)
    func raysMeetSurface(index: Int) {
        let solid = Self.specimens[index]
        var generator = SeededGenerator(seed: 6, index)
        let inside = points(around: solid, count: 4000).first { solid.distance(at: $0) < -0.02 }
        guard let inside else {
            Issue.record("nothing inside")
            return
        }
        for _ in 0..<40 {
            let outward = generator.direction()
            let ray = Ray(origin: inside + outward * 5, direction: -outward)
            let distance = solid.march(ray, limit: .infinity)
            #expect(distance < 5)
            #expect(abs(solid.distance(at: ray.point(at: distance))) < 0.005)
        }
    }

    @Test("A solid shadows a point beneath it and leaves one beside it lit")
    func shadows() {
        let ball = BallShape(radius: 0.4)
        func visibility(_ x: Float) -> Float {
            ball.visibility(along: Ray(origin: [x, -1, 0], direction: [0, 1, 0]), halfWidth: 0.1)
        }
        #expect(visibility(0) < 0.01)
        #expect(visibility(1) > 0.99)
        let penumbra = visibility(0.4)
        #expect(penumbra > 0.2 && penumbra < 0.8)
    }

    @Test("An apple is dimpled, a banana bent, an orange round")
    func characters() throws {
        let apple = try #require(Self.specimens.compactMap { if case .apple(let s, _) = $0 { s } else { nil } }.first)
        // Beside the stem, on the side that it does not bend to.
        let beside = apple.stemBend * (-0.14 * apple.radius / max(apple.stemBend.length, 1e-3))
        let dimple = apple.march(Ray(origin: [beside.x, 3, beside.y], direction: [0, -1, 0]), limit: 9)
        let shoulder = apple.march(
            Ray(origin: [0, 3, apple.shoulder * apple.radius], direction: [0, -1, 0]), limit: 9)
        #expect(dimple > shoulder + 0.01)

        let banana = try #require(Self.specimens.compactMap { if case .banana(let s, _) = $0 { s } else { nil } }.first)
        let middle = banana.bounds.upper.y
        #expect(middle > 0.1 && banana.bounds.lower.y < -0.2)
        #expect(banana.distance(at: [0, 0, 0]) < 0)
        #expect(banana.distance(at: [banana.bounds.upper.x * 0.7, 0.1, 0]) > 0)

        let orange = try #require(Self.specimens.compactMap { if case .orange(let s, _) = $0 { s } else { nil } }.first)
        for direction in [Vector(1, 0, 0), Vector(0, 0, -1), Vector(-0.6, 0, 0.8)] {
            #expect(abs(orange.distance(at: direction * orange.radius)) < 0.06 * orange.radius)
        }
    }
}
