import Foundation
import PomonaCore
import PomonaImaging

/// A small photo beside the tests, made by `Fixtures/make_fixtures.py`.
enum Fixture {
    static let folder = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Fixtures")

    static func path(_ name: String) -> String { folder.appending(path: name).path() }

    static func bytes(_ name: String) throws -> [UInt8] { try [UInt8](Data(contentsOf: URL(filePath: path(name)))) }

    static func decoded(_ name: String) throws -> RGBImage {
        try ImageDecoder().decode(bytes(name), named: name).image
    }

    /// All photos of one ending.
    static func names(endingIn suffix: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder.path()).filter { $0.hasSuffix(suffix) }.sorted()
    }

    /// What the photos of four quarters show, from the top left along the rows.
    static let colors: [SIMD3<Int>] = [[220, 40, 40], [40, 180, 60], [40, 60, 200], [240, 210, 40]]
    static let greys: [SIMD3<Int>] = [20, 90, 160, 230].map { SIMD3(repeating: $0) }
}

extension RGBImage {
    subscript(x: Int, y: Int) -> SIMD3<Int> {
        let index = (y * width + x) * 3
        return SIMD3(Int(pixels[index]), Int(pixels[index + 1]), Int(pixels[index + 2]))
    }

    /// The pixels in the middle of the four quarters.
    var quarters: [SIMD3<Int>] {
        [(1, 1), (3, 1), (1, 3), (3, 3)].map { self[width * $0.0 / 4, height * $0.1 / 4] }
    }

    /// The greatest difference of any value to another image of the same size.
    func greatestDifference(to other: RGBImage) -> Int {
        zip(pixels, other.pixels).map { abs(Int($0) - Int($1)) }.max() ?? 0
    }

    func meanDifference(to other: RGBImage) -> Double {
        Double(zip(pixels, other.pixels).reduce(0) { $0 + abs(Int($1.0) - Int($1.1)) }) / Double(max(1, pixels.count))
    }

    /// A smooth picture with some structure, so that encoders have something to do.
    static func scene(_ width: Int, _ height: Int) -> RGBImage {
        var pixels: [UInt8] = []
        pixels.reserveCapacity(width * height * 3)
        for y in 0..<height {
            let v = Double(y) / Double(height)
            for x in 0..<width {
                let u = Double(x) / Double(width)
                let wave = (u * 23).truncatingRemainder(dividingBy: 1) * (1 - v)
                pixels.append(UInt8(255 * u))
                pixels.append(UInt8(255 * v))
                pixels.append(UInt8(255 * wave))
            }
        }
        return RGBImage(size: ImageSize(width: width, height: height), pixels: pixels)
    }
}

/// Whether two lists of colours differ by no more than a tolerance in every value.
func areClose(_ a: [SIMD3<Int>], _ b: [SIMD3<Int>], within tolerance: Int) -> Bool {
    a.count == b.count
        && zip(a, b).allSatisfy { first, second in
            let difference = first &- second
            return (0..<3).allSatisfy { abs(difference[$0]) <= tolerance }
        }
}
