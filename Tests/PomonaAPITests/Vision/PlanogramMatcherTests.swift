import PomonaCore
import Testing

@testable import PomonaAPI

@Suite("Planogram matching")
struct PlanogramMatcherTests {
    /// A shelf of two boards with four places each, products in turn, in centimetres.
    private let positions = (0..<8).map { index in
        let (x, y) = (Double(index % 4) * 30, Double(index / 4) * 40)
        return PlanogramMatcher.Position(
            id: "p\(index)", product: ["tea", "rice", "salt"][index % 3],
            box: Box(xMin: x, yMin: y, xMax: x + 20, yMax: y + 30))
    }

    /// What a camera sees of them: twelve pixels a centimetre and some way aside.
    private func seen(_ index: Int, as tag: String? = nil) -> PlanogramMatcher.Found {
        let box = positions[index].box
        return PlanogramMatcher.Found(
            tag: tag ?? positions[index].product,
            box: Box(
                xMin: box.xMin * 12 + 50, yMin: box.yMin * 12 + 90, xMax: box.xMax * 12 + 45,
                yMax: box.yMax * 12 + 95))
    }

    private func matches(_ objects: [PlanogramMatcher.Found]) -> [Int: Int] {
        let matches = PlanogramMatcher(positions: positions, objects: objects).matches()
        return Dictionary(uniqueKeysWithValues: matches.map { ($0.position, $0.object) })
    }

    @Test("finds every product at its place")
    func full() {
        #expect(matches((0..<8).map { seen($0) }) == Dictionary(uniqueKeysWithValues: (0..<8).map { ($0, $0) }))
    }

    @Test("shows the wrong product where it stands, and nothing where nothing is")
    func misplaced() {
        let objects = [seen(0), seen(1, as: "soap"), seen(2), seen(4), seen(7)]
        #expect(matches(objects) == [0: 0, 1: 1, 2: 2, 4: 3, 7: 4])
    }

    @Test("ends soon also where hardly two things lie as two places do", .timeLimit(.minutes(1)))
    func hostile() {
        let positions = (0..<60).map {
            PlanogramMatcher.Position(id: "p\($0)", product: "tea", box: Box(xMin: 5, yMin: 5, xMax: 5, yMax: 5))
        }
        let objects = (0..<1_000).map { index in
            let at = Double(index)
            return PlanogramMatcher.Found(tag: "tea", box: Box(xMin: at, yMin: at, xMax: at + 9, yMax: at + 9))
        }
        #expect(PlanogramMatcher(positions: positions, objects: objects).matches().count <= 60)
    }

    @Test("fits a photo of a part of the shelf")
    func part() {
        #expect(matches([seen(1), seen(2), seen(5), seen(6)]) == [1: 0, 2: 1, 5: 2, 6: 3])
    }

    @Test("leaves out what lies aside of every place")
    func aside() {
        let stray = PlanogramMatcher.Found(tag: "tea", box: Box(xMin: 3000, yMin: 10, xMax: 3010, yMax: 20))
        #expect(matches((0..<8).map { seen($0) } + [stray]).values.contains(8) == false)
    }

    @Test("answers nothing for no objects, no positions and boxes without extent")
    func empty() {
        #expect(matches([]).isEmpty)
        #expect(PlanogramMatcher(positions: [], objects: [seen(0)]).matches().isEmpty)
        let point = PlanogramMatcher.Found(tag: "tea", box: Box(xMin: 1, yMin: 1, xMax: 1, yMax: 1))
        #expect(matches([point]).isEmpty)
    }
}
