import Foundation
import PomonaCore

/// Labels as a table (RFC 4180): one line an annotation, boxes in pixels; a photo without any has one line with empty
/// fields.
enum CSVLabels {
    static func bytes(of set: TrainingSet) -> [UInt8] {
        var text = "photo,width,height,category,xMin,yMin,xMax,yMax\r\n"
        for photo in set.photos {
            let head = "\(field(photo.name)),\(photo.size.width),\(photo.size.height)"
            if photo.annotations.isEmpty { text += "\(head),,,,,\r\n" }
            for annotation in photo.annotations {
                let box = annotation.box.map { [$0.xMin, $0.yMin, $0.xMax, $0.yMax].map(number) } ?? ["", "", "", ""]
                text += "\(head),\(field(set.labels[annotation.label])),\(box.joined(separator: ","))\r\n"
            }
        }
        return Array(text.utf8)
    }

    private static func field(_ text: String) -> String {
        let needsQuotes = text.unicodeScalars.contains { ",\"\r\n".unicodeScalars.contains($0) }
        return needsQuotes ? "\"\(text.replacing("\"", with: "\"\""))\"" : text
    }

    private static func number(_ value: Double) -> String { LabelNumber.text(value, digits: 2) }
}

/// Labels as YOLO has them: for each photo a text file with a line `class x y width height` a box, centre and size as
/// fractions of the photo; a photo without boxes has an empty file. `data.yaml` and `classes.txt` name the classes.
enum YOLOLabels {
    static func zip(of set: TrainingSet) throws -> [UInt8] {
        var zip = ZipWriter()
        let names = set.labels.enumerated().map { "  \($0): \(quoted($1))" }.joined(separator: "\n")
        try zip.add("data.yaml", Array("nc: \(set.labels.count)\nnames:\n\(names)\n".utf8))
        try zip.add("classes.txt", Array((set.labels.joined(separator: "\n") + "\n").utf8))
        var stems = FileStems()
        for photo in set.photos {
            let lines = photo.annotations.compactMap { annotation -> String? in
                guard let box = annotation.box else { return nil }
                let (width, height) = (Double(photo.size.width), Double(photo.size.height))
                let values = [
                    (box.xMin + box.xMax) / 2 / width, (box.yMin + box.yMax) / 2 / height, box.width / width,
                    box.height / height,
                ]
                return "\(annotation.label) \(values.map { LabelNumber.text($0, digits: 6) }.joined(separator: " "))\n"
            }
            try zip.add("labels/\(stems.stem(of: photo.name)).txt", Array(lines.joined().utf8))
        }
        return zip.finished()
    }

    private static func quoted(_ name: String) -> String {
        "\"\(name.replacing("\\", with: "\\\\").replacing("\"", with: "\\\""))\""
    }
}

/// Labels as Pascal VOC has them: an XML file a photo, boxes in pixels counted from 0 with two decimals.
enum VOCLabels {
    static func zip(of set: TrainingSet) throws -> [UInt8] {
        var zip = ZipWriter()
        var stems = FileStems()
        for photo in set.photos {
            try zip.add("Annotations/\(stems.stem(of: photo.name)).xml", Array(xml(of: photo, set.labels).utf8))
        }
        return zip.finished()
    }

    private static func xml(of photo: LabeledPhoto, _ labels: [String]) -> String {
        var text = """
            <annotation>
              <filename>\(escaped(photo.name))</filename>
              <size><width>\(photo.size.width)</width><height>\(photo.size.height)</height><depth>3</depth></size>
              <segmented>0</segmented>

            """
        for annotation in photo.annotations {
            guard let box = annotation.box else { continue }
            let sides = [("xmin", box.xMin), ("ymin", box.yMin), ("xmax", box.xMax), ("ymax", box.yMax)]
                .map { "<\($0)>\(LabelNumber.text($1, digits: 2))</\($0)>" }.joined()
            text += """
                  <object>
                    <name>\(escaped(labels[annotation.label]))</name><pose>Unspecified</pose>
                    <truncated>0</truncated><difficult>0</difficult>
                    <bndbox>\(sides)</bndbox>
                  </object>

                """
        }
        return text + "</annotation>\n"
    }

    private static func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
    }
}

/// File names without their ending, each once: two photos that differ only in the ending keep it.
private struct FileStems {
    private var taken: Set<String> = []

    mutating func stem(of name: String) -> String {
        let plain = PhotoNames.stem(of: name)
        let stem = taken.insert(plain).inserted ? plain : name
        taken.insert(stem)
        // Names of blobs may hold whatever a path must not.
        return stem.split(separator: "/").filter { $0 != ".." && $0 != "." }.joined(separator: "/")
    }
}

/// Numbers of label files.
enum LabelNumber {
    /// With at most so many decimals, without zeros at the end; the same for every locale.
    static func text(_ value: Double, digits: Int) -> String {
        var text = String(format: "%.\(digits)f", value)
        while text.hasSuffix("0") { text.removeLast() }
        if text.hasSuffix(".") { text.removeLast() }
        return text == "-0" ? "0" : text
    }
}
