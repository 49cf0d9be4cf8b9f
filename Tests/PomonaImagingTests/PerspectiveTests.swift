import PomonaCore
import PomonaImaging
import Testing

@Suite("Rectified parts of an image")
struct PerspectiveTests {
    /// Red grows to the right, green downwards, ten values a pixel.
    private let ramp: RGBImage = {
        let size = ImageSize(width: 20, height: 10)
        var image = RGBImage(size: size, filledWith: 0)
        for y in 0..<10 {
            for x in 0..<20 {
                let place = (y * 20 + x) * 3
                image.pixels[place] = UInt8(x * 10)
                image.pixels[place + 1] = UInt8(y * 10)
            }
        }
        return image
    }()

    private func corners(_ points: (Double, Double)...) -> Quadrilateral {
        let points = points.map { Quadrilateral.Point(x: $0.0, y: $0.1) }
        return Quadrilateral(topLeft: points[0], topRight: points[1], bottomRight: points[2], bottomLeft: points[3])
    }

    @Test("of the whole image are the image")
    func identity() {
        let whole = corners((0, 0), (20, 0), (20, 10), (0, 10))
        #expect(whole.isConvex && whole.rectifiedSize == ramp.size)
        #expect(ramp.rectified(whole, to: ramp.size) == ramp)
    }

    @Test("of an upright rectangle are its crop")
    func crop() throws {
        let part = ramp.rectified(corners((5, 2), (9, 2), (9, 8), (5, 8)), to: ImageSize(width: 4, height: 6))
        #expect(part == ramp.cropped(to: Box(xMin: 5, yMin: 2, xMax: 9, yMax: 8)))
    }

    @Test("of a turned rectangle stand upright")
    func turned() {
        // The top left corner is what the image has at the top right: a quarter turn.
        let size = ImageSize(width: 10, height: 20)
        let turned = ramp.rectified(corners((20, 0), (20, 10), (0, 10), (0, 0)), to: size)
        #expect(Array(turned.pixels[..<3]) == [190, 0, 0])
        #expect(Array(turned.pixels.suffix(3)) == [0, 90, 0])
    }

    @Test("of a trapezium meet its diagonals' crossing in the middle, as perspective has it")
    func trapezium() {
        let shape = corners((6, 0), (14, 0), (20, 10), (0, 10))
        let middle = ramp.rectified(shape, to: ImageSize(width: 1, height: 1))
        // The diagonals cross at y = 10 * 8 / 28, above the middle of the height, and green is ten a pixel from its middle.
        let green = (10.0 * 8.0 / 28.0 - 0.5) * 10.0
        let found = middle.pixels.map(Double.init)
        #expect(abs(found[1] - green) <= 1)
        #expect(abs(found[0] - 95) <= 1)
    }

    @Test("are not of dented, crossed or flat shapes")
    func impossible() {
        #expect(!corners((0, 0), (10, 0), (2, 2), (0, 10)).isConvex)
        #expect(!corners((0, 0), (10, 10), (10, 0), (0, 10)).isConvex)
        #expect(!corners((0, 0), (5, 0), (10, 0), (15, 0)).isConvex)
        #expect(!corners((10, 0), (0, 0), (0, 10), (10, 10)).isConvex)
    }
}
