import Foundation
import PomonaCore

/// What is around a corner, in a form that stays the same when the photo is turned or shown brighter.
struct Feature {
    /// In pixels of the image at full size.
    var x: Double
    var y: Double
    /// Which of 256 pairs of pixels around it are brighter first.
    var bits: SIMD4<UInt64>

    /// In how many of the 256 answers two differ.
    static func distance(_ a: Feature, _ b: Feature) -> Int {
        let differences = a.bits ^ b.bits
        return (0..<4).reduce(0) { $0 + differences[$1].nonzeroBitCount }
    }
}

/// Describes corners by oriented binary tests (Rublee, Rabaud, Konolige and Bradski, "ORB: an efficient alternative to
/// SIFT or SURF", 2011), at three sizes of the image.
struct FeatureFinder {
    /// Radius of the neighbourhood that turns a corner upright, in pixels.
    private static let radius = 15
    /// Most pixels of the image that is looked at.
    private static let area = 700_000
    private static let scales = [1.0, 0.71, 0.5]
    private static let most = 1_500

    /// Pairs of places within the radius of 13, drawn once from a normal distribution, as the paper does before it learns
    /// which are best.
    private static let pairs: [SIMD4<Double>] = {
        var generator = SeededGenerator(seed: 256, 0x0B1E)
        func coordinate() -> Double {
            // The sum of twelve even draws is near enough to normal.
            let sum = (0..<12).reduce(0.0) { sum, _ in sum + generator.unit() } - 6
            return min(13 / 2.0.squareRoot(), max(-13 / 2.0.squareRoot(), sum * 6))
        }
        return (0..<256).map { _ in SIMD4(coordinate(), coordinate(), coordinate(), coordinate()) }
    }()

    static func features(of image: RGBImage) throws -> [Feature] {
        let shrink = min(1, (Double(area) / Double(image.size.area)).squareRoot())
        var found: [Feature] = []
        for scale in scales {
            let size = ImageSize(
                width: max(1, Int((Double(image.width) * shrink * scale).rounded())),
                height: max(1, Int((Double(image.height) * shrink * scale).rounded())))
            let grey = GreyImage(try image.resized(to: size))
            let smooth = grey.smoothed().smoothed()
            let (scaleX, scaleY) = (
                Double(image.width) / Double(size.width), Double(image.height) / Double(size.height)
            )
            for corner in CornerFinder.corners(in: grey.smoothed(), most: Int(Double(most) * scale)) {
                found.append(
                    Feature(
                        x: (Double(corner.x) + 0.5) * scaleX - 0.5, y: (Double(corner.y) + 0.5) * scaleY - 0.5,
                        bits: describe(corner, in: smooth)))
            }
        }
        return found
    }

    private static func describe(_ corner: Corner, in image: GreyImage) -> SIMD4<UInt64> {
        let angle = orientation(corner, in: image)
        let (cosine, sine) = (cos(angle), sin(angle))
        func value(_ dx: Double, _ dy: Double) -> Float {
            let x = corner.x + Int((dx * cosine - dy * sine).rounded())
            let y = corner.y + Int((dx * sine + dy * cosine).rounded())
            return image.values[y * image.width + x]
        }
        var bits = SIMD4<UInt64>()
        for (index, pair) in pairs.enumerated() where value(pair[0], pair[1]) < value(pair[2], pair[3]) {
            bits[index / 64] |= 1 << UInt64(index % 64)
        }
        return bits
    }

    /// The direction from the corner to the centre of brightness around it (Rosin, 1999).
    private static func orientation(_ corner: Corner, in image: GreyImage) -> Double {
        var (momentX, momentY) = (0.0, 0.0)
        for dy in -radius...radius {
            for dx in -radius...radius where dx * dx + dy * dy <= radius * radius {
                let value = Double(image.values[(corner.y + dy) * image.width + corner.x + dx])
                momentX += Double(dx) * value
                momentY += Double(dy) * value
            }
        }
        return atan2(momentY, momentX)
    }
}
