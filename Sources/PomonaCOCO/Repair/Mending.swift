/// A document on the mend.
struct Mending {
    var document: COCODocument
    private(set) var actions: [COCORepairAction] = []

    init(document: COCODocument) {
        self.document = document
    }

    /// Notes what was done, if anything was.
    mutating func note(_ kind: COCORepairAction.Kind, _ touched: Touched, _ sentence: String) {
        guard touched.count > 0 else { return }
        actions.append(
            COCORepairAction(kind: kind, count: touched.count, text: "\(sentence) (\(touched.count.grouped))\(touched)")
        )
    }

    /// Categories of one name become the one with the lowest id, and their annotations follow.
    mutating func mergeCategories() {
        let index = IDIndex(document.categories)
        // Which of two categories of one id is meant cannot be known, unless they agree in the name too.
        let ambiguous = document.categories.enumerated().contains { place, category in
            index[category.id].map { document.categories[$0].name != category.name } ?? false
        }
        guard !ambiguous else { return }
        var kept: [String: Int] = [:]
        for category in document.categories where !category.unread.contains(.name) {
            kept[category.name] = min(kept[category.name] ?? .max, category.id)
        }
        var renamed: [Int: Int] = [:]
        var seen: Set<Int> = []
        var touched = Touched()
        var categories: [COCOCategory] = []
        for category in document.categories {
            let target = kept[category.name] ?? category.id
            if category.unread.isEmpty, target != category.id || !seen.insert(category.id).inserted {
                renamed[category.id] = target
                touched.add("category \(category.id) (\(category.name.shown))")
            } else {
                categories.append(category)
            }
        }
        guard touched.count > 0 else { return }
        document.categories = categories
        for index in document.annotations.indices {
            if let target = renamed[document.annotations[index].categoryID] {
                document.annotations[index].categoryID = target
            }
        }
        note(.categoriesMerged, touched, "Categories of the same name become one")
    }

    /// Of images that agree in id, name and size one stays.
    mutating func dropRepeatedImages() {
        let index = IDIndex(document.images)
        guard index.duplicateCount > 0 else { return }
        let images = document.images
        var touched = Touched()
        document.images = images.enumerated().filter { place, image in
            guard image.unread.isEmpty, let first = index[image.id], first != place, images[first] == image else {
                return true
            }
            touched.add("image \(image.id) (\(image.name.shown))")
            return false
        }.map(\.element)
        note(.imagesDropped, touched, "Images that stand twice are dropped")
    }

    /// Of annotations that agree in everything one stays. Others of one id get ids of their own in `renumber`.
    mutating func dropRepeatedAnnotations() {
        let index = IDIndex(document.annotations)
        guard index.duplicateCount > 0 else { return }
        let annotations = document.annotations
        var touched = Touched()
        document.annotations = annotations.enumerated().filter { place, annotation in
            guard annotation.unread.isEmpty, let first = index[annotation.id], first != place,
                annotations[first] == annotation
            else { return true }
            touched.add("annotation \(annotation.id)")
            return false
        }.map(\.element)
        note(.annotationsDropped, touched, "Annotations that stand twice are dropped")
    }

    /// Annotations of images or categories that are not in the file cannot be of use to anybody.
    mutating func dropDangling() {
        let images = IDIndex(document.images)
        let categories = IDIndex(document.categories)
        var touched = Touched()
        document.annotations.removeAll { annotation in
            let hasImage = annotation.unread.contains(.imageID) || images[annotation.imageID] != nil
            let hasCategory = annotation.unread.contains(.categoryID) || categories[annotation.categoryID] != nil
            guard !hasImage || !hasCategory else { return false }
            touched.add("annotation \(annotation.id)")
            return true
        }
        note(.danglingRemoved, touched, "Annotations of images or categories that are not in the file are removed")
    }

    mutating func roundSizes() {
        var touched = Touched()
        for index in document.images.indices {
            let image = document.images[index]
            let (width, height) = (image.width.rounded(), image.height.rounded())
            guard width != image.width || height != image.height, width >= 1, height >= 1 else { continue }
            document.images[index].width = width
            document.images[index].height = height
            touched.add("image \(image.id) (\(image.name.shown))")
        }
        note(.sizesRounded, touched, "Sizes become whole pixels")
    }
}

/// Counts records and remembers the first.
struct Touched: CustomStringConvertible {
    private(set) var count = 0
    private var names: [String] = []

    mutating func add(_ name: @autoclosure () -> String) {
        count += 1
        if names.count < 3 { names.append(name()) }
    }

    /// `: annotation 3, annotation 7 and others`
    var description: String {
        ": " + names.joined(separator: ", ") + (count > names.count ? " and others" : "")
    }
}
