import PomonaCore

/// Where each photo goes.
struct StitchPlan {
    /// From pixels of each photo to pixels of the whole.
    var placements: [Homography]
    var size: ImageSize
    /// What each photo's brightness is multiplied by.
    var gains: [Double]

    /// Ties photos together along the pairs that agree most, around the one in the middle.
    ///
    /// - Parameters:
    ///   - sizes: of the photos, in pixels.
    ///   - matches: how the first of a pair lies on the second, by their positions.
    ///   - largestArea: most pixels of the whole; it is shrunk to that.
    /// - Throws: ``StitchError/apart(photo:)`` for a photo that lies on no other, ``StitchError/tooWide``.
    init(
        sizes: [ImageSize], matches: [PhotoPair: PairMatch], gains: [Double], largestArea: Int
    ) throws {
        let toReference = try Self.toReference(count: sizes.count, matches)
        var (left, top, right, bottom) = (Double.infinity, Double.infinity, -Double.infinity, -Double.infinity)
        for (size, mapping) in zip(sizes, toReference) {
            for (x, y) in [(0, 0), (size.width, 0), (0, size.height), (size.width, size.height)] {
                guard mapping.depth(Double(x), Double(y)) > 1e-3 else { throw StitchError.tooWide }
                let seen = mapping(Double(x), Double(y))
                (left, right) = (min(left, seen.x), max(right, seen.x))
                (top, bottom) = (min(top, seen.y), max(bottom, seen.y))
            }
        }
        let photos = sizes.reduce(0.0) { $0 + Double($1.area) }
        // Photos that turn further and further away fill any canvas with their stretched edges.
        guard (right - left) * (bottom - top) <= 16 * photos else { throw StitchError.tooWide }
        let scale = min(1, (Double(largestArea) / ((right - left) * (bottom - top))).squareRoot())
        size = ImageSize(
            width: max(1, Int(((right - left) * scale).rounded(.down))),
            height: max(1, Int(((bottom - top) * scale).rounded(.down))))
        let canvas = Homography(values: [scale, 0, -left * scale, 0, scale, -top * scale, 0, 0, 1])
        placements = toReference.map { canvas * $0 }
        self.gains = gains
    }

    /// Follows a tree of the strongest pairs (Kruskal) from the photo that has the shortest way to all others.
    private static func toReference(count: Int, _ matches: [PhotoPair: PairMatch]) throws -> [Homography] {
        var neighbours = [[(photo: Int, mapping: Homography)]](repeating: [], count: count)
        var part = Array(0..<count)
        let strongest = matches.sorted { a, b in
            (b.value.inliers.count, a.key.first, a.key.second) < (a.value.inliers.count, b.key.first, b.key.second)
        }
        for (pair, match) in strongest where part[pair.first] != part[pair.second] {
            guard let back = match.homography.inverse else { continue }
            let (old, new) = (part[pair.second], part[pair.first])
            part = part.map { $0 == old ? new : $0 }
            neighbours[pair.second].append((pair.first, match.homography))
            neighbours[pair.first].append((pair.second, back))
        }
        // The largest part is the picture; the first photo outside of it is the one to name.
        let largest = (0..<count).max { a, b in
            let (sizeA, sizeB) = (part.count { $0 == part[a] }, part.count { $0 == part[b] })
            return (sizeA, b) < (sizeB, a)
        }
        guard let largest else { return [] }
        if let apart = (0..<count).first(where: { part[$0] != part[largest] }) { throw StitchError.apart(photo: apart) }

        func walk(from root: Int) -> (mappings: [Homography], longest: Int) {
            var mappings = [Homography](repeating: .identity, count: count)
            var depth = [Int?](repeating: nil, count: count)
            depth[root] = 0
            var open = [root]
            while let photo = open.popLast() {
                for next in neighbours[photo] where depth[next.photo] == nil {
                    mappings[next.photo] = mappings[photo] * next.mapping
                    depth[next.photo] = (depth[photo] ?? 0) + 1
                    open.append(next.photo)
                }
            }
            return (mappings, depth.compactMap { $0 }.max() ?? 0)
        }
        let walks = (0..<count).map(walk(from:))
        return walks.min { $0.longest < $1.longest }?.mappings ?? []
    }
}

/// Two photos by their positions.
struct PhotoPair: Hashable {
    var first: Int
    var second: Int
}
