extension Mending {
    /// Numbers what is not numbered 1...N, and lets references follow. Images and annotations keep their order in the
    /// file, categories the order of their ids, which is the order of a model's tags.
    mutating func renumber() {
        renumberImages()
        renumberCategories()
        guard !document.annotations.map(\.id).isNumbering else { return }
        var touched = Touched()
        for index in document.annotations.indices where document.annotations[index].id != index + 1 {
            touched.add("annotation \(document.annotations[index].id)")
            document.annotations[index].id = index + 1
        }
        note(.idsRenumbered, touched, "Annotations get new ids, 1 to their number")
    }

    private mutating func renumberImages() {
        let index = IDIndex(document.images)
        // Which of two images of one id an annotation means cannot be known.
        guard index.duplicateCount == 0, !document.images.map(\.id).isNumbering else { return }
        var touched = Touched()
        for place in document.annotations.indices {
            if let image = index[document.annotations[place].imageID] {
                document.annotations[place].imageID = image + 1
            }
        }
        for place in document.images.indices where document.images[place].id != place + 1 {
            touched.add("image \(document.images[place].id)")
            document.images[place].id = place + 1
        }
        note(.idsRenumbered, touched, "Images get new ids, 1 to their number")
    }

    private mutating func renumberCategories() {
        let index = IDIndex(document.categories)
        guard index.duplicateCount == 0, !document.categories.map(\.id).isNumbering else { return }
        let order = document.categories.indices.sorted { document.categories[$0].id < document.categories[$1].id }
        var number = [Int](repeating: 0, count: order.count)
        for (rank, place) in order.enumerated() { number[place] = rank + 1 }
        var touched = Touched()
        for place in document.annotations.indices {
            if let category = index[document.annotations[place].categoryID] {
                document.annotations[place].categoryID = number[category]
            }
        }
        for place in document.categories.indices where document.categories[place].id != number[place] {
            let category = document.categories[place]
            touched.add("category \(category.id) (\(category.name.shown))")
            document.categories[place].id = number[place]
        }
        note(.idsRenumbered, touched, "Categories get new ids, 1 to their number")
    }
}

extension [Int] {
    /// Whether these are 1...N, each once, in any order.
    fileprivate var isNumbering: Bool {
        var seen = [Bool](repeating: false, count: count)
        for id in self {
            guard id >= 1, id <= count, !seen[id - 1] else { return false }
            seen[id - 1] = true
        }
        return true
    }
}
