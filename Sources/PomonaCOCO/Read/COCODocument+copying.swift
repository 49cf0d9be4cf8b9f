import CSimdjson

extension COCODocument {
    /// Takes over what the reader packed. Each array is made in one pass, without growing.
    init(copying labels: CCOCOLabels) {
        let texts = labels.text
        images = Self.map(labels.images, labels.image_count) { image in
            var made = COCOImage(
                id: Int(image.id), width: image.width, height: image.height,
                fileName: text(image.file_name, in: texts), cocoURL: text(image.coco_url, in: texts),
                absoluteURL: text(image.absolute_url, in: texts))
            made.unread = UnreadFields(rawValue: image.unread)
            return made
        }
        annotations = Self.map(labels.annotations, labels.annotation_count) { annotation in
            let box = annotation.box
            var made = COCOAnnotation(
                id: Int(annotation.id), imageID: Int(annotation.image_id), categoryID: Int(annotation.category_id),
                box: annotation.has_box != 0 ? COCOBox(left: box.0, top: box.1, width: box.2, height: box.3) : nil,
                isCrowd: annotation.is_crowd != 0)
            made.unread = UnreadFields(rawValue: annotation.unread)
            return made
        }
        categories = Self.map(labels.categories, labels.category_count) { category in
            var made = COCOCategory(id: Int(category.id), name: text(category.name, in: texts) ?? "")
            made.unread = UnreadFields(rawValue: category.unread)
            return made
        }
    }

    private static func map<Native, Made>(
        _ records: UnsafePointer<Native>?, _ count: UInt64, _ make: (Native) -> Made
    ) -> [Made] {
        UnsafeBufferPointer(start: records, count: records == nil ? 0 : Int(count)).map(make)
    }
}

/// The text that a reader's record points at. simdjson has checked it to be UTF-8.
private func text(_ part: CCOCOText, in texts: UnsafePointer<CChar>?) -> String? {
    guard part.length != UInt32.max else { return nil }
    guard part.length > 0, let texts else { return "" }
    return String(
        decoding: UnsafeRawBufferPointer(start: texts + Int(part.offset), count: Int(part.length)), as: UTF8.self)
}
