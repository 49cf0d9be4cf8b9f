import PomonaCore
import PomonaImaging

/// A short description of what a photo looks like: whether it becomes lighter or darker from place to place, 64 times
/// (Krawetz's difference hash). Photos that were only scaled or saved anew differ in a few of the 64 bits.
enum Appearance {
    /// The most bits in which two copies of one photo differ.
    static let tolerance = 4

    static func hash(of image: RGBImage) throws -> Int64 {
        let small = try image.resized(to: ImageSize(width: 9, height: 8))
        var bits: UInt64 = 0
        for row in 0..<8 {
            for column in 0..<8 {
                let place = (row * 9 + column) * 3
                bits = bits << 1 | (brightness(small.pixels, place) < brightness(small.pixels, place + 3) ? 1 : 0)
            }
        }
        return Int64(bitPattern: bits)
    }

    static func distance(_ a: Int64, _ b: Int64) -> Int { (a ^ b).nonzeroBitCount }

    /// Rec. 601's weights, in thousandths.
    private static func brightness(_ pixels: [UInt8], _ place: Int) -> Int {
        299 * Int(pixels[place]) + 587 * Int(pixels[place + 1]) + 114 * Int(pixels[place + 2])
    }
}
