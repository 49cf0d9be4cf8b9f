import PomonaCore
import PomonaStore

extension LabelingProject {
    /// The most annotations of one photo.
    private static let largestCount = 5_000

    /// How far a box may reach over the photo's edge, in pixels: browsers round.
    private static let tolerance = 1.0

    /// - Throws: `StoreError.invalidValue` that names the first annotation that cannot be, and why.
    func check(_ annotations: [TaskAnnotation], for task: LabelingTask) throws(StoreError) {
        func refuse(_ place: Int?, _ field: String, _ found: String, _ expected: String) -> StoreError {
            let path = place.map { "annotations.\($0)" } ?? "annotations"
            return .invalidValue(
                of: "photo", field: field.isEmpty ? path : "\(path).\(field)", found: found, expected: expected)
        }
        guard annotations.count <= Self.largestCount else {
            throw refuse(nil, "", "\(annotations.count) annotations", "at most \(Self.largestCount)")
        }
        if kind == .imageClassification, annotations.count > 1 {
            throw refuse(nil, "", "\(annotations.count) tags", "one for the whole photo")
        }
        let known = Set(categories.map(\.id))
        var ids: Set<String> = []
        for (place, annotation) in annotations.enumerated() {
            guard (1...100).contains(annotation.id.utf8.count), ids.insert(annotation.id).inserted else {
                throw refuse(place, "id", "\"\(annotation.id.prefix(40))\"", "a word of its own")
            }
            guard known.contains(annotation.category) else {
                throw refuse(place, "categoryID", "a category that is not (or no longer) there", "one of the project's")
            }
            switch (kind, annotation.box) {
            case (.imageClassification, .some):
                throw refuse(place, "box", "a box", "none: the tag is the whole photo's")
            case (.imageClassification, nil): break
            case (.objectDetection, nil): throw refuse(place, "box", "missing", "where the thing is")
            case (.objectDetection, .some(let box)):
                let inside = box.clipped(to: task.size)
                guard [box.xMin, box.yMin, box.xMax, box.yMax].allSatisfy(\.isFinite),
                    inside.width > 0, inside.height > 0, box.xMin >= -Self.tolerance, box.yMin >= -Self.tolerance,
                    box.xMax <= Double(task.size.width) + Self.tolerance,
                    box.yMax <= Double(task.size.height) + Self.tolerance
                else {
                    throw refuse(
                        place, "box", "(\(box.xMin), \(box.yMin), \(box.xMax), \(box.yMax))",
                        "a part of the photo of \(task.size)")
                }
            }
        }
    }
}
