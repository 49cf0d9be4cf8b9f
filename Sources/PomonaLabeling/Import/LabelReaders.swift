import Foundation
import PomonaCOCO
import PomonaCore
import PomonaDatasets
import PomonaStore

extension LabelingService {
    /// The formats that are imported.
    public enum ImportFormat: String, Codable, CaseIterable, Sendable {
        case coco
        case yolo
        case voc
        case cvat
        case labelStudio
    }

    /// Reads a label file, or a zip of several.
    ///
    /// - Throws: ``ImportError``, `COCOError` for a file that cannot be read at all.
    func read(
        _ bytes: [UInt8], named name: String, _ format: ImportFormat, kind: Dataset.Kind
    ) throws -> ImportedLabels {
        let files = try unpacked(bytes, named: name)
        var labels = ImportedLabels()
        switch format {
        case .yolo: labels = try YOLOReader.read(files, archive: name)
        case .coco, .voc, .cvat, .labelStudio:
            let ending = format == .coco || format == .labelStudio ? ".json" : ".xml"
            let chosen = files.count == 1 ? files : files.filter { $0.name.lowercased().hasSuffix(ending) }
            guard !chosen.isEmpty else {
                throw ImportError.unreadable(file: name, reason: "there is no file with the ending \(ending) in it")
            }
            for file in chosen {
                do {
                    let bytes = try file.content()
                    switch format {
                    case .coco: labels.photos += try COCOImport.read(bytes, file.name, kind: kind)
                    case .voc: labels.photos.append(try VOCReader.read(bytes, file.name))
                    case .cvat: labels.photos += try CVATReader.read(bytes, file.name)
                    case .labelStudio, .yolo: labels.photos += try LabelStudioReader.read(bytes, file.name)
                    }
                } catch let error as any PomonaError where chosen.count > 1 {
                    labels.refused.append(ImportedLabels.Refusal(file: file.name, message: error.message))
                }
            }
        }
        return labels
    }

    private func unpacked(_ bytes: [UInt8], named name: String) throws -> [ImportFile] {
        guard ZipReader.isZip(bytes) else { return [ImportFile(name: name) { bytes }] }
        let zip = try ZipReader(bytes, limit: settings.importLimit)
        // macOS puts files of its own beside everybody's.
        return zip.entries.filter {
            !$0.name.hasPrefix("__MACOSX/") && !PhotoNames.lastPart(of: $0.name).hasPrefix(".")
        }
        .map { entry in ImportFile(name: entry.name) { try zip.content(of: entry) } }
    }
}

/// One file of an import, unpacked when it is read.
struct ImportFile {
    var name: String
    var content: () throws -> [UInt8]

    func text() throws -> String {
        guard let text = String(validating: try content(), as: UTF8.self) else {
            throw ImportError.unreadable(file: name, reason: "it is not UTF-8")
        }
        return text
    }
}

private enum COCOImport {
    static func read(_ bytes: [UInt8], _ name: String, kind: Dataset.Kind) throws -> [ImportedLabels.Photo] {
        let file = try COCOFile.read(bytes: bytes, name: name)
        let labels = try file.labels(kind: kind.cocoKind)
        return zip(file.document.images, labels.annotations).map { image, annotations in
            ImportedLabels.Photo(
                source: image.name, name: image.name,
                size: ImageSize(width: Int(image.width.rounded()), height: Int(image.height.rounded())),
                labels: annotations.map {
                    ImportedLabels.Label(tag: labels.validation.labels[$0.label], box: $0.box)
                })
        }
    }
}

private enum VOCReader {
    static func read(_ bytes: [UInt8], _ name: String) throws -> ImportedLabels.Photo {
        let root = try XMLNode.tree(bytes, name)
        guard root.name == "annotation" else {
            throw ImportError.unreadable(file: name, reason: "its root is \(root.name), not annotation")
        }
        let size = root.child("size").flatMap { size -> ImageSize? in
            guard let width = size.number("width"), let height = size.number("height") else { return nil }
            return ImageSize.believable(width, height)
        }
        let labels = try root.all("object").map { object in
            guard let tag = object.word("name"), let box = object.child("bndbox"),
                let left = box.number("xmin"), let top = box.number("ymin"), let right = box.number("xmax"),
                let bottom = box.number("ymax")
            else { throw ImportError.unreadable(file: name, reason: "an object has no name or no box") }
            return ImportedLabels.Label(tag: tag, box: Box(xMin: left, yMin: top, xMax: right, yMax: bottom))
        }
        let photo = root.word("filename").flatMap { $0.isEmpty ? nil : $0 } ?? PhotoNames.lastPart(of: name)
        return ImportedLabels.Photo(source: name, name: photo, size: size, labels: labels)
    }
}

private enum CVATReader {
    static func read(_ bytes: [UInt8], _ name: String) throws -> [ImportedLabels.Photo] {
        let root = try XMLNode.tree(bytes, name)
        guard root.name == "annotations" else {
            throw ImportError.unreadable(file: name, reason: "its root is \(root.name), not annotations")
        }
        return try root.all("image").map { image in
            guard let photo = image.attributes["name"] else {
                throw ImportError.unreadable(file: name, reason: "an image has no name")
            }
            func number(_ node: XMLNode, _ key: String) throws -> Double {
                guard let number = node.attributes[key].flatMap(Double.init) else {
                    throw ImportError.unreadable(file: name, reason: "a box of \(photo) has no \(key)")
                }
                return number
            }
            func tag(_ node: XMLNode) throws -> String {
                guard let tag = node.attributes["label"] else {
                    throw ImportError.unreadable(file: name, reason: "something in \(photo) has no label")
                }
                return tag
            }
            let boxes = try image.all("box").map { box in
                ImportedLabels.Label(
                    tag: try tag(box),
                    box: Box(
                        xMin: try number(box, "xtl"), yMin: try number(box, "ytl"), xMax: try number(box, "xbr"),
                        yMax: try number(box, "ybr")))
            }
            let tags = try image.all("tag").map { ImportedLabels.Label(tag: try tag($0), box: nil) }
            let width = image.attributes["width"].flatMap(Double.init)
            let height = image.attributes["height"].flatMap(Double.init)
            let size = width.flatMap { width in height.flatMap { ImageSize.believable(width, $0) } }
            return ImportedLabels.Photo(source: photo, name: photo, size: size, labels: boxes + tags)
        }
    }
}

extension XMLNode {
    fileprivate static func tree(_ bytes: [UInt8], _ name: String) throws -> XMLNode {
        do { return try read(bytes) } catch { throw ImportError.unreadable(file: name, reason: error.reason) }
    }
}

extension ImageSize {
    /// `nil` for sides that no photo has.
    static func believable(_ width: Double, _ height: Double) -> ImageSize? {
        guard (1...1e6).contains(width), (1...1e6).contains(height) else { return nil }
        return ImageSize(width: Int(width.rounded()), height: Int(height.rounded()))
    }
}
