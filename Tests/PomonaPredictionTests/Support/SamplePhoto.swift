import PomonaCore
import PomonaImaging

/// Photos of nothing in particular: rectangles of all colours.
enum SamplePhoto {
    static func image(_ size: ImageSize, seed: UInt64) -> RGBImage {
        var random = SeededGenerator(seed: seed)
        var image = RGBImage(size: size, filledWith: 90)
        for _ in 0..<24 {
            let (left, top) = (random.index(below: size.width), random.index(below: size.height))
            let right = min(size.width, left + 1 + random.index(below: size.width / 3 + 1))
            let bottom = min(size.height, top + 1 + random.index(below: size.height / 3 + 1))
            let colour = (0..<3).map { _ in UInt8(random.index(below: 256)) }
            for y in top..<bottom {
                for x in left..<right {
                    for channel in 0..<3 { image.pixels[(y * size.width + x) * 3 + channel] = colour[channel] }
                }
            }
        }
        return image
    }

    static func jpeg(_ size: ImageSize, seed: UInt64) throws -> [UInt8] {
        try image(size, seed: seed).encoded(as: .jpeg(quality: 90))
    }
}
