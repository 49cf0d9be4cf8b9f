import PomonaCore

/// Makes one list of detections out of those that overlapping tiles of a photo gave.
///
/// The difficulty are objects that a tile's edge cuts: the tile sees a part and boxes that part. So a box that touches an
/// edge beyond which the photo goes on counts as a piece. A piece of something that another tile saw as a whole goes;
/// pieces of one thing that no tile saw as a whole are joined.
struct TileMerging {
    /// A detection in pixels of the photo.
    struct Candidate {
        var detection: Detection
        /// Whether it may be a part of an object that the tile's edge cut.
        var isPiece: Bool
    }

    /// Overlap above which the less confident of two boxes of one label is dropped.
    let suppressionOverlap: Double
    let limit: Int
    /// Share of a piece that must lie in a whole box to count as seen there.
    private let coveredShare = 0.6
    /// Share of the smaller of two pieces that they must have in common to be parts of one thing: neighbouring tiles both
    /// see what lies in their overlap.
    private let commonShare = 0.3

    func callAsFunction(_ candidates: [Candidate]) -> [Detection] {
        let suppression = NonMaximumSuppression(overlap: suppressionOverlap, limit: limit)
        let whole = suppression(candidates.filter { !$0.isPiece }.map(\.detection))
        let pieces = candidates.filter(\.isPiece).map(\.detection).sorted { $0.confidence > $1.confidence }
        var joined: [Detection] = []
        for piece in pieces {
            let isSeen = whole.contains {
                $0.label == piece.label && share($0.box, piece.box, of: piece.box.area) > coveredShare
            }
            guard !isSeen else { continue }
            let part = joined.firstIndex {
                $0.label == piece.label
                    && share($0.box, piece.box, of: min($0.box.area, piece.box.area)) > commonShare
            }
            guard let part else {
                joined.append(piece)
                continue
            }
            // The pieces come most confident first, so the first one's confidence stands.
            joined[part].box = joined[part].box.union(piece.box)
        }
        return suppression(whole + joined)
    }

    private func share(_ one: Box, _ other: Box, of area: Double) -> Double {
        area > 0 ? one.intersectionArea(other) / area : 0
    }
}

extension Box {
    /// The smallest box around both.
    fileprivate func union(_ other: Box) -> Box {
        Box(
            xMin: min(xMin, other.xMin), yMin: min(yMin, other.yMin), xMax: max(xMax, other.xMax),
            yMax: max(yMax, other.yMax))
    }

    /// Whether the box touches an edge of the tile beyond which the photo goes on.
    func isCut(by tile: Box, of photo: ImageSize, tolerance: Double) -> Bool {
        (tile.xMin > 0 && xMin <= tile.xMin + tolerance) || (tile.yMin > 0 && yMin <= tile.yMin + tolerance)
            || (tile.xMax < Double(photo.width) && xMax >= tile.xMax - tolerance)
            || (tile.yMax < Double(photo.height) && yMax >= tile.yMax - tolerance)
    }
}
