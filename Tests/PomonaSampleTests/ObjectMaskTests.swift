import PomonaCore
import Testing

@testable import PomonaSample

@Suite("ObjectMask")
struct ObjectMaskTests {
    @Test("Extents are the outermost pixels; an unseen object has none")
    func extents() {
        let mask = ObjectMask(
            size: ImageSize(width: 4, height: 3),
            pixels: [
                0, 1, 0, 3,
                0, 1, 1, 0,
                3, 0, 0, 0,
            ])
        let extents = mask.extents(count: 3)
        #expect(extents[0]?.box == Box(xMin: 1, yMin: 0, xMax: 3, yMax: 2))
        #expect(extents[0]?.pixels == 3)
        #expect(extents[1] == nil)
        #expect(extents[2]?.box == Box(xMin: 0, yMin: 0, xMax: 4, yMax: 3))
        #expect(extents[2]?.pixels == 2)
    }
}
