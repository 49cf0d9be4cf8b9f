import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1
import PomonaStore

/// What a running server leaves in its data folder for commands of the same person: where it is, and a session. Readable
/// to its owner only.
struct ServerCard: Codable, Sendable {
    var studio: String
    var session: String

    private static func file(in folder: URL) -> URL { folder.appending(path: "server.json") }

    static func read(in folder: URL) -> ServerCard? {
        (try? Data(contentsOf: file(in: folder))).flatMap { try? JSONDecoder().decode(ServerCard.self, from: $0) }
    }

    func write(in folder: URL) throws {
        let path = Self.file(in: folder).path
        // Made with its rights, so that nobody can open it before they are set.
        let data = try JSONEncoder().encode(self)
        try? FileManager.default.removeItem(atPath: path)
        guard FileManager.default.createFile(atPath: path, contents: data, attributes: [.posixPermissions: 0o600])
        else {
            throw CommandError.cannotWrite(path: path, reason: String(cString: strerror(errno)))
        }
    }

    static func remove(in folder: URL) { try? FileManager.default.removeItem(at: file(in: folder)) }

    /// Whether the server is there still.
    func answers() async -> Bool {
        let request = HTTPClientRequest(url: studio + "/health")
        let response = try? await HTTPClient.shared.execute(request, timeout: .seconds(5))
        return response?.status == .ok
    }
}
