import Foundation

@testable import PomonaCOCO

/// The text of a label file, put together from its parts; what is not named is sound.
struct LabelText {
    var images = [#"{"id": 1, "width": 100, "height": 80, "file_name": "a.jpg"}"#]
    var annotations = [#"{"id": 1, "image_id": 1, "category_id": 1, "bbox": [10, 20, 30, 40]}"#]
    var categories = [#"{"id": 1, "name": "apple"}"#]

    var text: String {
        """
        {"images": [\(images.joined(separator: ",\n"))],
         "annotations": [\(annotations.joined(separator: ",\n"))],
         "categories": [\(categories.joined(separator: ",\n"))]}
        """
    }

    func read(limits: COCOLimits = COCOLimits()) throws -> COCOFile { try readLabels(text, limits: limits) }
}

/// Reads the text of a label file that messages call `labels.json`.
func readLabels(_ text: String, limits: COCOLimits = COCOLimits()) throws -> COCOFile {
    try COCOFile.read(bytes: Array(text.utf8), name: "labels.json", limits: limits)
}

/// The error that reading a text ends with, or `nil`.
func readingError(_ text: String, limits: COCOLimits = COCOLimits()) -> COCOError? {
    do {
        _ = try readLabels(text, limits: limits)
        return nil
    } catch {
        return error as? COCOError
    }
}

extension [COCOFinding] {
    func first(_ rule: COCORule) -> COCOFinding? { first { $0.rule == rule } }

    /// The rules of all errors.
    var errorRules: [COCORule] { filter { $0.severity == .error }.map(\.rule) }
}

/// A folder of a test's own, gone when the test is.
final class TemporaryFolder {
    let path: String

    init() throws {
        path = FileManager.default.temporaryDirectory.appendingPathComponent("pomona-coco-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    /// The path of a file in the folder; with contents, it is made.
    func file(_ name: String, _ contents: String? = nil) throws -> String {
        let file = "\(path)/\(name)"
        guard let contents else { return file }
        let folder = URL(fileURLWithPath: file).deletingLastPathComponent()
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try Data(contents.utf8).write(to: URL(fileURLWithPath: file))
        return file
    }

    var entries: [String] { (try? FileManager.default.contentsOfDirectory(atPath: path).sorted()) ?? [] }
}

/// Photo sets that are no part of the project: beside the repository, or where POMONA_SHARED says.
enum SharedData {
    static let path: String? = {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let beside = root.deletingLastPathComponent().appendingPathComponent("shared").path
        let shared = ProcessInfo.processInfo.environment["POMONA_SHARED"] ?? beside
        return FileManager.default.fileExists(atPath: "\(shared)/data") ? "\(shared)/data" : nil
    }()

    static var isPresent: Bool { path != nil }
}
