import PomonaCore

/// How much a detection and a ground truth box share, step for step as pycocotools' `bbIou` computes it: its results
/// are compared with thresholds, where a difference in the last bit may decide.
enum Overlap {
    /// Boxes above this area count as ignored in COCO's area range "all", which ends at (10^5)^2 pixels.
    static let largestArea = 1e10

    @inline(__always)
    static func area(_ box: Box) -> Double { (box.xMax - box.xMin) * (box.yMax - box.yMin) }

    /// Intersection over union, 0...1.
    @inline(__always)
    static func intersectionOverUnion(_ detection: Box, _ truth: Box) -> Double {
        let shared = intersection(detection, truth)
        return shared > 0 ? shared / (area(detection) + area(truth) - shared) : 0
    }

    /// The part of a detection that lies in a crowd's box, 0...1: COCO's measure where `iscrowd` is set.
    @inline(__always)
    static func partInside(_ detection: Box, crowd: Box) -> Double {
        let shared = intersection(detection, crowd)
        return shared > 0 ? shared / area(detection) : 0
    }

    @inline(__always)
    private static func intersection(_ one: Box, _ other: Box) -> Double {
        let width = min(one.xMax, other.xMax) - max(one.xMin, other.xMin)
        guard width > 0 else { return 0 }
        let height = min(one.yMax, other.yMax) - max(one.yMin, other.yMin)
        return height > 0 ? width * height : 0
    }
}
