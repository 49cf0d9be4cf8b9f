import PomonaCore

/// The overlapping tiles that a photo is cut into.
struct TileGrid {
    /// Side of a tile in pixels of the photo; tiles at a photo that is smaller are as large as it.
    let side: ImageSize
    /// In whole pixels, row by row, together covering the photo.
    let tiles: [Box]

    /// - Parameters:
    ///   - tile: Wanted size of a tile.
    ///   - overlap: Least share of a tile that it has in common with its neighbour, below 1.
    ///   - limit: Most tiles; where there would be more, they are made larger instead.
    init(photo: ImageSize, tile: ImageSize, overlap: Double, limit: Int) {
        var side = ImageSize(width: min(tile.width, photo.width), height: min(tile.height, photo.height))
        var starts = Self.starts(photo, side, overlap)
        while starts.x.count * starts.y.count > limit {
            side = ImageSize(
                width: min(photo.width, side.width * 5 / 4 + 1), height: min(photo.height, side.height * 5 / 4 + 1))
            starts = Self.starts(photo, side, overlap)
        }
        self.side = side
        tiles = starts.y.flatMap { y in
            starts.x.map { x in
                Box(
                    xMin: Double(x), yMin: Double(y), xMax: Double(x + side.width), yMax: Double(y + side.height))
            }
        }
    }

    private static func starts(_ photo: ImageSize, _ side: ImageSize, _ overlap: Double) -> (x: [Int], y: [Int]) {
        (starts(photo.width, side.width, overlap), starts(photo.height, side.height, overlap))
    }

    /// As few as cover the length with the overlap, evenly spread.
    private static func starts(_ length: Int, _ side: Int, _ overlap: Double) -> [Int] {
        guard length > side else { return [0] }
        let step = max(1, Double(side) * (1 - overlap))
        let gaps = Int((Double(length - side) / step).rounded(.up))
        return (0...gaps).map { Int((Double($0) * Double(length - side) / Double(gaps)).rounded()) }
    }
}
