extension COCOValidator {
    /// In a file for classification each photo has one tag.
    func checkTags(boxCount: Int) {
        var firstTag = [Int32](repeating: -1, count: document.images.count)
        for index in document.annotations.indices where imageOf[index] >= 0 {
            let image = Int(imageOf[index])
            let earlier = Int(firstTag[image])
            if earlier < 0 {
                firstTag[image] = Int32(index)
                continue
            }
            found.add(.secondTag) {
                place(
                    ofAnnotationAt: index, field: "image_id", value: String(document.images[image].id),
                    "the photo has annotation \(document.annotations[earlier].id) already; "
                        + "classification takes one tag for each photo")
            }
        }
        if document.annotations.isEmpty {
            found.add(.noTags) { COCOPlace(list: .annotations, message: "the file has no tag to learn from") }
        }
        for (index, annotation) in document.annotations.enumerated() where annotation.box != nil {
            found.add(.boxNotUsed, .note, count: boxCount) {
                place(
                    ofAnnotationAt: index, field: "bbox", value: nil, "its box is not used for classification")
            }
            break
        }
    }

    /// Photos and categories that no annotation speaks of.
    func checkUse() {
        var imageIsUsed = [Bool](repeating: false, count: document.images.count)
        var labelIsUsed = [Bool](repeating: false, count: labels.count)
        for index in document.annotations.indices {
            if imageOf[index] >= 0 { imageIsUsed[Int(imageOf[index])] = true }
            if labelOf[index] >= 0 { labelIsUsed[Int(labelOf[index])] = true }
        }
        let rule: COCORule = kind == .detection ? .photoWithoutBox : .photoWithoutTag
        for index in document.images.indices where !imageIsUsed[index] {
            found.add(rule, kind == .detection ? .note : .warning) {
                words.place(
                    image: index, kind == .detection ? "it has no box" : "it has no tag and is left out")
            }
        }
        let labelIndices = Dictionary(zip(labels, labels.indices), uniquingKeysWith: { first, _ in first })
        for (index, category) in document.categories.enumerated() {
            guard let label = labelIndices[category.name], !labelIsUsed[label] else { continue }
            found.add(.unusedCategory, .note) { words.place(category: index, "nothing has this tag") }
        }
    }
}
