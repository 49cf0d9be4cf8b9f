import Testing

@testable import PomonaVision

@Suite("Rows of classes that a foundation knows")
struct KnownRowsTests {
    @Test("Labels are found by name, whatever their case, what separates words, and a number at the end")
    func names() {
        let rows = KnownRows(of: ["Hot Dog", "plum", "cat"], among: ["cat", "hot-dog", "apple", "cat 2"])
        let merged = rows.merged(into: [1, 1, 2, 2, 3, 3], from: [10, 20, 30, 40, 50, 60, 70, 80])
        #expect(merged == [30, 40, 2, 2, 40, 50])
    }

    @Test("A label of another name is none of them, and a number alone is a name")
    func others() {
        #expect(KnownRows(of: ["dog", "7"], among: ["hot dog", "dog house", "8"]).isEmpty)
        #expect(!KnownRows(of: ["7"], among: ["7"]).isEmpty)
        #expect(KnownRows(of: ["dog"], among: []).isEmpty)
    }
}
