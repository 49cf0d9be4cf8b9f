import PomonaCore

/// Finds for each position of a planogram the object of a photo that stands there.
///
/// The photo shows the shelf at some scale and offset, and not always all of it. Both are found by trying pairs of
/// positions against pairs of objects that carry their products' names, and keeping the placement under which
/// the most objects lie where the planogram has them.
struct PlanogramMatcher {
    struct Position {
        var id: String
        var product: String

        /// In the planogram's own unit.
        var box: Box
    }

    struct Found {
        var tag: String

        /// In pixels.
        var box: Box
    }

    /// From the planogram's unit to pixels: a scale and an offset along each axis.
    struct Placement: Equatable {
        var scaleX: Double
        var scaleY: Double
        var offsetX: Double
        var offsetY: Double

        func callAsFunction(_ box: Box) -> Box {
            Box(
                xMin: box.xMin * scaleX + offsetX, yMin: box.yMin * scaleY + offsetY,
                xMax: box.xMax * scaleX + offsetX, yMax: box.yMax * scaleY + offsetY)
        }
    }

    /// An object fits a position where at least this much of both is shared.
    static let leastOverlap = 0.25

    let positions: [Position]
    let objects: [Found]

    /// For each position that has one, the index of its object. No object stands at two positions.
    func matches() -> [(position: Int, object: Int)] {
        guard !positions.isEmpty, !objects.isEmpty else { return [] }
        let best = placements().map { ($0, score($0)) }.max { $0.1 < $1.1 }
        guard let (placement, _) = best else { return [] }
        return assignment(under: placement)
    }

    /// Pairs by overlap, the best first.
    private func assignment(under placement: Placement) -> [(position: Int, object: Int)] {
        var pairs: [(position: Int, object: Int, overlap: Double)] = []
        for (place, position) in positions.enumerated() {
            let box = placement(position.box)
            for (index, object) in objects.enumerated() {
                let overlap = box.intersectionOverUnion(object.box)
                if overlap >= Self.leastOverlap { pairs.append((place, index, overlap)) }
            }
        }
        pairs.sort { $0.overlap > $1.overlap }
        var (takenPositions, takenObjects): (Set<Int>, Set<Int>) = ([], [])
        var matches: [(position: Int, object: Int)] = []
        for pair in pairs where !takenPositions.contains(pair.position) && !takenObjects.contains(pair.object) {
            takenPositions.insert(pair.position)
            takenObjects.insert(pair.object)
            matches.append((pair.position, pair.object))
        }
        return matches.sorted { $0.position < $1.position }
    }

    /// Overlap of everything that is matched, where the right product counts double.
    private func score(_ placement: Placement) -> Double {
        assignment(under: placement).reduce(0) { sum, match in
            let (position, object) = (positions[match.position], objects[match.object])
            let overlap = placement(position.box).intersectionOverUnion(object.box)
            return sum + overlap * (object.tag == position.product ? 2 : 1)
        }
    }

    /// Pairs of objects that are looked at for a placement.
    private static let mostTries = 200_000

    private func placements() -> [Placement] {
        // What is compared for all placements together stays within a fraction of a second, however long the lists are.
        let limit = min(400, max(16, 4_000_000 / (positions.count * objects.count)))
        let byTag = Dictionary(grouping: objects.indices) { objects[$0].tag }
        var found = [filling()].compactMap { $0 }
        var tries = 0
        for (first, second) in pairs() {
            for a in byTag[positions[first].product] ?? [] {
                for b in byTag[positions[second].product] ?? [] where a != b {
                    // Lists can be such that hardly a pair lies the same way round.
                    tries += 1
                    if tries > Self.mostTries { return found }
                    guard
                        let placement = Self.placement(
                            positions[first].box, positions[second].box, on: objects[a].box, objects[b].box)
                    else { continue }
                    found.append(placement)
                    if found.count >= limit { return found }
                }
            }
        }
        return found
    }

    /// Pairs of positions in an order that is the same every time and favours no part of the shelf.
    private func pairs() -> [(Int, Int)] {
        var generator = SeededGenerator(seed: 1, positions.count, objects.count)
        guard positions.count > 60 else {
            let all = positions.indices.flatMap { first in positions.indices[..<first].map { ($0, first) } }
            return all.map { ($0, generator.next()) }.sorted { $0.1 < $1.1 }.map(\.0)
        }
        return (0..<2_000).map { _ in
            let first = generator.index(below: positions.count)
            let step = 1 + generator.index(below: positions.count - 1)
            return (first, (first + step) % positions.count)
        }
    }

    /// All positions stretched over all objects.
    private func filling() -> Placement? {
        guard let plan = Self.hull(positions.map(\.box)), let photo = Self.hull(objects.map(\.box)) else { return nil }
        return Self.placement(plan, onto: photo)
    }

    /// The placement that brings the hull of two positions onto that of two objects; `nil` where they lie the other way
    /// round.
    private static func placement(_ a: Box, _ b: Box, on c: Box, _ d: Box) -> Placement? {
        guard sameOrder(a.xMin + a.xMax, b.xMin + b.xMax, c.xMin + c.xMax, d.xMin + d.xMax),
            sameOrder(a.yMin + a.yMax, b.yMin + b.yMax, c.yMin + c.yMax, d.yMin + d.yMax)
        else { return nil }
        guard let plan = hull([a, b]), let photo = hull([c, d]) else { return nil }
        return placement(plan, onto: photo)
    }

    private static func placement(_ plan: Box, onto photo: Box) -> Placement? {
        guard plan.width > 0, plan.height > 0, photo.width > 0, photo.height > 0 else { return nil }
        let (x, y) = (photo.width / plan.width, photo.height / plan.height)
        return Placement(
            scaleX: x, scaleY: y, offsetX: photo.xMin - plan.xMin * x, offsetY: photo.yMin - plan.yMin * y)
    }

    /// Level places may be seen a little apart, so only a clear difference counts.
    private static func sameOrder(_ a: Double, _ b: Double, _ c: Double, _ d: Double) -> Bool {
        (a - b) * (c - d) >= 0 || a == b
    }

    private static func hull(_ boxes: [Box]) -> Box? {
        guard let first = boxes.first else { return nil }
        return boxes.reduce(first) { hull, box in
            Box(
                xMin: min(hull.xMin, box.xMin), yMin: min(hull.yMin, box.yMin), xMax: max(hull.xMax, box.xMax),
                yMax: max(hull.yMax, box.yMax))
        }
    }
}
