/// Walks over the labels once for each question and gathers what is wrong.
struct COCOValidator {
    let file: COCOFile
    let chosenForm: BoxForm?
    let kind: COCOKind
    let kindReason: String
    let words: RecordWords
    let found = FindingCollector()

    /// For each annotation the place of its image, and the index of its tag.
    private(set) var imageOf: [Int32] = []
    private(set) var labelOf: [Int32] = []
    private(set) var labels: [String] = []

    var document: COCODocument { file.document }

    init(file: COCOFile, kind: COCOKind?, form: BoxForm?) {
        self.file = file
        chosenForm = form
        words = RecordWords(document: file.document)
        (self.kind, kindReason) = Self.recognise(kind, in: file.document.annotations)
        found.add(file.faults)
    }

    /// Goes by boxes: none at all means tags of whole photos.
    static func recognise(_ chosen: COCOKind?, in annotations: [COCOAnnotation]) -> (COCOKind, String) {
        if let chosen { return (chosen, "as was said") }
        if annotations.isEmpty { return (.detection, "there are no annotations") }
        let boxes = annotations.reduce(0) { $0 + ($1.box != nil || $1.unread.contains(.box) ? 1 : 0) }
        if boxes == 0 { return (.classification, "no annotation has a box") }
        if boxes == annotations.count { return (.detection, "every annotation has a box") }
        return (.detection, "\(boxes.grouped) of \(annotations.count.grouped) annotations have a box")
    }

    mutating func validate() -> COCOValidation {
        checkLists()
        let imageIndex = IDIndex(document.images)
        let categoryIndex = IDIndex(document.categories)
        checkIDs(.images, imageIndex)
        checkIDs(.annotations, IDIndex(document.annotations))
        checkIDs(.categories, categoryIndex)
        checkImages()
        collectLabels()
        resolve(imageIndex, categoryIndex)
        let form = recogniseForm()
        let boxCount = document.annotations.reduce(0) { $0 + ($1.box == nil ? 0 : 1) }
        var clipped = 0
        switch kind {
        case .detection:
            if boxCount == 0, !document.annotations.contains(where: { $0.unread.contains(.box) }) {
                found.add(.noBoxes) { COCOPlace(list: .annotations, message: "the file has no box to learn from") }
            }
            if let known = form.form { clipped = checkBoxes(form: known) }
            checkMissingBoxes()
        case .classification: checkTags(boxCount: boxCount)
        }
        checkUse()
        return COCOValidation(
            kind: kind, kindReason: kindReason, form: form, findings: found.findings, clippedBoxCount: clipped,
            labels: labels, imageOf: imageOf, labelOf: labelOf)
    }

    private func checkLists() {
        for list in COCOList.allCases where !file.lists.contains(list) {
            found.add(.missingList) {
                COCOPlace(
                    list: list, message: "\"\(list.rawValue)\" is missing; a COCO file has \(COCOList.phrase)")
            }
        }
        if file.lists.contains(.images), document.images.isEmpty {
            found.add(.noImages) { COCOPlace(list: .images, message: "the list of images is empty") }
        }
        if file.lists.contains(.categories), document.categories.isEmpty {
            found.add(.noCategories) { COCOPlace(list: .categories, message: "the list of categories is empty") }
        }
    }

    private func checkIDs(_ list: COCOList, _ index: IDIndex) {
        guard index.duplicateCount > 0 else { return }
        for (number, duplicate) in index.duplicates.enumerated() {
            // What is not among the examples is still counted.
            let count = number == 0 ? index.duplicateCount - index.duplicates.count + 1 : 1
            found.add(.duplicateID, count: count) {
                let sentence = "its id stands at \(list.rawValue)[\(duplicate.first)] already; ids are unique"
                switch list {
                case .images:
                    let id = String(words.document.images[duplicate.later].id)
                    return words.place(image: duplicate.later, field: "id", value: id, sentence)
                case .annotations:
                    let annotation = words.document.annotations[duplicate.later]
                    let image = words.document.images.first { $0.id == annotation.imageID }
                    return words.place(
                        annotation: duplicate.later, image: image, field: "id", value: String(annotation.id), sentence)
                case .categories:
                    let id = String(words.document.categories[duplicate.later].id)
                    return words.place(category: duplicate.later, field: "id", value: id, sentence)
                }
            }
        }
    }

    /// The tags in the order of their categories' ids; a name that stands twice is one tag.
    private mutating func collectLabels() {
        var seen: Set<String> = []
        for category in document.categories.sorted(by: { $0.id < $1.id }) where seen.insert(category.name).inserted {
            labels.append(category.name)
        }
        var first: [String: Int] = [:]
        for (index, category) in document.categories.enumerated() where !category.unread.contains(.name) {
            if category.name.allSatisfy(\.isWhitespace) {
                found.add(.emptyName) {
                    words.place(category: index, field: "name", value: category.name, "its name is empty")
                }
            } else if let earlier = first[category.name] {
                found.add(.duplicateCategoryName, .warning) {
                    words.place(
                        category: index, field: "name", value: category.name,
                        "category \(document.categories[earlier].id) has the same name")
                }
            } else {
                first[category.name] = index
            }
        }
    }

    /// Finds the image and the tag of each annotation.
    private mutating func resolve(_ images: IDIndex, _ categories: IDIndex) {
        let labelIndices = Dictionary(zip(labels, 0..<Int32(labels.count)), uniquingKeysWith: { first, _ in first })
        let labelOfCategory = document.categories.map { labelIndices[$0.name] ?? -1 }
        imageOf = [Int32](repeating: -1, count: document.annotations.count)
        labelOf = imageOf
        for (index, annotation) in document.annotations.enumerated() {
            let image = annotation.unread.contains(.imageID) ? nil : images[annotation.imageID]
            imageOf[index] = Int32(image ?? -1)
            if image == nil, !annotation.unread.contains(.imageID) {
                found.add(.unknownImage) {
                    words.place(
                        annotation: index, image: nil, field: "image_id", value: String(annotation.imageID),
                        "image_id is \(annotation.imageID), but no image has that id")
                }
            }
            guard !annotation.unread.contains(.categoryID) else { continue }
            if let category = categories[annotation.categoryID] {
                labelOf[index] = labelOfCategory[category]
            } else {
                found.add(.unknownCategory) {
                    words.place(
                        annotation: index, image: image.map { document.images[$0] }, field: "category_id",
                        value: String(annotation.categoryID),
                        "category_id is \(annotation.categoryID), but no category has that id")
                }
            }
        }
    }
}
