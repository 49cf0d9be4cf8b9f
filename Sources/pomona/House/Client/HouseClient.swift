import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1
import PomonaCore
import PomonaEngine

/// Talks to the server of a data folder: the one that runs, or one of its own that ends with the command.
final class HouseClient: Sendable {
    /// What a request does.
    enum Verb: String {
        case get = "GET"
        case post = "POST"
        case put = "PUT"
        case patch = "PATCH"
        case delete = "DELETE"
    }

    private let card: ServerCard
    private let http = HTTPClient(eventLoopGroupProvider: .singleton)
    private let own: OwnHouse?

    /// - Parameter data: the data folder; as ``DataFolderChoice`` where `nil`.
    static func open(data: String?) async throws -> HouseClient {
        let folder = DataFolderChoice(data).url
        if let card = ServerCard.read(in: folder), await card.answers() { return HouseClient(card, own: nil) }
        let own = try await OwnHouse.start(in: folder)
        guard let card = ServerCard.read(in: folder) else {
            throw EngineError.unexpected("the server left no card in \(folder.path)")
        }
        return HouseClient(card, own: own)
    }

    private init(_ card: ServerCard, own: OwnHouse?) {
        self.card = card
        self.own = own
    }

    /// Runs work with a client and ends the client afterwards.
    static func with<Value>(data: String?, _ body: (HouseClient) async throws -> Value) async throws -> Value {
        let client = try await open(data: data)
        do {
            let value = try await body(client)
            try await client.close()
            return value
        } catch {
            try? await client.close()
            throw error
        }
    }

    /// Ends the connections, and the server if it is the client's own.
    func close() async throws {
        try await http.shutdown()
        await own?.end()
    }

    /// A thing by its path below `/api/v1`.
    func get(_ path: String) async throws -> JSON { try await send(.get, path) }

    /// Every item of a list.
    func list(_ path: String) async throws -> [JSON] {
        var items: [JSON] = []
        while true {
            let mark = path.contains("?") ? "&" : "?"
            let page = try await get("\(path)\(mark)offset=\(items.count)&limit=500")
            let found = page["items"].array
            items += found
            if found.isEmpty || items.count >= page["total"].integer ?? 0 { return items }
        }
    }

    /// Calls a route.
    ///
    /// - Throws: ``Failure`` in the server's words.
    @discardableResult
    func send(_ verb: Verb, _ path: String, _ body: JSON? = nil) async throws -> JSON {
        var request = request(verb, path)
        if let body {
            request.headers.add(name: "Content-Type", value: "application/json")
            request.body = .bytes(ByteBuffer(bytes: try JSONEncoder().encode(body)))
        }
        return try await perform(request)
    }

    /// Uploads a file's bytes.
    @discardableResult
    func upload(_ path: String, file: URL, headers: [(String, String)]) async throws -> JSON {
        var request = request(path.contains("coco-uploads") || path.contains("/imports") ? .post : .put, path)
        for (name, value) in headers { request.headers.add(name: name, value: value) }
        let size = try FileManager.default.attributesOfItem(atPath: file.path)[.size] as? Int64 ?? 0
        request.body = .stream(FilePieces(file: file), length: .known(size))
        return try await perform(request)
    }

    /// The bytes that an answer names by their URL on the server, such as `/api/v1/exports/1`.
    func bytes(ofURL url: String) async throws -> [UInt8] {
        var request = request(.get, "")
        request.url = card.studio + url
        let response = try await http.execute(request, timeout: .seconds(600))
        let body = try await response.body.collect(upTo: 1 << 30)
        guard (200..<300).contains(response.status.code) else {
            throw failure(
                Int(response.status.code), try? JSONDecoder().decode(JSON.self, from: Data(body.readableBytesView)))
        }
        return Array(body.readableBytesView)
    }

    private func request(_ verb: Verb, _ path: String) -> HTTPClientRequest {
        var request = HTTPClientRequest(url: card.studio + "/api/v1" + path)
        request.method = HTTPMethod(rawValue: verb.rawValue)
        request.headers.add(name: "Cookie", value: "pomona_session=\(card.session)")
        request.headers.add(name: "X-Pomona", value: "1")
        return request
    }

    private func perform(_ request: HTTPClientRequest) async throws -> JSON {
        let response = try await http.execute(request, timeout: .seconds(600))
        let body = try await response.body.collect(upTo: 64 << 20)
        let json = try? JSONDecoder().decode(JSON.self, from: Data(body.readableBytesView))
        guard (200..<300).contains(response.status.code) else { throw failure(Int(response.status.code), json) }
        return json ?? .null
    }

    private func failure(_ status: Int, _ json: JSON?) -> Failure {
        let error = json?["error"] ?? .null
        let kind: ErrorKind =
            switch status {
            case 404: .missing
            case 409: .conflict
            case 401, 403, 405: .usage
            case 400, 413, 422: .badData
            case 503, 507: .resource
            default: .internal
            }
        return Failure(
            code: error["code"].text ?? "status\(status)",
            message: error["message"].text ?? "The server answered with the status \(status).",
            hint: error["hint"].text, kind: kind)
    }
}

/// A file's bytes in pieces.
private struct FilePieces: AsyncSequence, Sendable {
    typealias Element = ByteBuffer
    let file: URL

    struct AsyncIterator: AsyncIteratorProtocol {
        var handle: FileHandle

        mutating func next() async throws -> ByteBuffer? {
            guard let data = try handle.read(upToCount: 1 << 20), !data.isEmpty else {
                try handle.close()
                return nil
            }
            return ByteBuffer(bytes: data)
        }
    }

    func makeAsyncIterator() -> AsyncIterator {
        AsyncIterator(handle: (try? FileHandle(forReadingFrom: file)) ?? .nullDevice)
    }
}
