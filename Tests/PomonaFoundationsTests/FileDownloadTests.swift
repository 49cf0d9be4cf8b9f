import Foundation
import Testing

@testable import PomonaFoundations

@Suite("FileDownload")
struct FileDownloadTests {
    private let body = Data((0..<100_000).map { UInt8(truncatingIfNeeded: $0 &* 31) })

    @Test("A transfer that breaks off goes on at the byte where it stopped")
    func resumes() async throws {
        let body = body
        let server = try FaultyServer { _, request in
            guard let start = Self.start(of: request) else {
                return FaultyServer.response("200 OK", ["ETag": "\"a\""], body: body, sending: 40_000)
            }
            return FaultyServer.response(
                "206 Partial Content", ["ETag": "\"a\"", "Content-Range": "bytes \(start)-99999/100000"],
                body: Data(body.dropFirst(start)))
        }
        defer { server.stop() }
        try await withPartial { partial in
            try await FileDownload(address: server.address + "/f", partial: partial).run()
            #expect(FileManager.default.contents(atPath: partial.path) == body)
        }
        let last = try #require(server.requests.last?.lowercased())
        let start = try #require(Self.start(of: last))
        #expect(start > 0 && start <= 40_000)
        #expect(last.contains("if-range: \"a\""))
    }

    @Test("A file that changed meanwhile is taken from its beginning")
    func changed() async throws {
        let (body, other) = (body, Data(repeating: 7, count: 50_000))
        let server = try FaultyServer { _, request in
            Self.start(of: request) == nil
                ? FaultyServer.response("200 OK", ["ETag": "\"a\""], body: body, sending: 40_000)
                : FaultyServer.response("200 OK", ["ETag": "\"b\""], body: other)
        }
        defer { server.stop() }
        try await withPartial { partial in
            try await FileDownload(address: server.address, partial: partial).run()
            #expect(FileManager.default.contents(atPath: partial.path) == other)
        }
    }

    @Test("A server that announces more than it ever sends is given up, and what came stays for the next call")
    func liesAboutLength() async throws {
        let body = body
        let server = try FaultyServer { _, _ in
            FaultyServer.response("200 OK", ["Content-Length": "200000"], body: body)
        }
        defer { server.stop() }
        try await withPartial { partial in
            var download = FileDownload(address: server.address, partial: partial)
            download.attempts = 2
            let error = await #expect(throws: FoundationError.self) { try await download.run() }
            #expect(
                error
                    == .brokeOff(address: server.address, received: partial.receivedBytes, expected: 200_000))
        }
    }

    @Test("A part of another length than the whole was announced with is refused")
    func lengthDiffers() async throws {
        let body = body
        let server = try FaultyServer { _, request in
            guard let start = Self.start(of: request) else {
                return FaultyServer.response("200 OK", ["ETag": "\"a\""], body: body, sending: 40_000)
            }
            return FaultyServer.response(
                "206 Partial Content", ["ETag": "\"a\"", "Content-Range": "bytes \(start)-49999/50000"],
                body: Data(body.prefix(50_000 - start)))
        }
        defer { server.stop() }
        try await withPartial { partial in
            await #expect(
                throws: FoundationError.lengthDiffers(address: server.address, expected: 100_000, received: 50_000)
            ) { try await FileDownload(address: server.address, partial: partial).run() }
        }
    }

    /// Where a request wants to go on, `nil` where it wants the whole file.
    private static func start(of request: String) -> Int? {
        let line = request.lowercased().split(separator: "\r\n").first { $0.hasPrefix("range: bytes=") }
        return line.flatMap { Int($0.dropFirst("range: bytes=".count).prefix { $0.isNumber }) }
    }

    @Test("A file beyond the limit is refused before it is taken in")
    func tooLarge() async throws {
        let body = body
        let server = try FaultyServer { _, _ in FaultyServer.response("200 OK", body: body) }
        defer { server.stop() }
        try await withPartial { partial in
            var download = FileDownload(address: server.address, partial: partial)
            download.limit = 99_999
            await #expect(
                throws: FoundationError.tooLarge(address: server.address, bytes: 100_000, limit: 99_999)
            ) { try await download.run() }
            #expect(partial.receivedBytes == 0)
        }
    }

    @Test("Redirects are followed, relative ones too, but not for ever")
    func redirects() async throws {
        let body = body
        let server = try FaultyServer { _, request in
            if request.hasPrefix("GET /start ") { return FaultyServer.response("302 Found", ["Location": "/file"]) }
            if request.hasPrefix("GET /file ") { return FaultyServer.response("200 OK", body: body) }
            return FaultyServer.response("302 Found", ["Location": "/round"])
        }
        defer { server.stop() }
        try await withPartial { partial in
            try await FileDownload(address: server.address + "/start", partial: partial).run()
            #expect(FileManager.default.contents(atPath: partial.path) == body)
            let round = server.address + "/round"
            await #expect(throws: FoundationError.tooManyRedirects(address: round)) {
                try await FileDownload(address: round, partial: partial).run()
            }
        }
    }

    @Test("A status that is no success, and an address that is none, are named")
    func refusals() async throws {
        let server = try FaultyServer { _, _ in FaultyServer.response("404 Not Found") }
        defer { server.stop() }
        try await withPartial { partial in
            await #expect(throws: FoundationError.status(address: server.address, status: 404)) {
                try await FileDownload(address: server.address, partial: partial).run()
            }
            await #expect(throws: FoundationError.badAddress("file:///etc/hosts")) {
                try await FileDownload(address: "file:///etc/hosts", partial: partial).run()
            }
        }
    }

    private func withPartial(_ body: (PartialDownload) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("download-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try await body(PartialDownload(path: folder.appendingPathComponent("file").path))
    }
}
