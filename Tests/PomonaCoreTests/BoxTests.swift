import PomonaCore
import Testing

@Suite("Box")
struct BoxTests {
    let box = Box(xMin: 10, yMin: 20, xMax: 30, yMax: 60)

    @Test("Boxes that only touch share nothing")
    func touchingBoxesShareNothing() {
        let neighbour = Box(xMin: 30, yMin: 20, xMax: 40, yMax: 60)
        #expect(box.intersectionOverUnion(neighbour) == 0)
    }

    @Test("A box shifted by half its width overlaps by a third")
    func halfShift() {
        let shifted = Box(xMin: 20, yMin: 20, xMax: 40, yMax: 60)
        #expect(abs(box.intersectionOverUnion(shifted) - 1.0 / 3.0) < 1e-12)
    }

    @Test("Two empty boxes have no overlap instead of a division by zero")
    func emptyBoxes() {
        let point = Box(xMin: 5, yMin: 5, xMax: 5, yMax: 5)
        #expect(point.intersectionOverUnion(point) == 0)
    }

    @Test("Clipping keeps what lies inside the photo")
    func clipping() {
        let clipped = Box(xMin: -5, yMin: 50, xMax: 25, yMax: 70).clipped(to: ImageSize(width: 20, height: 60))
        #expect(clipped == Box(xMin: 0, yMin: 50, xMax: 20, yMax: 60))
    }
}
