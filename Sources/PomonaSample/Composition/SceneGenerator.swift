import PomonaCore

/// Composes random still lifes of fruit.
///
/// Everything follows from the seed and the scene's index; scenes can be made in any order and on any thread. Render
/// them with ``SceneRenderer``.
public struct SceneGenerator: Sendable {
    public let seed: UInt64

    /// Width of the picture against its height, for which scenes are composed.
    public let aspectRatio: Double

    public init(seed: UInt64, aspectRatio: Double = 4.0 / 3.0) {
        precondition(aspectRatio > 0, "a picture's aspect ratio is positive, not \(aspectRatio)")
        self.seed = seed
        self.aspectRatio = aspectRatio
    }

    /// At least this share of each fruit's outline is seen; less is composed anew.
    static let leastVisibleShare: Float = 0.25

    /// At least this share of the picture shows each fruit.
    static let leastArea: Float = 0.003

    private static let attempts = 24

    /// A scene of one to six fruits of any kind, and often things that are no fruit.
    public func scene(_ index: Int) -> Scene {
        var generator = SeededGenerator(seed: seed, index, 0)
        let count = generator.pick([1, 1, 2, 2, 3, 3, 4, 5, 6])
        var kinds = (0..<count).map { _ in generator.pick(ObjectKind.fruits) }
        if generator.chance(0.4) {
            kinds += (0...generator.index(below: 2)).map { _ in generator.pick(ObjectKind.props) }
        }
        return scene(index, showing: kinds)
    }

    /// A scene of given things.
    ///
    /// - Parameters:
    ///   - index: The scene's number; another number gives another scene of the same things.
    ///   - kinds: What stands in it, 1...64 things; of every fruit at least a quarter is to be seen.
    public func scene(_ index: Int, showing kinds: [ObjectKind]) -> Scene {
        precondition((1...64).contains(kinds.count), "a scene shows 1...64 things, not \(kinds.count)")
        for attempt in 0..<Self.attempts {
            let scene = compose(index, kinds, attempt: attempt, isOpen: false)
            if isWellVisible(scene) { return scene }
        }
        return compose(index, kinds, attempt: Self.attempts, isOpen: true)
    }

    /// - Parameter isOpen: Lays everything apart and looks from above, where nothing can hide.
    private func compose(_ index: Int, _ kinds: [ObjectKind], attempt: Int, isOpen: Bool) -> Scene {
        var generator = SeededGenerator(seed: seed, index, 1, attempt)
        var arrangement = Arrangement()
        // Later attempts lie further apart, so that crowded scenes come to an end.
        let spread = isOpen ? 0.5 : 0.02 * Float(attempt)
        for kind in kinds { arrangement.add(kind, spread: spread, &generator) }

        let ground = Grounds.pattern(&generator)
        let lighting = Lightings.lighting(ground: Grounds.meanAlbedo(of: ground), &generator)
        let subjects = kinds.indices.filter { kinds[$0].label != nil }
        var framing = Framing(aspectRatio: Float(aspectRatio), subjects: subjects.count, &generator)
        if isOpen {
            framing.elevation = 1.3
            framing.fill = 0.9
            framing.shift = .zero
        }
        let shown = subjects.isEmpty ? Array(kinds.indices) : subjects
        let camera = framing.camera(on: shown.flatMap { arrangement.points[$0].points })
        return Scene(
            objects: arrangement.objects, ground: ground, groundTurn: generator.heading(),
            backdrop: backdrop(behind: arrangement, lighting, &generator), lighting: lighting, camera: camera,
            film: Lightings.film(for: lighting, &generator))
    }

    private func backdrop(
        behind arrangement: Arrangement, _ lighting: Lighting, _ generator: inout SeededGenerator
    ) -> Backdrop {
        let farthest = arrangement.points.reduce(Float(0)) { $1.points.reduce($0) { min($0, $1.z) } }
        let distance = -farthest + generator.logarithmic(0.15, 6)
        switch generator.index(below: 3) {
        case 0: return Backdrop(kind: .wall(Grounds.wall(&generator)), distance: distance)
        case 1: return Backdrop(kind: .sweep, distance: distance)
        default:
            func colour(_ generator: inout SeededGenerator) -> Vector {
                lighting.sky * Colour.hsv(generator.float(0, 1), generator.float(0, 0.5), generator.float(0.3, 1))
            }
            let room = Room(
                upper: colour(&generator) * 1.3, lower: colour(&generator) * 0.7, accent: colour(&generator),
                seed: generator.bits())
            return Backdrop(kind: .room(room), distance: distance)
        }
    }

    private func isWellVisible(_ scene: Scene) -> Bool {
        let visible = VisibleShares(of: scene, aspectRatio: Float(aspectRatio))
        return scene.objects.indices.allSatisfy { index in
            scene.objects[index].kind.label == nil
                || (visible.shares[index] >= Self.leastVisibleShare && visible.areas[index] >= Self.leastArea)
        }
    }
}
