/// Numbers for everything in a document: images in the order of the list, categories in the order of their ids.
struct Numbering {
    private let file: String
    private let images: IDIndex
    private let categoryPlaces: IDIndex

    /// The categories in the order in which they are numbered.
    let categories: [COCOCategory]

    /// - Throws: ``COCOError/notWritable(file:what:)`` if an id that others refer to stands twice.
    init(_ document: COCODocument, file: String) throws {
        self.file = file
        images = IDIndex(document.images)
        let categories = document.categories.sorted { $0.id < $1.id }
        categoryPlaces = IDIndex(categories)
        self.categories = categories
        if let twice = images.duplicates.first {
            throw COCOError.notWritable(
                file: file, what: "two images have the id \(document.images[twice.first].id)")
        }
        if let twice = categoryPlaces.duplicates.first {
            throw COCOError.notWritable(
                file: file, what: "two categories have the id \(categories[twice.first].id)")
        }
    }

    func image(of annotation: COCOAnnotation) throws -> Int {
        guard let place = images[annotation.imageID] else {
            throw refusal(annotation, "image", annotation.imageID)
        }
        return place
    }

    func category(of annotation: COCOAnnotation) throws -> Int {
        guard let place = categoryPlaces[annotation.categoryID] else {
            throw refusal(annotation, "category", annotation.categoryID)
        }
        return place
    }

    private func refusal(_ annotation: COCOAnnotation, _ what: String, _ id: Int) -> COCOError {
        .notWritable(file: file, what: "annotation \(annotation.id) refers to \(what) \(id), which does not exist")
    }
}
