import Foundation
import Testing

@testable import PomonaFoundations

@Suite("FileDownload")
struct FileDownloadTests {
    private let body = Data((0..<100_000).map { UInt8(truncatingIfNeeded: $0 &* 31) })

    @Test("A transfer that breaks off goes on at the byte where it stopped")
    func resumes() async throws {
        let body = body
        let server = try FaultyServer { number, _ in
            number == 0
                ? FaultyServer.response("200 OK", ["ETag": "\"a\""], body: body, sending: 40_000)
                : FaultyServer.response(
                    "206 Partial Content", ["ETag": "\"a\"", "Content-Range": "bytes 40000-99999/100000"],
                    body: Data(body.dropFirst(40_000)))
        }
        defer { server.stop() }
        try await withPartial { partial in
            try await FileDownload(address: server.address + "/f", partial: partial).run()
            #expect(FileManager.default.contents(atPath: partial.path) == body)
        }
        let second = try #require(server.requests.dropFirst().first?.lowercased())
        #expect(second.contains("range: bytes=40000-"))
        #expect(second.contains("if-range: \"a\""))
    }

    @Test("A file that changed meanwhile is taken from its beginning")
    func changed() async throws {
        let (body, other) = (body, Data(repeating: 7, count: 50_000))
        let server = try FaultyServer { number, _ in
            number == 0
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
            await #expect(
                throws: FoundationError.brokeOff(address: server.address, received: 100_000, expected: 200_000)
            ) { try await download.run() }
            #expect(partial.receivedBytes == 100_000)
        }
    }

    @Test("A part of another length than the whole was announced with is refused")
    func lengthDiffers() async throws {
        let body = body
        let server = try FaultyServer { number, _ in
            number == 0
                ? FaultyServer.response("200 OK", ["ETag": "\"a\""], body: body, sending: 40_000)
                : FaultyServer.response(
                    "206 Partial Content", ["ETag": "\"a\"", "Content-Range": "bytes 40000-49999/50000"],
                    body: Data(body.prefix(10_000)))
        }
        defer { server.stop() }
        try await withPartial { partial in
            await #expect(
                throws: FoundationError.lengthDiffers(address: server.address, expected: 100_000, received: 50_000)
            ) { try await FileDownload(address: server.address, partial: partial).run() }
        }
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
