extension ImageAnalysisConformance {
    /// Ids and references are 1...N, N being the length of the list that they belong to.
    func checkIDs() {
        let counts = (document.images.count, document.annotations.count, document.categories.count)
        for (index, image) in document.images.enumerated()
        where !image.unread.contains(.id) && !(1...max(1, counts.0)).contains(image.id) {
            found.add(.idRange) {
                words.place(
                    image: index, field: "id", value: String(image.id), Self.sentence("id", image.id, counts.0))
            }
        }
        for (index, category) in document.categories.enumerated()
        where !category.unread.contains(.id) && !(1...max(1, counts.2)).contains(category.id) {
            found.add(.idRange) {
                words.place(
                    category: index, field: "id", value: String(category.id),
                    Self.sentence("id", category.id, counts.2))
            }
        }
        for (index, annotation) in document.annotations.enumerated() {
            checkRange("id", annotation.id, counts.1, annotation.unread.contains(.id), at: index)
            checkRange("image_id", annotation.imageID, counts.0, annotation.unread.contains(.imageID), at: index)
            checkRange(
                "category_id", annotation.categoryID, counts.2, annotation.unread.contains(.categoryID), at: index)
        }
    }

    private func checkRange(_ field: String, _ id: Int, _ count: Int, _ isUnread: Bool, at index: Int) {
        guard !isUnread, id < 1 || id > count else { return }
        found.add(.idRange) { place(at: index, field: field, value: String(id), Self.sentence(field, id, count)) }
    }

    private static func sentence(_ field: String, _ id: Int, _ count: Int) -> String {
        "\(field) is \(id), but must be 1 to \(count.grouped)"
    }

    /// Boxes are fractions within the photo. The service compares without any tolerance.
    func checkBoxes() {
        var regions = [Int](repeating: 0, count: document.images.count)
        for (index, annotation) in document.annotations.enumerated() {
            let image = validation.imageOf[index]
            if image >= 0 {
                regions[Int(image)] += 1
            }
            guard let box = annotation.box, !box.isRelative else { continue }
            found.add(.relativeBox) {
                let shown = box.values.map(\.shown).joined(separator: ", ")
                return place(at: index, field: "bbox", value: "[\(shown)]", box.relativeFault)
            }
        }
        for (index, count) in regions.enumerated() where count > ImageAnalysisLimits.regionsPerImage {
            found.add(.regionsPerImage, .warning) {
                words.place(
                    image: index, value: String(count),
                    "it has \(count.grouped) boxes, but may have \(ImageAnalysisLimits.regionsPerImage.grouped)")
            }
        }
    }

    private func place(at index: Int, field: String, value: String, _ sentence: String) -> COCOPlace {
        let image = validation.imageOf[index] >= 0 ? document.images[Int(validation.imageOf[index])] : nil
        return words.place(annotation: index, image: image, field: field, value: value, sentence)
    }
}

extension COCOBox {
    /// Whether Image Analysis 4.0 takes the box.
    var isRelative: Bool {
        left >= 0 && left < 1 && top >= 0 && top < 1 && width > 0 && width <= 1 && height > 0 && height <= 1
            && right <= 1 && bottom <= 1
    }

    /// The first thing that Image Analysis 4.0 refuses.
    fileprivate var relativeFault: String {
        for (name, value) in [("left", left), ("top", top)] where !(value >= 0 && value < 1) {
            return "\(name) is \(value.shown), but must be at least 0 and less than 1"
        }
        for (name, value) in [("width", width), ("height", height)] where !(value > 0 && value <= 1) {
            return "\(name) is \(value.shown), but must be more than 0 and at most 1"
        }
        return right > 1
            ? "left + width is \(right.shown), but must be at most 1"
            : "top + height is \(bottom.shown), but must be at most 1"
    }
}
