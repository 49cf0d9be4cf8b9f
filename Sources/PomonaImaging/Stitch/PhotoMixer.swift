import PomonaCore

/// Draws the finished picture: every photo at its place, those that share a place mixed, the more of one the nearer its
/// middle is.
struct PhotoMixer {
    let plan: StitchPlan
    let photos: [RGBImage]

    func picture() -> RGBImage {
        let (width, height) = (plan.size.width, plan.size.height)
        let back = plan.placements.map { $0.inverse ?? .identity }
        let bands = plan.placements.indices.map(rows)
        var pixels = [UInt8](repeating: 0, count: width * height * 3)
        var sums = [Float](repeating: 0, count: width * 3)
        var weights = [Float](repeating: 0, count: width)
        for row in 0..<height {
            var isEmpty = true
            for photo in photos.indices where bands[photo].contains(row) {
                if isEmpty {
                    for place in 0..<width * 3 { sums[place] = 0 }
                    for place in 0..<width { weights[place] = 0 }
                    isEmpty = false
                }
                add(photo, back[photo], row: row, to: &sums, &weights)
            }
            guard !isEmpty else { continue }
            for column in 0..<width where weights[column] > 0 {
                for channel in 0..<3 {
                    let value = sums[column * 3 + channel] / weights[column]
                    pixels[(row * width + column) * 3 + channel] = UInt8(min(255, max(0, value.rounded())))
                }
            }
        }
        return RGBImage(size: plan.size, pixels: pixels)
    }

    /// The rows of the picture that a photo reaches.
    private func rows(of photo: Int) -> Range<Int> {
        let (size, placement) = (photos[photo].size, plan.placements[photo])
        let seen = [(0, 0), (size.width, 0), (0, size.height), (size.width, size.height)].map {
            placement(Double($0.0), Double($0.1)).y
        }
        let first = max(0, Int((seen.min() ?? 0).rounded(.down)))
        return first..<max(first, min(plan.size.height, Int((seen.max() ?? 0).rounded(.up)) + 1))
    }

    private func add(
        _ number: Int, _ back: Homography, row: Int, to sums: inout [Float], _ weights: inout [Float]
    ) {
        let photo = photos[number]
        let gain = Float(plan.gains[number])
        let (width, height) = (Double(photo.width), Double(photo.height))
        photo.pixels.withUnsafeBufferPointer { source in
            for column in 0..<plan.size.width {
                let (x, y) = (Double(column) + 0.5, Double(row) + 0.5)
                guard back.depth(x, y) > 0 else { continue }
                let (sourceX, sourceY) = back(x, y)
                guard sourceX >= 0, sourceY >= 0, sourceX < width, sourceY < height else { continue }
                // Half of the way to the middle is 0.5 in each direction; squared, so that edges hardly show.
                let inside = 2 * min(sourceX, width - sourceX) / width * 2 * min(sourceY, height - sourceY) / height
                let weight = Float(inside * inside) + 1e-6
                let (left, top) = (max(0, sourceX - 0.5), max(0, sourceY - 0.5))
                let (x0, y0) = (Int(left), Int(top))
                let (x1, y1) = (min(x0 + 1, photo.width - 1), min(y0 + 1, photo.height - 1))
                let (shareX, shareY) = (Float(left) - Float(x0), Float(top) - Float(y0))
                for channel in 0..<3 {
                    func value(_ x: Int, _ y: Int) -> Float { Float(source[(y * photo.width + x) * 3 + channel]) }
                    let upper = value(x0, y0) * (1 - shareX) + value(x1, y0) * shareX
                    let lower = value(x0, y1) * (1 - shareX) + value(x1, y1) * shareX
                    sums[column * 3 + channel] += weight * gain * (upper * (1 - shareY) + lower * shareY)
                }
                weights[column] += weight
            }
        }
    }
}
