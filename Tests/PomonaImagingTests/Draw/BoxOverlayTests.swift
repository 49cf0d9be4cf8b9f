import Foundation
import PomonaCore
import PomonaImaging
import Testing

@Suite("Drawing boxes")
struct BoxOverlayTests {
    private static let ground = RGBImage(size: ImageSize(width: 320, height: 240), filledWith: 128)

    private func color(_ label: Int) -> SIMD3<Int> {
        let color = LabelPalette.color(forLabel: label)
        return SIMD3(Int(color.red), Int(color.green), Int(color.blue))
    }

    @Test("The line runs along the box in the label's colour; inside and outside stay as they were")
    func line() {
        let box = Box(xMin: 100, yMin: 80, xMax: 220, yMax: 180)
        let drawn = Self.ground.drawn([BoxOverlay(box: box, label: 1, text: "")])
        #expect([drawn[100, 130], drawn[219, 130], drawn[160, 80], drawn[160, 179]].allSatisfy { $0 == color(1) })
        #expect(
            [drawn[160, 130], drawn[90, 130], drawn[160, 70], drawn[230, 190]].allSatisfy { $0 == [128, 128, 128] })
        #expect(Self.ground.pixels.allSatisfy { $0 == 128 })
    }

    @Test("The plate stands above the box and carries ink; at the top of the photo it moves below")
    func plate() {
        func inkRows(_ box: Box) -> [Int] {
            let drawn = Self.ground.drawn([BoxOverlay(box: box, label: 3, text: "apple", confidence: 0.97)])
            return (0..<240).filter { y in (0..<320).contains { drawn[$0, y] == [0, 0, 0] } }
        }
        let above = inkRows(Box(xMin: 50, yMin: 100, xMax: 200, yMax: 200))
        #expect(!above.isEmpty && above.allSatisfy { $0 < 100 })
        let below = inkRows(Box(xMin: 50, yMin: 0, xMax: 200, yMax: 100))
        #expect(!below.isEmpty && below.allSatisfy { $0 > 100 })
    }

    @Test("Two boxes at one place get plates that do not cover each other")
    func twoPlates() {
        let box = Box(xMin: 60, yMin: 90, xMax: 260, yMax: 200)
        let one = Self.ground.drawn([BoxOverlay(box: box, label: 0, text: "apple", confidence: 0.9)])
        let both = Self.ground.drawn([
            BoxOverlay(box: box, label: 2, text: "orange", confidence: 0.4),
            BoxOverlay(box: box, label: 0, text: "apple", confidence: 0.9),
        ])
        // The more confident one keeps its place, so its plate looks the same in both.
        let plate = Box(xMin: 60, yMin: 70, xMax: 120, yMax: 88)
        #expect(one.cropped(to: plate) == both.cropped(to: plate))
        let second = color(2)
        #expect((0..<240).contains { y in (0..<320).contains { both[$0, y] == second } })
    }

    @Test("The order of the boxes does not change the drawing")
    func order() {
        let overlays = (0..<5).map { index in
            let (x, y) = (Double(index) * 20, Double(index) * 15)
            return BoxOverlay(
                box: Box(xMin: x, yMin: y, xMax: x + 90, yMax: y + 110), label: index, text: "label \(index)",
                confidence: 0.3 + Double(index) / 10)
        }
        #expect(Self.ground.drawn(overlays) == Self.ground.drawn(overlays.reversed()))
    }

    @Test("Boxes outside, without extent or without numbers are left out, also where the text is long")
    func strange() {
        let text = String(repeating: "a very long label ", count: 20)
        let boxes = [
            Box(xMin: 400, yMin: 10, xMax: 500, yMax: 50), Box(xMin: 10, yMin: 10, xMax: 10, yMax: 50),
            Box(xMin: .nan, yMin: 0, xMax: 10, yMax: 10), Box(xMin: -.infinity, yMin: 0, xMax: 10, yMax: 10),
        ]
        for box in boxes {
            #expect(Self.ground.drawn([BoxOverlay(box: box, label: 0, text: text)]) == Self.ground)
        }
    }

    @Test("Tiny images, boxes larger than the image and long texts are drawn as far as they fit")
    func tiny() {
        for side in [1, 2, 3, 9, 33] {
            let image = RGBImage(size: ImageSize(width: side, height: side), filledWith: 50)
            let box = Box(xMin: -1e12, yMin: -5, xMax: 1e12, yMax: 1e9)
            let drawn = image.drawn([BoxOverlay(box: box, label: 4, text: "apple", confidence: .nan)])
            #expect(drawn != image && drawn.size == image.size)
        }
    }

    @Test("Detections are drawn with their tags, and one without a tag by its number")
    func detections() {
        let box = Box(xMin: 40, yMin: 60, xMax: 140, yMax: 160)
        let known = Self.ground.drawn([Detection(label: 0, confidence: 0.5, box: box)], labels: ["apple"])
        #expect(known == Self.ground.drawn([BoxOverlay(box: box, label: 0, text: "apple", confidence: 0.5)]))
        let unknown = Self.ground.drawn([Detection(label: 8, confidence: 0.5, box: box)], labels: ["apple"])
        #expect(unknown == Self.ground.drawn([BoxOverlay(box: box, label: 8, text: "#8", confidence: 0.5)]))
    }
}
