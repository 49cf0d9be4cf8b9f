import Foundation

/// Writes labels as a COCO file: in pixels, as everybody reads it, or in fractions with addresses, as Image Analysis 4.0
/// demands it.
///
/// The order of lists, records and fields is fixed, ids are 1...N, one record stands on a line and numbers have the
/// fewest digits that mean them: the same labels give the same bytes, and two versions can be compared line by line. The
/// file appears whole or not at all.
public struct COCOWriter: Sendable {
    /// The form of the document's boxes.
    public var sourceForm: BoxForm

    /// The form to write.
    public var form: BoxForm

    /// The address of the container that holds the photos: `coco_url` of a photo without an address is this and its
    /// `file_name`.
    public var container: String?

    public init(sourceForm: BoxForm = .pixels, form: BoxForm = .pixels, container: String? = nil) {
        self.sourceForm = sourceForm
        self.form = form
        self.container = container
    }

    /// Writes a file, in the place of an older one if there is one.
    ///
    /// - Throws: ``COCOError/notWritable(file:what:)`` for labels that cannot be written in this form (a reference that
    ///   leads nowhere, a number that is not finite, a photo without an address in fractions, a box that is no fraction
    ///   of its photo), ``COCOError/cannotWrite(file:reason:)`` if the disk refuses. Then nothing has changed.
    public func write(_ document: COCODocument, to path: String) throws {
        let file = try AtomicFile(path: path)
        try write(document, name: path) { try file.append($0) }
        try file.commit()
    }

    /// The bytes of the file.
    ///
    /// - Parameter name: What messages call it.
    /// - Throws: ``COCOError/notWritable(file:what:)``, as for a file on disk.
    public func bytes(of document: COCODocument, name: String = "the label file") throws -> [UInt8] {
        var bytes: [UInt8] = []
        try write(document, name: name) { bytes += $0 }
        return bytes
    }

    private func write(_ document: COCODocument, name: String, sink: ([UInt8]) throws -> Void) throws {
        let numbering = try Numbering(document, file: name)
        var json = JSONText()
        let chunk = 1 << 16
        func list<Record>(_ key: String, _ records: [Record], _ write: (Record, Int) throws -> Void) throws {
            json.raw("\"\(key)\": [")
            for (index, record) in records.enumerated() {
                json.raw(index == 0 ? "\n" : ",\n")
                try write(record, index)
                if json.bytes.count >= chunk {
                    try sink(json.bytes)
                    json.removeAll()
                }
            }
            json.raw("\n]")
        }
        json.raw("{\n")
        try list("images", document.images) { image, index in
            try append(image, id: index + 1, to: &json, file: name)
        }
        json.raw(",\n")
        try list("annotations", document.annotations) { annotation, index in
            try append(annotation, id: index + 1, numbering, document, to: &json, file: name)
        }
        json.raw(",\n")
        try list("categories", numbering.categories) { category, index in
            json.raw("{\"id\": ")
            json.integer(index + 1)
            json.raw(", \"name\": ")
            json.text(category.name)
            json.raw("}")
        }
        json.raw("\n}\n")
        try sink(json.bytes)
    }

    private func append(_ image: COCOImage, id: Int, to json: inout JSONText, file: String) throws {
        guard image.width > 0, image.height > 0, image.width.isFinite, image.height.isFinite else {
            throw refusal(file, "image \(id) (\(image.name.shown)) has no size")
        }
        json.raw("{\"id\": ")
        json.integer(id)
        json.raw(", \"width\": ")
        json.number(image.width)
        json.raw(", \"height\": ")
        json.number(image.height)
        json.raw(", \"file_name\": ")
        json.text(image.name)
        var cocoURL = image.cocoURL
        if cocoURL == nil, image.absoluteURL == nil {
            cocoURL = container.flatMap { PhotoLocation.address(of: image.name, in: $0) }
            if cocoURL == nil, form == .fractions {
                throw refusal(file, "image \(id) (\(image.name.shown)) has no address, which Image Analysis 4.0 needs")
            }
        }
        if let cocoURL {
            json.raw(", \"coco_url\": ")
            json.text(cocoURL)
        }
        if let absoluteURL = image.absoluteURL {
            json.raw(", \"absolute_url\": ")
            json.text(absoluteURL)
        }
        json.raw("}")
    }

    private func append(
        _ annotation: COCOAnnotation, id: Int, _ numbering: Numbering, _ document: COCODocument,
        to json: inout JSONText, file: String
    ) throws {
        let image = try numbering.image(of: annotation)
        json.raw("{\"id\": ")
        json.integer(id)
        json.raw(", \"image_id\": ")
        json.integer(image + 1)
        json.raw(", \"category_id\": ")
        json.integer(try numbering.category(of: annotation) + 1)
        if let box = annotation.box {
            let photo = document.images[image]
            let written = box.converted(from: sourceForm, to: form, width: photo.width, height: photo.height)
            let area = written.width * written.height
            guard (written.values + [area]).allSatisfy(\.isFinite), form == .pixels || written.isRelative else {
                let shown = box.values.map(\.shown).joined(separator: ", ")
                throw refusal(
                    file,
                    "annotation \(annotation.id) of \(photo.name.shown) has the box [\(shown)] in "
                        + "\(sourceForm.rawValue), which is no part of the photo")
            }
            json.raw(", \"bbox\": [")
            for (index, value) in written.values.enumerated() {
                if index > 0 { json.raw(", ") }
                json.number(value)
            }
            json.raw("], \"area\": ")
            json.number(area)
        }
        json.raw(annotation.isCrowd ? ", \"iscrowd\": 1}" : ", \"iscrowd\": 0}")
    }

    private func refusal(_ file: String, _ what: String) -> COCOError { .notWritable(file: file, what: what) }
}

extension PhotoLocation {
    /// The address of a photo in a container: its name with everything percent-encoded that may not stand in a path.
    static func address(of name: String, in container: String) -> String? {
        guard let encoded = name.addingPercentEncoding(withAllowedCharacters: .pathOfAddress) else { return nil }
        return container.hasSuffix("/") ? container + encoded : "\(container)/\(encoded)"
    }
}
