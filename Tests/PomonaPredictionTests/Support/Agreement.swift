import PomonaCore

/// Whether two lists of detections say the same: each detection of one has its like in the other, confidences within
/// 0.001 and box corners within a thousandth of the box's extent. Those within 0.001 of the threshold may be in one list
/// only.
func agree(_ one: [Detection], _ other: [Detection], threshold: Double) -> Bool {
    func contains(_ list: [Detection], _ wanted: Detection) -> Bool {
        list.contains { candidate in
            let extent = max(wanted.box.width, wanted.box.height, 1)
            let corners = [
                candidate.box.xMin - wanted.box.xMin, candidate.box.yMin - wanted.box.yMin,
                candidate.box.xMax - wanted.box.xMax, candidate.box.yMax - wanted.box.yMax,
            ]
            return candidate.label == wanted.label && abs(candidate.confidence - wanted.confidence) < 1e-3
                && corners.allSatisfy { abs($0) < 1e-3 * extent }
        }
    }
    func isCovered(_ list: [Detection], by other: [Detection]) -> Bool {
        list.allSatisfy { $0.confidence < threshold + 1e-3 || contains(other, $0) }
    }
    return isCovered(one, by: other) && isCovered(other, by: one)
}
