import Foundation
import PomonaModelSamples

/// A small model file that finds things everywhere.
enum EagerModel {
    static func write(_ photos: CommandPhotos) throws -> String {
        try SampleModel.write(
            in: photos.folder.path, description: SampleModel.description(labels: ["red", "green"]),
            changing: SampleModel.makeEager)
    }

    /// Changes the file's description, as somebody's editor would.
    static func edit(_ model: String, replacing text: String, with other: String) throws -> String {
        let bytes = try Data(contentsOf: URL(fileURLWithPath: model))
        let count = bytes.prefix(8).enumerated().reduce(0) { $0 | Int($1.element) << (8 * $1.offset) }
        let head = String(decoding: bytes[8..<8 + count], as: UTF8.self)
        let edited = head.replacingOccurrences(of: text, with: other)
        guard edited != head else { throw CocoaError(.fileReadCorruptFile) }
        let length = (0..<8).map { UInt8(truncatingIfNeeded: edited.utf8.count >> (8 * $0)) }
        let path = model + ".edited"
        try (Data(length) + Data(edited.utf8) + bytes[(8 + count)...]).write(to: URL(fileURLWithPath: path))
        return path
    }
}
