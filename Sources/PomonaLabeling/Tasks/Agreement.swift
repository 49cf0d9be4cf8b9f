import PomonaCore
import PomonaStore

/// How far two lists of labels for one photo say the same.
struct Agreement {
    /// Places of labels of the first list with their partner's in the second: the same category, and boxes that overlap
    /// enough; each has at most one partner, the best pairs first.
    let pairs: [(Int, Int)]
    private let counts: (Int, Int)

    /// - Parameter leastIoU: the intersection over union from which two boxes are the same thing.
    init(_ first: [Labeled], _ second: [Labeled], leastIoU: Double) {
        counts = (first.count, second.count)
        var candidates: [(iou: Double, Int, Int)] = []
        for (i, a) in first.enumerated() {
            for (j, b) in second.enumerated() where a.category == b.category {
                switch (a.box, b.box) {
                case (nil, nil): candidates.append((1, i, j))
                case (.some(let a), .some(let b)):
                    let iou = a.intersectionOverUnion(b)
                    if iou >= leastIoU { candidates.append((iou, i, j)) }
                default: break
                }
            }
        }
        // Ties by place, so that the outcome never depends on the sorting.
        candidates.sort { ($1.iou, $0.1, $0.2) < ($0.iou, $1.1, $1.2) }
        var taken: (Set<Int>, Set<Int>) = ([], [])
        pairs = candidates.compactMap { _, i, j in
            guard !taken.0.contains(i), !taken.1.contains(j) else { return nil }
            taken.0.insert(i)
            taken.1.insert(j)
            return (i, j)
        }
    }

    /// Whether every label has its partner.
    var isFull: Bool { pairs.count == counts.0 && pairs.count == counts.1 }

    /// Twice the pairs over all labels (the F1 score of one list against the other), 0...1; 1 where both are empty.
    var share: Double {
        counts.0 + counts.1 == 0 ? 1 : 2 * Double(pairs.count) / Double(counts.0 + counts.1)
    }
}

extension Agreement {
    /// A category with a place, whoever says it.
    struct Labeled {
        var category: LabelCategory.ID
        var box: Box?

        init(category: LabelCategory.ID, box: Box?) {
            self.category = category
            self.box = box
        }

        init(_ annotation: TaskAnnotation) { self.init(category: annotation.category, box: annotation.box) }
        init(_ suggestion: TaskSuggestion) { self.init(category: suggestion.category, box: suggestion.box) }
    }

    init(_ first: [TaskAnnotation], _ second: [TaskAnnotation], leastIoU: Double) {
        self.init(first.map(Labeled.init), second.map(Labeled.init), leastIoU: leastIoU)
    }
}
