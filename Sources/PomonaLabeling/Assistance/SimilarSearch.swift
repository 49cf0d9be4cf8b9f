import Foundation
import PomonaCore
import PomonaImaging

/// Finds what looks like a box elsewhere in the same photo, by comparing the pixels themselves.
///
/// The photo is shrunk until the box is a few pixels across; every place is then compared with the box by the correlation
/// of their pixels, colours included, at several sizes. It needs no model, and it finds things that look alike: the same
/// kind under other light or from another side it may miss.
struct SimilarSearch {
    /// Pixels of the box's longer side after shrinking: enough to tell a pattern, few enough to try every place.
    private static let patchSide = 12.0

    /// Sizes of the sought things against the box.
    private static let scales = [0.75, 1.0, 1.33]

    /// With fewer pixels across there is no pattern to compare.
    private static let leastSide = 3.0

    /// Places with a smaller correlation do not look alike.
    private static let leastCorrelation = 0.7

    /// Places that share so much are the same thing.
    private static let sameThing = 0.3

    /// The most that is found.
    private static let limit = 30

    /// Places that look like the box, the most alike first, with their correlation.
    ///
    /// - Parameters:
    ///   - box: in pixels of the photo of the size given; the image may be a smaller version of it.
    ///   - taken: boxes that are known already.
    static func places(
        like box: Box, in image: RGBImage, of size: ImageSize, avoiding taken: [Box]
    ) throws -> [(box: Box, likeness: Double)] {
        let box = box.clipped(to: size)
        guard box.width >= 1, box.height >= 1 else { return [] }
        var found: [(box: Box, likeness: Double)] = []
        // Enlarged, a photo would show no more than it does, and cost without bound.
        let base = min(patchSide / max(box.width, box.height), Double(image.width) / Double(size.width))
        guard base * max(box.width, box.height) >= leastSide else { return [] }
        let patch = try Samples(image, scaledTo: size.scaled(by: base)).cut(box, scale: base)
        for scale in scales {
            // A thing of that size becomes as large as the patch.
            let factor = base / scale
            let samples = try Samples(image, scaledTo: size.scaled(by: factor))
            for (place, likeness) in samples.correlations(with: patch) where likeness >= leastCorrelation {
                found.append(
                    (
                        Box(
                            xMin: Double(place.x) / factor, yMin: Double(place.y) / factor,
                            xMax: Double(place.x + patch.width) / factor, yMax: Double(place.y + patch.height) / factor
                        ).clipped(to: size), likeness
                    ))
            }
        }
        found.sort { $0.likeness > $1.likeness }
        var kept: [(box: Box, likeness: Double)] = []
        for candidate in found {
            let others = taken + [box] + kept.map(\.box)
            guard others.allSatisfy({ $0.intersectionOverUnion(candidate.box) < sameThing }) else { continue }
            kept.append(candidate)
            if kept.count == limit { break }
        }
        return kept
    }
}

extension ImageSize {
    fileprivate func scaled(by factor: Double) -> ImageSize {
        ImageSize(
            width: max(1, Int((Double(width) * factor).rounded())),
            height: max(1, Int((Double(height) * factor).rounded())))
    }
}

/// An image's pixels less the mean of the image, so that what differs from the background counts.
private struct Samples {
    var width: Int
    var height: Int
    /// `[height, width, 3]`.
    var values: [Float]

    init(_ image: RGBImage, scaledTo size: ImageSize) throws {
        let small = size == image.size ? image : try image.resized(to: size)
        (width, height) = (small.width, small.height)
        var means = [Float](repeating: 0, count: 3)
        for (index, value) in small.pixels.enumerated() { means[index % 3] += Float(value) }
        for channel in 0..<3 { means[channel] /= Float(width * height) }
        values = small.pixels.enumerated().map { Float($1) - means[$0 % 3] }
    }

    private init(width: Int, height: Int, values: [Float]) {
        (self.width, self.height, self.values) = (width, height, values)
    }

    func cut(_ box: Box, scale: Double) -> Samples {
        let left = min(width - 1, max(0, Int((box.xMin * scale).rounded())))
        let top = min(height - 1, max(0, Int((box.yMin * scale).rounded())))
        let columns = min(width - left, max(2, Int((box.width * scale).rounded())))
        let rows = min(height - top, max(2, Int((box.height * scale).rounded())))
        var part: [Float] = []
        part.reserveCapacity(rows * columns * 3)
        for row in top..<(top + rows) {
            part += values[(row * width + left) * 3..<(row * width + left + columns) * 3]
        }
        return Samples(width: columns, height: rows, values: part)
    }

    /// For every place of the patch the cosine of the angle between its pixels and those there, -1...1.
    func correlations(with patch: Samples) -> [((x: Int, y: Int), Double)] {
        guard width >= patch.width, height >= patch.height else { return [] }
        var results: [((x: Int, y: Int), Double)] = []
        let patchNorm = patch.values.reduce(0) { $0 + $1 * $1 }.squareRoot()
        guard patchNorm > 0 else { return [] }
        values.withUnsafeBufferPointer { values in
            patch.values.withUnsafeBufferPointer { sought in
                for y in 0...(height - patch.height) {
                    for x in 0...(width - patch.width) {
                        var (product, norm): (Float, Float) = (0, 0)
                        for row in 0..<patch.height {
                            let line = ((y + row) * width + x) * 3
                            let own = row * patch.width * 3
                            for offset in 0..<(patch.width * 3) {
                                let value = values[line + offset]
                                product += value * sought[own + offset]
                                norm += value * value
                            }
                        }
                        guard norm > 0 else { continue }
                        results.append(((x, y), Double(product / (norm.squareRoot() * patchNorm))))
                    }
                }
            }
        }
        return results
    }
}
