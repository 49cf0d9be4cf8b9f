import PomonaCore
import Testing

@testable import PomonaEvaluation

@Suite("ConfidenceOrder")
struct ConfidenceOrderTests {
    @Test("Equal confidences keep their order, and minus zero equals zero")
    func isStable() {
        #expect(ConfidenceOrder.descending([0.5, 0, 1, 0.5, -0.0, 0.5, 0]) == [2, 0, 3, 5, 1, 4, 6])
    }

    @Test("Nothing to order is fine", arguments: [[], [0.25]])
    func smallInputs(confidences: [Double]) {
        #expect(ConfidenceOrder.descending(confidences) == (0..<Int32(confidences.count)).map { $0 })
    }

    @Test("Random confidences come in the order of a comparison sort", arguments: [1, 2, 3])
    func agreesWithComparisonSort(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        // Many ties, many different magnitudes, and numbers with all 52 bits.
        let confidences = (0..<5000).map { index in
            switch index % 3 {
            case 0: Double(generator.index(below: 50)) / 50
            case 1: generator.unit()
            default: generator.unit() * 1e-300
            }
        }
        let expected = confidences.indices.sorted {
            confidences[$0] != confidences[$1] ? confidences[$0] > confidences[$1] : $0 < $1
        }
        #expect(ConfidenceOrder.descending(confidences).map(Int.init) == expected)
    }
}
