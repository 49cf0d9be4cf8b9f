public import PomonaCore

/// How one large photo is looked at piece by piece: which tiles it is cut into, and how their answers become one.
///
/// The photo as a whole is looked at too, for what is larger than a tile.
public struct TilePlan: Sendable {
    private let grid: TileGrid
    private let photo: ImageSize
    /// An edge counts as touched where less than two pixels of the network's input lie between, here in the photo's.
    private let tolerance: Double

    /// - Parameters:
    ///   - photo: Size of the upright photo.
    ///   - input: Size of the network's input.
    ///   - tile: Size of a tile in pixels of the photo; `nil` for that of the input, at which nothing is scaled.
    ///   - overlap: Least share of a tile that it has in common with its neighbour, 0...0.9.
    ///   - limit: Most tiles; where there would be more, they are made larger instead.
    public init(photo: ImageSize, input: ImageSize, tile: ImageSize? = nil, overlap: Double = 0.2, limit: Int = 256) {
        grid = TileGrid(photo: photo, tile: tile ?? input, overlap: overlap, limit: limit)
        self.photo = photo
        tolerance =
            2 * max(1, Double(grid.side.width) / Double(input.width), Double(grid.side.height) / Double(input.height))
    }

    /// In whole pixels of the photo, row by row, together covering it.
    public var tiles: [Box] { grid.tiles }

    /// Whether the photo is no larger than a tile, so that one look is enough.
    public var isWhole: Bool { grid.tiles.count == 1 }

    /// Makes one list of what was found.
    ///
    /// - Parameters:
    ///   - inTiles: What was found in each of ``tiles``, in the tile's own pixels.
    ///   - inWhole: What was found in the photo as a whole, in its pixels.
    ///   - suppressionOverlap: Overlap above which the less confident of two boxes of one label is dropped, 0...1.
    ///   - limit: Detections kept.
    /// - Returns: Most confident first, in the photo's pixels.
    public func merged(
        inTiles: [[Detection]], inWhole: [Detection], suppressionOverlap: Double = 0.65, limit: Int = 300
    ) -> [Detection] {
        var candidates = inWhole.map { TileMerging.Candidate(detection: $0, isPiece: false) }
        for (tile, detections) in zip(grid.tiles, inTiles) {
            candidates += detections.map { detection in
                var moved = detection
                moved.box = detection.box.moved(x: tile.xMin, y: tile.yMin)
                return TileMerging.Candidate(
                    detection: moved, isPiece: moved.box.isCut(by: tile, of: photo, tolerance: tolerance))
            }
        }
        return TileMerging(suppressionOverlap: suppressionOverlap, limit: limit)(candidates)
    }
}

extension Box {
    fileprivate func moved(x: Double, y: Double) -> Box {
        Box(xMin: xMin + x, yMin: yMin + y, xMax: xMax + x, yMax: yMax + y)
    }
}
