/// How large photos are cut into overlapping tiles, so that small objects on them are found.
public struct PredictionTiles: Codable, Sendable {
    /// Side of a tile in pixels of the photo; `nil` for that of the model's input.
    public var side: Int?
    /// Least share of a tile that it has in common with its neighbour, 0...0.9.
    public var overlap: Double

    public init(side: Int? = nil, overlap: Double = 0.2) {
        self.side = side
        self.overlap = overlap
    }
}
