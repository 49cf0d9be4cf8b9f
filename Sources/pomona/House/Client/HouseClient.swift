import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1
import PomonaCore
import PomonaStore

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

    /// How long a command waits for a folder that another program has open: a server that is about to be ready, or
    /// another command that is about to end.
    private static let patience: Duration = .seconds(20)

    private let card: ServerCard
    private let http: HTTPClient
    private let own: OwnHouse?

    /// - Parameter data: the data folder; as ``DataFolderChoice`` where `nil`.
    static func open(data: String?) async throws -> HouseClient {
        let folder = DataFolderChoice(data).url
        let clock = ContinuousClock()
        let start = clock.now
        var hasToldOfWaiting = false
        while true {
            if let client = try await running(in: folder) { return client }
            do {
                let own = try await OwnHouse.start(in: folder)
                return HouseClient(own.card, own.card.client(), own: own)
            } catch StoreError.folderInUse(let path, let processID) {
                guard clock.now - start < patience else { throw StoreError.folderInUse(path, processID: processID) }
                if clock.now - start > .seconds(2), !hasToldOfWaiting {
                    Terminal.note("Waiting for another Pomona that has \(path) open.")
                    hasToldOfWaiting = true
                }
                try await Task.sleep(for: .milliseconds(200))
            }
        }
    }

    /// A client of the server that runs on a folder.
    private static func running(in folder: URL) async throws -> HouseClient? {
        guard let card = ServerCard.read(in: folder) else { return nil }
        let http = card.client()
        do {
            if try await card.answers(http) { return HouseClient(card, http, own: nil) }
        } catch {
            try? await http.shutdown()
            throw error
        }
        try? await http.shutdown()
        return nil
    }

    private init(_ card: ServerCard, _ http: HTTPClient, own: OwnHouse?) {
        self.card = card
        self.http = http
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
    /// - Throws: ``HouseRefusal`` in the server's words, ``HouseClientError``.
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
    ///
    /// - Parameter sent: is told how many bytes of it went out, piece by piece.
    @discardableResult
    func upload(
        _ path: String, file: URL, headers: [(String, String)], sent: @escaping @Sendable (Int) -> Void = { _ in }
    ) async throws -> JSON {
        var request = request(path.contains("coco-uploads") || path.contains("/imports") ? .post : .put, path)
        for (name, value) in headers { request.headers.add(name: name, value: value) }
        let size = try UploadFiles.size(of: file)
        request.body = .stream(FilePieces(file: file, sent: sent), length: .known(size))
        return try await perform(request)
    }

    /// The bytes that an answer names by their URL on the server, such as `/api/v1/exports/1`.
    func bytes(ofURL url: String) async throws -> [UInt8] {
        var request = request(.get, "")
        request.url = card.studio + url
        let response = try await execute(request)
        guard (200..<300).contains(response.status.code) else { throw try await refusal(response) }
        return Array(try await response.body.collect(upTo: 1 << 30).readableBytesView)
    }

    /// Writes what a route answers with into a file, which appears whole or not at all.
    ///
    /// - Returns: its length in bytes.
    func download(_ path: String, to file: String) async throws -> Int {
        let response = try await execute(request(.get, path))
        guard response.status == .ok else { throw try await refusal(response) }
        let temporary = "\(file).\(UUID().uuidString).part"
        do {
            guard FileManager.default.createFile(atPath: temporary, contents: nil) else {
                throw CommandError.cannotWrite(path: file, reason: String(cString: strerror(errno)))
            }
            let handle = try FileHandle(forWritingTo: URL(filePath: temporary))
            defer { try? handle.close() }
            var count = 0
            for try await piece in response.body {
                try handle.write(contentsOf: Data(piece.readableBytesView))
                count += piece.readableBytes
            }
            guard rename(temporary, file) == 0 else {
                throw CommandError.cannotWrite(path: file, reason: String(cString: strerror(errno)))
            }
            return count
        } catch {
            try? FileManager.default.removeItem(atPath: temporary)
            switch error {
            case let error as any PomonaError: throw error
            case let error as CocoaError:
                throw CommandError.cannotWrite(path: file, reason: error.localizedDescription)
            default: throw HouseClientError(error, server: card.studio)
            }
        }
    }

    private func request(_ verb: Verb, _ path: String) -> HTTPClientRequest {
        var request = HTTPClientRequest(url: card.studio + "/api/v1" + path)
        request.method = HTTPMethod(rawValue: verb.rawValue)
        request.headers.add(name: "Cookie", value: "pomona_session=\(card.session)")
        request.headers.add(name: "X-Pomona", value: "1")
        return request
    }

    private func perform(_ request: HTTPClientRequest) async throws -> JSON {
        let response = try await execute(request)
        guard (200..<300).contains(response.status.code) else { throw try await refusal(response) }
        return try await json(response) ?? .null
    }

    private func execute(_ request: HTTPClientRequest) async throws -> HTTPClientResponse {
        do {
            return try await http.execute(request, deadline: .distantFuture)
        } catch {
            throw HouseClientError(error, server: card.studio)
        }
    }

    private func refusal(_ response: HTTPClientResponse) async throws -> HouseRefusal {
        HouseRefusal(status: Int(response.status.code), try await json(response))
    }

    private func json(_ response: HTTPClientResponse) async throws -> JSON? {
        do {
            let body = try await response.body.collect(upTo: 64 << 20)
            return try? JSONDecoder().decode(JSON.self, from: Data(body.readableBytesView))
        } catch {
            throw HouseClientError(error, server: card.studio)
        }
    }
}

/// A file's bytes in pieces.
private struct FilePieces: AsyncSequence, Sendable {
    typealias Element = ByteBuffer
    let file: URL
    let sent: @Sendable (Int) -> Void

    struct AsyncIterator: AsyncIteratorProtocol {
        let pieces: FilePieces
        var handle: FileHandle?

        mutating func next() async throws -> ByteBuffer? {
            do {
                let handle = try handle ?? FileHandle(forReadingFrom: pieces.file)
                self.handle = handle
                guard let data = try handle.read(upToCount: 1 << 20), !data.isEmpty else {
                    try handle.close()
                    return nil
                }
                pieces.sent(data.count)
                return ByteBuffer(bytes: data)
            } catch {
                throw HouseClientError.file(pieces.file.path, reason: error.localizedDescription)
            }
        }
    }

    func makeAsyncIterator() -> AsyncIterator { AsyncIterator(pieces: self) }
}
