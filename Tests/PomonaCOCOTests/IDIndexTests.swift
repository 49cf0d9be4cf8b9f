import PomonaCore
import Testing

@testable import PomonaCOCO

@Suite("IDIndex")
struct IDIndexTests {
    @Test("Every id is found where it first stands, and no other")
    func finds() {
        var generator = SeededGenerator(seed: 3)
        let ids = (0..<5000).map { _ in Int(truncatingIfNeeded: generator.next() >> 52) - 2000 } + [.max, .min, 0]
        let index = IDIndex(count: ids.count) { ids[$0] }
        var first: [Int: Int] = [:]
        for (place, id) in ids.enumerated() where first[id] == nil { first[id] = place }
        for id in Set(ids).union(-3000...3000) { #expect(index[id] == first[id]) }
        #expect(index.duplicateCount == ids.count - first.count)
        #expect(index.duplicates.count == 10)
        for duplicate in index.duplicates {
            #expect(ids[duplicate.first] == ids[duplicate.later])
            #expect(first[ids[duplicate.later]] == duplicate.first)
        }
    }

    @Test("Records without an id are passed over")
    func withoutID() {
        let ids: [Int?] = [nil, 4, nil, 4]
        let index = IDIndex(count: ids.count) { ids[$0] }
        #expect(index[4] == 1)
        #expect(index.duplicateCount == 1)
        #expect(IDIndex(count: 0) { _ in nil }[0] == nil)
    }
}
