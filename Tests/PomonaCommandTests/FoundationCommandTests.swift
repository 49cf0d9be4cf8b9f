import Foundation
import PomonaModelSamples
import Testing

@Suite("pomona foundation list, show, add, pull", .serialized)
struct FoundationCommandTests {
    /// A folder with the weights of a small network and the data folder of a person.
    private struct Place {
        let folder: URL
        let weights: String
        let bytes: Data
        var data: String { folder.appendingPathComponent("data").path }

        init() throws {
            folder = FileManager.default.temporaryDirectory.appendingPathComponent("shelf-\(UUID().uuidString)")
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            weights = try SampleModel.write(in: folder.path)
            bytes = try Data(contentsOf: URL(fileURLWithPath: weights))
        }

        func foundation(_ arguments: String...) throws -> Programs.Outcome {
            try Programs.pomona(["foundation"] + arguments, environment: ["POMONA_DATA": data])
        }

        func remove() { try? FileManager.default.removeItem(at: folder) }
    }

    /// Where a request wants to go on, `nil` where it wants the whole file.
    private static func start(of request: String) -> Int? {
        let line = request.lowercased().split(separator: "\r\n").first { $0.hasPrefix("range: bytes=") }
        return line.flatMap { Int($0.dropFirst("range: bytes=".count).prefix { $0.isNumber }) }
    }

    @Test(
        "A file is added once under a proper name, then listed and shown; published ones are listed before they are here"
    )
    func addsAndShows() throws {
        let place = try Place()
        defer { place.remove() }
        let before = try place.foundation("list")
        #expect(before.status == 0 && before.output.contains("shipped with the program"), "\(before.errors)")
        #expect(before.output.contains("pomona foundation pull yolox-nano"))
        let added = try place.foundation("add", place.weights, "--name", "mine")
        #expect(added.status == 0 && added.output.contains("mine: \(place.bytes.count) bytes"), "\(added.errors)")
        #expect(try place.foundation("list").output.contains("mine         here, from \(place.weights)"))
        let shown = try place.foundation("show", "mine")
        #expect(shown.status == 0)
        for word in ["depth 0.33", "depthwise", "SHA-256", "tags         3: apple, banana, orange"] {
            #expect(shown.output.contains(word), "\(shown.output)")
        }
        let published = try place.foundation("show", "yolox-s")
        #expect(published.status == 0 && published.output.contains("not pulled yet"))

        #expect(try place.foundation("add", place.weights, "--name", "mine").status == 64)
        #expect(try place.foundation("add", place.weights, "--name", "pomona").status == 64)
        #expect(try place.foundation("add", place.weights, "--name", "../mine").status == 64)
        #expect(try place.foundation("add", place.weights + ".not", "--name", "other").status == 66)
        #expect(try place.foundation("show", "nothing").status == 66)
    }

    @Test("A pull follows redirects and goes on where the server broke off, in one command and in the next")
    func pulls() throws {
        let place = try Place()
        defer { place.remove() }
        let body = place.bytes
        // The first command gets half of the file and then nothing any more.
        let server = try FaultyServer { number, request in
            if request.hasPrefix("GET /start ") { return FaultyServer.response("302 Found", ["Location": "/file"]) }
            guard let start = Self.start(of: request) else {
                return FaultyServer.response("200 OK", ["ETag": "\"a\""], body: body, sending: body.count / 2)
            }
            let rest = Data(body.dropFirst(start))
            return FaultyServer.response(
                "206 Partial Content",
                ["ETag": "\"a\"", "Content-Range": "bytes \(start)-\(body.count - 1)/\(body.count)"], body: rest,
                sending: number < 8 ? 0 : rest.count)
        }
        defer { server.stop() }
        let address = server.address + "/start"
        let first = try place.foundation("pull", "mine", "--url", address)
        #expect(first.status == 70 && first.errors.contains("broke off after"), "\(first.errors)")
        #expect(first.errors.contains("goes on where it stopped"))
        #expect(!(try place.foundation("list").output.contains("mine")))
        let second = try place.foundation("pull", "mine", "--url", address)
        #expect(second.status == 0 && second.output.contains("mine: \(body.count) bytes"), "\(second.errors)")
        // The whole file was asked for once only.
        let asked = server.requests.filter { $0.hasPrefix("GET /file ") }
        #expect(asked.filter { Self.start(of: $0) == nil }.count == 1)
        #expect(try place.foundation("list").output.contains("mine         here, from \(address)"))
        #expect(try place.foundation("show", "mine").output.contains("as first seen"))
    }

    @Test(
        "A server that lies about the length, one that is not there, and another file than expected leave nothing on the shelf"
    )
    func refuses() throws {
        let place = try Place()
        defer { place.remove() }
        let body = place.bytes
        let server = try FaultyServer { _, request in
            if request.hasPrefix("GET /good ") { return FaultyServer.response("200 OK", body: body) }
            guard let start = Self.start(of: request) else {
                return FaultyServer.response("200 OK", ["ETag": "\"a\""], body: body, sending: body.count / 2)
            }
            return FaultyServer.response(
                "206 Partial Content", ["ETag": "\"a\"", "Content-Range": "bytes \(start)-\(start)/\(start + 1)"],
                body: Data([0]))
        }
        defer { server.stop() }
        let lying = try place.foundation("pull", "mine", "--url", server.address + "/lying")
        #expect(lying.status == 65 && lying.errors.contains("announced \(body.count) bytes"), "\(lying.errors)")
        let hash = String(repeating: "0", count: 64)
        let other = try place.foundation("pull", "mine", "--url", server.address + "/good", "--sha256", hash)
        #expect(other.status == 65 && other.errors.contains(hash), "\(other.errors)")
        #expect(try place.foundation("pull", "mine", "--url", server.address + "/good", "--sha256", "1").status == 64)
        server.stop()
        // Nothing listens at port 1.
        let gone = try place.foundation("pull", "mine", "--url", "http://127.0.0.1:1/file")
        #expect(gone.status == 70 && gone.errors.contains("pomona foundation add FILE"), "\(gone.errors)")
        #expect(try place.foundation("pull", "unheard-of").status == 66)
        #expect(!(try place.foundation("list").output.contains("mine")))
    }

    @Test("Without the shipped file training warns and starts from nothing; beside the program it is found again")
    func shipped() throws {
        let photos = try CommandPhotos()
        defer { photos.remove() }
        let program = try Programs.copied(into: photos.folder.appendingPathComponent("installed"))
        // The arguments of every other test, but for the foundation.
        let all = photos.trainArguments() + ["--steps", "2", "--json"]
        let place = try #require(all.firstIndex(of: "--foundation"))
        let arguments = Array(all[..<place] + all[(place + 2)...])
        let bare = try Programs.run(program, arguments)
        #expect(
            bare.status == 0 && bare.errors.contains("warning: the shipped foundation is missing"), "\(bare.errors)")
        #expect(try bare.json["foundation"] as? String == "none")
        #expect(try Programs.run(program, ["foundation", "list"]).output.contains("missing"))

        let folder = photos.folder.appendingPathComponent("installed/foundations")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "Resources/foundations/pomona.safetensors")
        try FileManager.default.copyItem(at: file, to: folder.appendingPathComponent("pomona.safetensors"))
        let found = try Programs.run(program, arguments)
        #expect(found.status == 0 && !found.errors.contains("missing"), "\(found.errors)")
        #expect((try found.json["foundation"] as? String)?.contains("pomona.safetensors") == true)
    }
}
