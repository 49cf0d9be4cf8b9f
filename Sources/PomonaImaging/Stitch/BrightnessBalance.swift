import PomonaCore

/// How much brighter or darker each photo must be for the same things to be equally bright in all.
enum BrightnessBalance {
    /// Standard deviations of brightness between photos (of 255) and of gains, as the paper has them.
    private static let brightnessDeviation = 10.0
    private static let gainDeviation = 0.1

    /// Brown and Lowe, 2007, section 6: least squares over all overlaps, held near 1.
    static func gains(_ photos: [RGBImage], _ matches: [PhotoPair: PairMatch]) -> [Double] {
        let count = photos.count
        var matrix = [Double](repeating: 0, count: count * count)
        var right = [Double](repeating: 0, count: count)
        for (pair, match) in matches.sorted(by: { ($0.key.first, $0.key.second) < ($1.key.first, $1.key.second) }) {
            let (i, j) = (pair.first, pair.second)
            let number = Double(match.inliers.count)
            let meanI = match.inliers.reduce(0) { $0 + brightness(photos[i], $1.from) } / number
            let meanJ = match.inliers.reduce(0) { $0 + brightness(photos[j], $1.to) } / number
            let weight = number / (brightnessDeviation * brightnessDeviation)
            let own = number / (gainDeviation * gainDeviation)
            matrix[i * count + i] += weight * meanI * meanI + own
            matrix[j * count + j] += weight * meanJ * meanJ + own
            matrix[i * count + j] -= weight * meanI * meanJ
            matrix[j * count + i] -= weight * meanI * meanJ
            right[i] += own
            right[j] += own
        }
        // A photo without a match keeps its brightness, and is refused later anyway.
        for photo in 0..<count where matrix[photo * count + photo] == 0 {
            (matrix[photo * count + photo], right[photo]) = (1, 1)
        }
        return LinearSystem.solve(matrix, right) ?? Array(repeating: 1, count: count)
    }

    /// The mean of a few pixels around a place.
    private static func brightness(_ photo: RGBImage, _ place: (x: Double, y: Double)) -> Double {
        var sum = 0
        var pixels = 0
        for y in max(0, Int(place.y) - 4)...min(photo.height - 1, Int(place.y) + 4) {
            for x in max(0, Int(place.x) - 4)...min(photo.width - 1, Int(place.x) + 4) {
                let start = (y * photo.width + x) * 3
                sum += Int(photo.pixels[start]) + Int(photo.pixels[start + 1]) + Int(photo.pixels[start + 2])
                pixels += 3
            }
        }
        return Double(sum) / Double(max(1, pixels))
    }
}
