import PomonaCore
import Testing

@testable import PomonaModel

@Suite("TileMerging")
struct TileMergingTests {
    private let merging = TileMerging(suppressionOverlap: 0.65, limit: 300)

    private func candidate(
        _ box: (Double, Double, Double, Double), _ confidence: Double, label: Int = 0, isPiece: Bool = false
    ) -> TileMerging.Candidate {
        .init(
            detection: Detection(
                label: label, confidence: confidence,
                box: Box(xMin: box.0, yMin: box.1, xMax: box.2, yMax: box.3)), isPiece: isPiece)
    }

    @Test("What two tiles both saw is one detection")
    func duplicates() {
        let merged = merging([candidate((10, 10, 50, 50), 0.8), candidate((11, 10, 51, 49), 0.9)])
        #expect(merged.map(\.confidence) == [0.9])
    }

    @Test("A piece of something that another tile saw as a whole goes, even where it is more confident")
    func seenWhole() {
        let merged = merging([
            candidate((10, 10, 100, 50), 0.6), candidate((70, 10, 100, 50), 0.95, isPiece: true),
            candidate((70, 10, 100, 50), 0.5, label: 1, isPiece: true),
        ])
        #expect(merged.map(\.label) == [0, 1])
        #expect(merged.first?.box == Box(xMin: 10, yMin: 10, xMax: 100, yMax: 50))
    }

    @Test("Pieces of one thing that no tile saw as a whole become one box")
    func joined() {
        let merged = merging([
            candidate((10, 10, 416, 60), 0.7, isPiece: true), candidate((333, 12, 749, 61), 0.8, isPiece: true),
            candidate((700, 11, 800, 60), 0.5, isPiece: true),
        ])
        #expect(
            merged == [Detection(label: 0, confidence: 0.8, box: Box(xMin: 333, yMin: 11, xMax: 800, yMax: 61))] + [
                Detection(label: 0, confidence: 0.7, box: Box(xMin: 10, yMin: 10, xMax: 416, yMax: 60))
            ])
    }

    @Test("Neighbours that only touch stay apart, and so do different labels")
    func neighbours() {
        let merged = merging([
            candidate((10, 10, 50, 50), 0.8, isPiece: true), candidate((48, 10, 90, 50), 0.7, isPiece: true),
            candidate((10, 10, 50, 50), 0.6, label: 2, isPiece: true),
        ])
        #expect(merged.count == 3)
    }

    @Test("Only edges beyond which the photo goes on cut")
    func cuts() {
        let photo = ImageSize(width: 800, height: 416)
        let left = Box(xMin: 0, yMin: 0, xMax: 416, yMax: 416)
        func isCut(_ box: (Double, Double, Double, Double)) -> Bool {
            Box(xMin: box.0, yMin: box.1, xMax: box.2, yMax: box.3).isCut(by: left, of: photo, tolerance: 2)
        }
        #expect(!isCut((0, 0, 50, 416)))
        #expect(isCut((380, 20, 415, 60)))
        #expect(!isCut((380, 20, 410, 60)))
    }
}
