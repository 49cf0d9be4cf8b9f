/// How records, fields and values are named in messages.
struct RecordWords {
    let document: COCODocument

    /// A place in words: `sentence` goes on after the name of the record.
    func place(
        image index: Int, field: String? = nil, value: String? = nil, line: Int? = nil, _ sentence: String
    ) -> COCOPlace {
        let image = document.images[index]
        let id = image.unread.contains(.id) ? nil : image.id
        return COCOPlace(
            list: .images, index: index, id: id, photo: image.name, photoID: id, field: field, value: value,
            line: line, message: "\(Self.words(for: image, at: index)): \(sentence)")
    }

    func place(
        annotation index: Int, image: COCOImage?, field: String? = nil, value: String? = nil, line: Int? = nil,
        _ sentence: String
    ) -> COCOPlace {
        let annotation = document.annotations[index]
        let id = annotation.unread.contains(.id) ? nil : annotation.id
        let imageID = annotation.unread.contains(.imageID) ? nil : annotation.imageID
        var subject = id.map { "annotation \($0)" } ?? "annotations[\(index)]"
        if let image {
            subject += " of \(image.name.shown) (image \(image.id))"
        } else if let imageID {
            subject += " of image \(imageID)"
        }
        return COCOPlace(
            list: .annotations, index: index, id: id, photo: image?.name, photoID: imageID, field: field, value: value,
            line: line, message: "\(subject): \(sentence)")
    }

    func place(
        category index: Int, field: String? = nil, value: String? = nil, line: Int? = nil, _ sentence: String
    ) -> COCOPlace {
        let category = document.categories[index]
        let id = category.unread.contains(.id) ? nil : category.id
        var subject = id.map { "category \($0)" } ?? "categories[\(index)]"
        if !category.name.isEmpty { subject += " (\(category.name.shown))" }
        return COCOPlace(
            list: .categories, index: index, id: id, field: field, value: value, line: line,
            message: "\(subject): \(sentence)")
    }

    private static func words(for image: COCOImage, at index: Int) -> String {
        if image.unread.contains(.id) {
            return image.unread.contains(.name) ? "images[\(index)]" : "images[\(index)] (\(image.name.shown))"
        }
        return image.unread.contains(.name) ? "image \(image.id)" : "image \(image.id) (\(image.name.shown))"
    }
}

/// What the four values of a box are called.
let boxFieldNames = ["bbox[0] (left)", "bbox[1] (top)", "bbox[2] (width)", "bbox[3] (height)"]

extension String {
    /// At most 80 characters, with control characters spelled out: a name out of a file must not steer a terminal.
    var shown: String {
        var shown = ""
        for (count, character) in self.enumerated() {
            if count == 80 { return shown + "..." }
            for scalar in character.unicodeScalars {
                switch scalar.properties.generalCategory {
                case .control, .format, .lineSeparator, .paragraphSeparator, .unassigned:
                    shown += "\\u{\(String(scalar.value, radix: 16))}"
                default: shown.unicodeScalars.append(scalar)
                }
            }
        }
        return shown
    }
}

extension Double {
    /// The shortest digits that mean this number, without `.0` for whole ones.
    var shown: String {
        if self == rounded(), magnitude < 0x1p53 { return String(Int(self)) }
        return String(self)
    }
}

extension Int {
    /// `1 image`, `1,200 images`
    func counted(_ noun: String) -> String { "\(grouped) \(noun)\(self == 1 ? "" : "s")" }

    /// With commas between thousands.
    var grouped: String {
        var digits = String(magnitude)
        var groups: [Substring] = []
        while digits.count > 3 {
            groups.append(digits.suffix(3))
            digits = String(digits.dropLast(3))
        }
        groups.append(digits[...])
        return (self < 0 ? "-" : "") + groups.reversed().joined(separator: ",")
    }
}
