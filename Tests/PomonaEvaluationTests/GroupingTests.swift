import Testing

@testable import PomonaEvaluation

@Suite("Grouping")
struct GroupingTests {
    @Test("Indices keep their order in their group, and groups may be empty")
    func order() {
        let groups = [2, 0, 2, 3, 0, 2]
        let grouping = Grouping(count: groups.count, groupCount: 5) { groups[$0] }
        #expect((0..<5).map { Array(grouping[$0]) } == [[1, 4], [], [0, 2, 5], [3], []])
        #expect(grouping.range(of: 2) == 2..<5)
    }

    @Test("Nothing in no groups")
    func empty() {
        #expect(Grouping(count: 0, groupCount: 0) { $0 }.indices.isEmpty)
    }
}
