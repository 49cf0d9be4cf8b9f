import Foundation

/// A download that may be unfinished: its bytes so far and what the server said of the whole.
struct PartialDownload {
    let path: String

    /// What a server said about a file; a file that changed meanwhile must not be continued.
    struct Validator: Codable, Equatable {
        var address: String
        /// A strong entity tag.
        var tag: String?
        /// The length of the whole file.
        var length: Int?
    }

    private var notePath: String { path + ".json" }

    var receivedBytes: Int {
        (try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int) ?? 0
    }

    /// What is known of an unfinished download of this address; `nil` where it cannot be continued safely.
    func validator(for address: String) -> Validator? {
        guard receivedBytes > 0, let data = FileManager.default.contents(atPath: notePath),
            let note = try? JSONDecoder().decode(Validator.self, from: data), note.address == address, note.tag != nil
        else { return nil }
        return note
    }

    /// Opens the file to append at its end, or to begin anew.
    func open(continuing: Bool, _ validator: Validator) throws -> FileHandle {
        do {
            try JSONEncoder().encode(validator).write(to: URL(fileURLWithPath: notePath), options: .atomic)
            if !continuing || !FileManager.default.fileExists(atPath: path) {
                guard FileManager.default.createFile(atPath: path, contents: nil) else {
                    throw CocoaError(.fileWriteNoPermission)
                }
            }
            let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
            try handle.seekToEnd()
            return handle
        } catch {
            throw FoundationError.notWritten(path: path, reason: error.localizedDescription)
        }
    }

    func remove() {
        for file in [path, notePath] { try? FileManager.default.removeItem(atPath: file) }
    }
}
