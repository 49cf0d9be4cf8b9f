import Foundation
import PomonaCore

/// Reads Label Studio's JSON: tasks with rectangles in percent of the photo, or with choices for the whole photo.
enum LabelStudioReader {
    private struct Task: Decodable {
        var data: [String: Value]
        var annotations: [Answer]?
        var completions: [Answer]?
        var predictions: [Answer]?
    }

    /// A field of the task's data: only texts can name a photo.
    private enum Value: Decodable {
        case text(String)
        case other

        init(from decoder: any Decoder) throws {
            self = (try? decoder.singleValueContainer().decode(String.self)).map(Value.text) ?? .other
        }
    }

    private struct Answer: Decodable {
        var result: [Part]
        var wasCancelled: Bool?
        var score: Double?

        enum CodingKeys: String, CodingKey {
            case result
            case wasCancelled = "was_cancelled"
            case score
        }
    }

    private struct Part: Decodable {
        struct Shape: Decodable {
            var x: Double?
            var y: Double?
            var width: Double?
            var height: Double?
            var rotation: Double?
            var rectanglelabels: [String]?
            var choices: [String]?
        }

        var type: String
        var value: Shape
        var width: Double?
        var height: Double?
        var score: Double?

        enum CodingKeys: String, CodingKey {
            case type
            case value
            case width = "original_width"
            case height = "original_height"
            case score
        }
    }

    static func read(_ bytes: [UInt8], _ name: String) throws -> [ImportedLabels.Photo] {
        let tasks: [Task]
        do { tasks = try JSONDecoder().decode([Task].self, from: Data(bytes)) } catch {
            throw ImportError.unreadable(file: name, reason: "it is not a list of Label Studio's tasks")
        }
        return tasks.enumerated().compactMap { number, task in
            guard let address = photoAddress(task) else { return nil }
            let all = task.annotations ?? task.completions ?? []
            let answer = all.last { $0.wasCancelled != true } ?? task.predictions?.last
            guard let answer else { return nil }
            var size: ImageSize?
            let labels = answer.result.flatMap { part -> [ImportedLabels.Label] in
                if let width = part.width, let height = part.height {
                    size = ImageSize.believable(width, height)
                }
                return Self.labels(part, score: part.score ?? answer.score)
            }
            return ImportedLabels.Photo(
                source: "task \(number + 1)", name: photoName(address), size: size, labels: labels)
        }
    }

    private static func labels(_ part: Part, score: Double?) -> [ImportedLabels.Label] {
        let shape = part.value
        if let choice = shape.choices?.first {
            return [ImportedLabels.Label(tag: choice, box: nil, confidence: score)]
        }
        guard let x = shape.x, let y = shape.y, let width = shape.width, let height = shape.height,
            let tag = shape.rectanglelabels?.first
        else { return [] }
        return [
            ImportedLabels.Label(
                tag: tag,
                box: Box(xMin: x / 100, yMin: y / 100, xMax: (x + width) / 100, yMax: (y + height) / 100),
                isInFractions: true, confidence: score)
        ]
    }

    private static func photoAddress(_ task: Task) -> String? {
        for key in ["image", "img", "photo", "url"] { if case .text(let text) = task.data[key] { return text } }
        for key in task.data.keys.sorted() {
            if case .text(let text) = task.data[key] { return text }
        }
        return nil
    }

    /// The file's own name: uploads are served under a path, with eight letters and a hyphen before the name, and local
    /// files in a query.
    private static func photoName(_ address: String) -> String {
        let parts = address.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        let path = parts.count > 1 && parts[1].hasPrefix("d=") ? String(parts[1].dropFirst(2)) : parts[0]
        let last = PhotoNames.lastPart(of: path.removingPercentEncoding ?? path)
        let head = last.prefix(9)
        let isMarked =
            address.contains("/data/upload/") && head.count == 9 && head.last == "-"
            && head.dropLast().allSatisfy { $0.isHexDigit }
        return isMarked ? String(last.dropFirst(9)) : last
    }
}
