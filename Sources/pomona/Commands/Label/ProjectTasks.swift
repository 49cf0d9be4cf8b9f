import Foundation
import PomonaCore

/// The tasks of a project for a command that knows photos by their names.
struct ProjectTasks {
    private let client: HouseClient
    /// The project's path below `/api/v1`.
    let path: String
    let categories: [JSON]

    init(_ client: HouseClient, _ project: JSON) {
        self.client = client
        path = "/projects/\(project["id"].text ?? "")"
        categories = project["categories"].array
    }

    /// The task of a photo.
    func named(_ photo: String) async throws -> JSON {
        let search = photo.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? photo
        let tasks = try await client.list("\(path)/tasks?search=\(search)")
        guard let task = tasks.first(where: { $0["photo"]["name"].text == photo }) else {
            throw HouseCommandError.missing("photo", photo)
        }
        return task
    }

    func path(of task: JSON) -> String { "\(path)/tasks/\(task["id"].text ?? "")" }

    /// Submits or skips a task as it was read.
    func send(_ verb: String, _ task: JSON, _ annotations: [JSON]? = nil) async throws -> JSON {
        var body: [String: JSON] = ["edit": .string(UUID().uuidString), "baseRevision": task["revision"]]
        body["annotations"] = annotations.map(JSON.list)
        return try await client.send(.post, "\(path(of: task)):\(verb)", .object(body))
    }

    /// A task's suggestions as labels.
    func accepted(_ task: JSON) -> [JSON] {
        task["suggestions"].array.map { suggestion in
            [
                "id": .string(UUID().uuidString), "categoryID": suggestion["categoryID"], "box": suggestion["box"],
                "from": "suggestion", "confidence": suggestion["confidence"],
            ]
        }
    }
}

/// A label as a person types it: `apple:10,20,100,80`, or `apple` for a whole photo.
struct LabelText {
    let tag: String
    /// `nil` for a whole photo.
    let box: Box?

    private struct Misspelled: PomonaError {
        let text: String
        var code: String { "invalidOption" }
        var message: String { "\"\(text.prefix(100))\" is no label: TAG:X,Y,WIDTH,HEIGHT in pixels, or a TAG alone." }
        var kind: ErrorKind { .usage }
    }

    init(_ text: String) throws {
        let colon = text.lastIndex(of: ":")
        let numbers = colon.map {
            text[text.index(after: $0)...].split(separator: ",", omittingEmptySubsequences: false).map { Double($0) }
        }
        // A tag may have a colon itself; what follows it is a place only where it looks like one.
        guard let colon, let numbers, numbers.count > 1 else {
            guard !text.isEmpty else { throw Misspelled(text: text) }
            (tag, box) = (text, nil)
            return
        }
        guard numbers.count == 4, let x = numbers[0], let y = numbers[1], let width = numbers[2],
            let height = numbers[3], width > 0, height > 0, colon != text.startIndex
        else { throw Misspelled(text: text) }
        tag = String(text[..<colon])
        box = Box(xMin: x, yMin: y, xMax: x + width, yMax: y + height)
    }

    /// - Throws: `HouseCommandError.missing` for a tag that is no category.
    func annotation(_ categories: [JSON]) throws -> JSON {
        var members: [String: JSON] = [
            "id": .string(UUID().uuidString), "categoryID": try categories.named(tag, "label category")["id"],
        ]
        if let box {
            members["box"] = [
                "xMin": .number(box.xMin), "yMin": .number(box.yMin), "xMax": .number(box.xMax),
                "yMax": .number(box.yMax),
            ]
        }
        return .object(members)
    }
}
