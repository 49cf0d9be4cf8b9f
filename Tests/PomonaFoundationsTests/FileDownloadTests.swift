import Foundation
import PomonaModelSamples
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

    @Test("A part of another file, or from another place, is not put behind what is held")
    func otherPart() async throws {
        let (body, other) = (body, Data(repeating: 7, count: 100_000))
        // The start is moved by so many bytes, the tag is this one.
        for (shift, tag) in [(0, "\"b\""), (0, "W/\"a\""), (-1, "\"a\"")] {
            let server = try FaultyServer { number, request in
                guard let start = Self.start(of: request) else {
                    return number == 0
                        ? FaultyServer.response("200 OK", ["ETag": "\"a\""], body: body, sending: 40_000)
                        : FaultyServer.response("200 OK", ["ETag": "\"b\""], body: other)
                }
                return FaultyServer.response(
                    "206 Partial Content", ["ETag": tag, "Content-Range": "bytes \(start + shift)-99999/100000"],
                    body: Data(other.dropFirst(start + shift)))
            }
            defer { server.stop() }
            try await withPartial { partial in
                try await FileDownload(address: server.address, partial: partial).run()
                #expect(FileManager.default.contents(atPath: partial.path) == other, "\(shift) \(tag)")
            }
        }
    }

    @Test("A part that says nothing of its length is complete only at the known end", arguments: ["100000", "*"])
    func partWithoutLength(total: String) async throws {
        let body = body
        let server = try FaultyServer { number, request in
            guard let start = Self.start(of: request) else {
                return FaultyServer.response("200 OK", ["ETag": "\"a\""], body: body, sending: 40_000)
            }
            return FaultyServer.response(
                "206 Partial Content", ["ETag": "\"a\"", "Content-Range": "bytes \(start)-99999/\(total)"],
                body: Data(body.dropFirst(start)), sending: number == 1 ? 10_000 : nil, tellsLength: false)
        }
        defer { server.stop() }
        try await withPartial { partial in
            try await FileDownload(address: server.address, partial: partial).run()
            #expect(FileManager.default.contents(atPath: partial.path) == body)
        }
        #expect(server.requests.count == 3)
    }

    @Test("A part that is longer than the whole leaves it room for is refused, and what came is thrown away")
    func partTooLong() async throws {
        let body = body
        let server = try FaultyServer { _, request in
            guard let start = Self.start(of: request) else {
                return FaultyServer.response("200 OK", ["ETag": "\"a\""], body: body, sending: 40_000)
            }
            return FaultyServer.response(
                "206 Partial Content", ["ETag": "\"a\"", "Content-Range": "bytes \(start)-99999/100000"], body: body)
        }
        defer { server.stop() }
        try await withPartial { partial in
            let error = await #expect(throws: FoundationError.self) {
                try await FileDownload(address: server.address, partial: partial).run()
            }
            #expect(error?.code == "downloadCorrupt")
            #expect(partial.receivedBytes == 0)
        }
    }

    @Test("A part that announces nearly all bytes there can be is too large, not a crash")
    func partBeyondCounting() async throws {
        let body = body
        let server = try FaultyServer { _, request in
            guard let start = Self.start(of: request) else {
                return FaultyServer.response("200 OK", ["ETag": "\"a\""], body: body, sending: 40_000)
            }
            return FaultyServer.response(
                "206 Partial Content",
                ["ETag": "\"a\"", "Content-Range": "bytes \(start)-99999/*", "Content-Length": "\(Int.max)"],
                body: Data(body.dropFirst(start)))
        }
        defer { server.stop() }
        try await withPartial { partial in
            var download = FileDownload(address: server.address, partial: partial)
            download.limit = 1_000_000
            await #expect(
                throws: FoundationError.tooLarge(address: server.address, bytes: .max, limit: 1_000_000)
            ) { try await download.run() }
        }
    }

    @Test("A range is read whole or not at all")
    func ranges() {
        let range = ContentRange("bytes 5-9/10")
        #expect(range?.first == 5 && range?.last == 9 && range?.total == 10)
        let open = ContentRange("Bytes 0-9/*")
        #expect(open?.first == 0 && open != nil && open?.total == nil)
        for text in ["", "bytes", "bytes */10", "bytes 5-/10", "bytes 5-10/10", "bytes 9-5/10", "bytes 5-9", "5-9/10"] {
            #expect(ContentRange(text) == nil, "\(text)")
        }
        #expect(ContentRange("bytes 0-9/99999999999999999999") == nil)
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
