import Foundation
public import PomonaModel

/// Decides which anchor points answer for which object (Ge et al., "YOLOX", arXiv 2107.08430, section 2, SimOTA; after
/// "OTA: Optimal transport assignment", 2021).
///
/// Every object takes the points near its centre that already predict it at the least cost; how many it takes follows from
/// how well its best ten candidates overlap it.
public struct SimOTAAssigner: Sendable {
    /// Half the side of the square around an object's centre whose points may answer for it, in strides.
    public var centreRadius: Float = 1.5
    /// Weight of the overlap against the class cost.
    public var overlapWeight: Float = 3
    /// Candidates whose overlaps together say how many points an object takes.
    public var topCandidates = 10

    public init() {}

    /// A point that is responsible for an object.
    public struct Match: Equatable, Sendable {
        public var point: Int
        public var object: Int
        /// Intersection over union of the predicted box with the object.
        public var overlap: Float
    }

    /// The points that may answer for any of a photo's objects, in order: what the network says elsewhere does not matter.
    public func candidates(among anchors: AnchorPoints, for objects: [TargetBox]) -> [Int] {
        guard !objects.isEmpty else { return [] }
        return (0..<anchors.count).filter { point in
            let (x, y) = anchors.centre(point)
            let reach = anchors.stride[point] * centreRadius
            return objects.contains { $0.isNear(x, y, reach) }
        }
    }

    /// Matches for one photo.
    ///
    /// - Parameters:
    ///   - answers: `[K, 5 + C]`: raw box, objectness logit and class logits of the candidates.
    ///   - points: The K points of ``candidates(among:for:)``.
    ///   - objects: The photo's objects in input pixels.
    /// - Returns: At most one match per point, in the order of points. Equal costs go to the lower point and object.
    public func assign(
        answers: UnsafeBufferPointer<Float>, of points: [Int], classCount: Int, anchors: AnchorPoints,
        objects: [TargetBox]
    ) -> [Match] {
        guard !points.isEmpty else { return [] }
        let candidates = Candidates(
            answers: answers, points: points, classCount: classCount, anchors: anchors, radius: centreRadius)
        let costs = objects.map { cost(of: candidates, for: $0) }
        // Which objects want each candidate: none, one, or several, of which one can have it.
        var wanted = [Claim](repeating: .nobody, count: candidates.points.count)
        for (object, cost) in costs.enumerated() {
            for i in cheapest(wantedPoints(cost.overlaps), cost.values) {
                wanted[i] = wanted[i] == .nobody ? .one(object) : .several
            }
        }
        return wanted.indices.compactMap { i in
            let object: Int
            switch wanted[i] {
            case .nobody: return nil
            case .one(let claimant): object = claimant
            // As the authors do it, the cheapest of all objects gets a disputed point, be it among those that wanted it or not.
            case .several: object = costs.indices.min { costs[$0].values[i] < costs[$1].values[i] } ?? 0
            }
            return Match(point: candidates.points[i], object: object, overlap: costs[object].overlaps[i])
        }
    }

    private enum Claim: Equatable {
        case nobody, several
        case one(Int)
    }

    /// What it would cost each candidate to answer for an object, and how well it overlaps it.
    private func cost(of candidates: Candidates, for object: TargetBox) -> (values: [Float], overlaps: [Float]) {
        let overlaps = candidates.overlaps(with: object)
        let values = overlaps.indices.map { i in
            // A point away from this object's centre serves it only where nothing else is left.
            let distance: Float = candidates.isNear(i, object) ? 0 : 1e6
            return candidates.classCost(i, label: object.label) - overlapWeight * log(overlaps[i] + 1e-8) + distance
        }
        return (values, overlaps)
    }

    /// How many points an object takes: its best overlaps together, at least one.
    private func wantedPoints(_ overlaps: [Float]) -> Int {
        let sum = overlaps.max(count: topCandidates).reduce(0, +)
        return min(max(1, Int(sum)), overlaps.count)
    }

    private func cheapest(_ wanted: Int, _ costs: [Float]) -> [Int] {
        var chosen: [Int] = []
        for i in costs.indices {
            guard chosen.count == wanted else {
                chosen.append(i)
                chosen.sort { (costs[$0], $0) < (costs[$1], $1) }
                continue
            }
            guard let last = chosen.last, costs[i] < costs[last] else { continue }
            chosen[wanted - 1] = i
            var at = wanted - 1
            while at > 0, costs[chosen[at]] < costs[chosen[at - 1]] {
                chosen.swapAt(at, at - 1)
                at -= 1
            }
        }
        return chosen
    }
}

extension [Float] {
    /// The largest values, largest first.
    fileprivate func max(count: Int) -> [Float] {
        var top: [Float] = []
        for value in self where top.count < count || value > (top.last ?? 0) {
            let position = top.firstIndex { value > $0 } ?? top.count
            top.insert(value, at: position)
            if top.count > count { top.removeLast() }
        }
        return top
    }
}

/// The candidates of one photo, with what the network predicts there.
private struct Candidates {
    let points: [Int]
    private let radius: Float
    private let centreX: [Float]
    private let centreY: [Float]
    private let stride: [Float]
    /// Predicted corners in input pixels, four per candidate.
    private let boxes: [Float]
    /// Per candidate: cost of answering "no" for every class.
    private let emptyCost: [Float]
    /// Per candidate and class: what the cost changes by where the class is right.
    private let labelCost: [Float]
    private let classCount: Int

    init(
        answers: UnsafeBufferPointer<Float>, points: [Int], classCount: Int, anchors: AnchorPoints, radius: Float
    ) {
        let centres = points.map(anchors.centre)
        var boxes: [Float] = []
        var emptyCost: [Float] = []
        var labelCost: [Float] = []
        boxes.reserveCapacity(points.count * 4)
        labelCost.reserveCapacity(points.count * classCount)
        for (candidate, point) in points.enumerated() {
            let row = candidate * (5 + classCount)
            let step = anchors.stride[point]
            let (x, y) = (
                (answers[row] + anchors.gridX[point]) * step, (answers[row + 1] + anchors.gridY[point]) * step
            )
            let (width, height) = (exp(answers[row + 2]) * step, exp(answers[row + 3]) * step)
            boxes += [x - width / 2, y - height / 2, x + width / 2, y + height / 2]
            let objectness = Self.sigmoid(answers[row + 4])
            var empty: Float = 0
            for label in 0..<classCount {
                // Scores of exactly 0 and 1 would cost infinitely much; the reference stops at e^-100.
                let score = (Self.sigmoid(answers[row + 5 + label]) * objectness).squareRoot()
                let no = -Swift.max(log(1 - score), -100)
                empty += no
                labelCost.append(-Swift.max(log(score), -100) - no)
            }
            emptyCost.append(empty)
        }
        self.points = points
        (centreX, centreY) = (centres.map(\.x), centres.map(\.y))
        stride = points.map { anchors.stride[$0] }
        (self.boxes, self.emptyCost, self.labelCost) = (boxes, emptyCost, labelCost)
        (self.classCount, self.radius) = (classCount, radius)
    }

    func classCost(_ index: Int, label: Int) -> Float { emptyCost[index] + labelCost[index * classCount + label] }

    func isNear(_ index: Int, _ object: TargetBox) -> Bool {
        object.isNear(centreX[index], centreY[index], stride[index] * radius)
    }

    func overlaps(with object: TargetBox) -> [Float] {
        let area = (object.xMax - object.xMin) * (object.yMax - object.yMin)
        return boxes.withUnsafeBufferPointer { boxes in
            (0..<points.count).map { index in
                let at = index * 4
                let width = min(boxes[at + 2], object.xMax) - max(boxes[at], object.xMin)
                let height = min(boxes[at + 3], object.yMax) - max(boxes[at + 1], object.yMin)
                guard width > 0, height > 0 else { return 0 }
                let shared = width * height
                let own = (boxes[at + 2] - boxes[at]) * (boxes[at + 3] - boxes[at + 1])
                return shared / (own + area - shared)
            }
        }
    }

    private static func sigmoid(_ x: Float) -> Float { 1 / (1 + exp(-x)) }
}

extension TargetBox {
    /// Whether a point lies in the square around the box's centre that reaches so far.
    fileprivate func isNear(_ x: Float, _ y: Float, _ reach: Float) -> Bool {
        abs(x - (xMin + xMax) / 2) < reach && abs(y - (yMin + yMax) / 2) < reach
    }
}

extension AnchorPoints {
    /// A point in input pixels.
    fileprivate func centre(_ point: Int) -> (x: Float, y: Float) {
        ((gridX[point] + 0.5) * stride[point], (gridY[point] + 0.5) * stride[point])
    }
}
