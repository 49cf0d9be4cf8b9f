import PomonaCore
import Testing

@testable import PomonaImaging

@Suite("PhotoStitcher")
struct PhotoStitcherTests {
    /// A wall full of rectangles, each of a colour of its own.
    private static let scene: RGBImage = {
        let size = ImageSize(width: 900, height: 420)
        var image = RGBImage(size: size, filledWith: 128)
        var generator = SeededGenerator(seed: 4, 0x5CE)
        for _ in 0..<900 {
            let (width, height) = (5 + generator.index(below: 30), 5 + generator.index(below: 30))
            let (left, top) = (
                generator.index(below: size.width - width), generator.index(below: size.height - height)
            )
            let colour = (0..<3).map { _ in UInt8(generator.index(below: 256)) }
            for y in top..<top + height {
                for x in left..<left + width {
                    for channel in 0..<3 { image.pixels[(y * size.width + x) * 3 + channel] = colour[channel] }
                }
            }
        }
        return image
    }()

    /// What a camera sees that is held a little askew each time.
    private static let quadrilaterals = [
        quadrilateral((12, 20), (380, 8), (395, 400), (5, 410)),
        quadrilateral((240, 10), (640, 22), (630, 405), (255, 398)),
        quadrilateral((500, 15), (880, 5), (885, 412), (510, 400)),
    ]
    private static let size = ImageSize(width: 400, height: 400)
    private static let views = quadrilaterals.map { scene.rectified($0, to: size) }

    private static func quadrilateral(
        _ topLeft: (Double, Double), _ topRight: (Double, Double), _ bottomRight: (Double, Double),
        _ bottomLeft: (Double, Double)
    ) -> Quadrilateral {
        func point(_ p: (Double, Double)) -> Quadrilateral.Point { Quadrilateral.Point(x: p.0, y: p.1) }
        return Quadrilateral(
            topLeft: point(topLeft), topRight: point(topRight), bottomRight: point(bottomRight),
            bottomLeft: point(bottomLeft))
    }

    /// From a view's pixels to the scene's.
    private static func toScene(_ shape: Quadrilateral) throws -> Homography {
        let (width, height) = (Double(size.width), Double(size.height))
        return try #require(
            Homography([
                PointPair(from: (0, 0), to: (shape.topLeft.x, shape.topLeft.y)),
                PointPair(from: (width, 0), to: (shape.topRight.x, shape.topRight.y)),
                PointPair(from: (width, height), to: (shape.bottomRight.x, shape.bottomRight.y)),
                PointPair(from: (0, height), to: (shape.bottomLeft.x, shape.bottomLeft.y)),
            ]))
    }

    @Test("How two photos lie on each other is found to within a pixel")
    func homography() throws {
        let features = try Self.views.map(FeatureFinder.features)
        let match = try #require(
            PairMatcher(seed: 0).match(features[0], features[1], size: Self.size, tolerance: 3))
        let second = try #require(Self.toScene(Self.quadrilaterals[1]).inverse)
        let truth = try second * Self.toScene(Self.quadrilaterals[0])
        for x in [260.0, 320, 390] {
            for y in [20.0, 200, 380] {
                let (found, right) = (match.homography(x, y), truth(x, y))
                #expect(abs(found.x - right.x) < 1 && abs(found.y - right.y) < 1, "\(found) for \(right)")
            }
        }
    }

    @Test("Photos in any order become the same picture, of about the size of what they show together")
    func order() throws {
        let picture = try PhotoStitcher().stitch(Self.views)
        #expect(abs(picture.width - 940) < 60 && abs(picture.height - 430) < 50, "\(picture.size)")
        let other = try PhotoStitcher().stitch([Self.views[2], Self.views[0], Self.views[1]])
        #expect(abs(other.width - picture.width) <= 2 && abs(other.height - picture.height) <= 2, "\(other.size)")
        #expect(try PhotoStitcher().stitch(Self.views).pixels == picture.pixels)
    }

    @Test("The finished picture shows what was there, though one photo was darker")
    func content() throws {
        var views = Self.views
        views[2].pixels = views[2].pixels.map { UInt8(Double($0) * 0.8) }
        let picture = try PhotoStitcher().stitch(views)
        // Laid on the scene by their features, as a person would compare them.
        let (own, scene) = (try FeatureFinder.features(of: picture), try FeatureFinder.features(of: Self.scene))
        let match = try #require(PairMatcher(seed: 1).match(own, scene, size: picture.size, tolerance: 3))
        var differences: [Int] = []
        for y in stride(from: 30, to: picture.height - 30, by: 9) {
            for x in stride(from: 30, to: picture.width - 30, by: 9) {
                let place = match.homography(Double(x), Double(y))
                let (column, row) = (Int(place.x), Int(place.y))
                guard (10..<890).contains(column), (25..<395).contains(row) else { continue }
                let (a, b) = ((y * picture.width + x) * 3, (row * 900 + column) * 3)
                differences.append(abs(Int(picture.pixels[a + 1]) - Int(Self.scene.pixels[b + 1])))
            }
        }
        differences.sort()
        // Edges lie on pixels' edges in one and not in the other, so the middle says more than the mean.
        #expect(differences[differences.count / 2] < 25, "\(differences[differences.count / 2])")
        #expect(differences.count > 1_000)
    }

    @Test("A photo that shows nothing of the others is named")
    func apart() {
        let other = RGBImage(size: Self.size, filledWith: 90)
        #expect(throws: StitchError.apart(photo: 1)) {
            try PhotoStitcher().stitch([Self.views[0], other, Self.views[1]])
        }
        #expect(throws: StitchError.apart(photo: 1)) { try PhotoStitcher().stitch([Self.views[0], Self.views[2]]) }
        #expect(throws: StitchError.tooFew(1)) { try PhotoStitcher().stitch([Self.views[0]]) }
    }
}
