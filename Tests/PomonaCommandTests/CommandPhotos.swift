import Foundation
import PomonaCOCO
import PomonaCore
import PomonaImaging

/// A folder with a dozen small photos and their COCO file.
struct CommandPhotos {
    let folder: URL

    init(count: Int = 12) throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("photos-\(UUID().uuidString)")
        try FileManager.default.createDirectory(
            at: folder.appendingPathComponent("images"), withIntermediateDirectories: true)
        var photos: [LabeledPhoto] = []
        for index in 0..<count {
            let size = ImageSize(width: 96, height: 64)
            var image = RGBImage(size: size, filledWith: 40)
            let left = 4 + index * 3
            for y in 16..<48 {
                for x in left..<left + 32 { image.pixels[(y * 96 + x) * 3 + index % 2] = 230 }
            }
            let name = "photo-\(index).png"
            try Data(image.encoded(as: .png)).write(to: folder.appendingPathComponent("images/\(name)"))
            photos.append(
                LabeledPhoto(
                    name: name, path: "", size: size,
                    annotations: [
                        Annotation(
                            label: index % 2,
                            box: Box(xMin: Double(left), yMin: 16, xMax: Double(left + 32), yMax: 48))
                    ]))
        }
        try COCOWriter().write(
            COCODocument(TrainingSet(labels: ["red", "green"], photos: photos)), to: path("labels.json"))
    }

    func path(_ name: String) -> String { folder.appendingPathComponent(name).path }

    func remove() { try? FileManager.default.removeItem(at: folder) }

    /// Replaces a text of the label file, as a slip of somebody's hand would.
    func spoil(_ text: String, with other: String) throws -> String {
        let labels = try String(contentsOfFile: path("labels.json"), encoding: .utf8)
        guard let range = labels.range(of: text) else { throw CocoaError(.fileReadCorruptFile) }
        try labels.replacingCharacters(in: range, with: other)
            .write(toFile: path("spoiled.json"), atomically: true, encoding: .utf8)
        return path("spoiled.json")
    }

    func trainArguments(coco: String? = nil, output: String = "model.safetensors") -> [String] {
        [
            "train", "--train-coco", coco ?? path("labels.json"), "--train-images", path("images"), "--foundation",
            "none", "--image-size", "64", "--device", "cpu", "--output", path(output),
        ]
    }
}
