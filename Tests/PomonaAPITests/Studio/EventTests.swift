import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1
import PomonaStore
import Testing

@Suite("The stream of events")
struct EventTests {
    /// The stream, event by event, as a browser takes it apart.
    private struct Reader {
        var id: String?
        var name: String
        var data: TestJSON
    }

    /// Reads until an event fits.
    private func first(
        of studio: StudioServer, after: String, headers: [String: String] = [:],
        begun: @Sendable () async throws -> Void = {}, where fits: (Reader) -> Bool
    ) async throws -> Reader {
        var request = HTTPClientRequest(url: "\(studio.origin)/api/v1/events?after=\(after)")
        request.headers.add(name: "Cookie", value: "pomona_session=\(studio.cookie)")
        for (name, value) in headers { request.headers.add(name: name, value: value) }
        let response = try await StudioServer.client.execute(request, timeout: .seconds(120))
        #expect(response.headers.first(name: "Content-Type") == "text/event-stream")
        var text = ""
        var hasBegun = false
        for try await piece in response.body {
            text += String(buffer: piece)
            if !hasBegun {
                hasBegun = true
                try await begun()
            }
            while let end = text.range(of: "\n\n") {
                let block = String(text[..<end.lowerBound])
                text.removeSubrange(..<end.upperBound)
                guard let event = Self.event(block), fits(event) else { continue }
                return event
            }
        }
        throw CancellationError()
    }

    private static func event(_ block: String) -> Reader? {
        var fields: [String: String] = [:]
        for line in block.split(separator: "\n") {
            let halves = line.split(separator: ":", maxSplits: 1)
            guard halves.count == 2, !line.hasPrefix(":") else { continue }
            fields[String(halves[0])] = halves[1].drop { $0 == " " }.description
        }
        guard let name = fields["event"], let data = fields["data"] else { return nil }
        return Reader(
            id: fields["id"], name: name, data: StudioAnswer(status: 200, headers: [:], bytes: Array(data.utf8)).json)
    }

    @Test("a change arrives while the stream is open, and again for who comes back")
    func changes() async throws {
        try await withStudio { studio in
            let start = try #require(try await studio.get("/session").json["event"].number)
            let after = String(Int64(start))
            let event = try await first(of: studio, after: after) {
                try await studio.post("/groups", ["name": "Vineyard"])
            } where: {
                $0.data["value"]["name"].text == "Vineyard"
            }
            #expect(event.name == "changed")
            #expect(event.data["kind"].text == "group")
            #expect(event.data["value"]["state"].text == "ready")
            let again = try await first(of: studio, after: "0", headers: ["Last-Event-ID": after]) {
                $0.data["value"]["name"].text == "Vineyard"
            }
            #expect(again.data == event.data)
        }
    }

    @Test("a stream ends when its person signs out", .timeLimit(.minutes(2)))
    func endsWithSession() async throws {
        try await withStudio { studio in
            await #expect(throws: CancellationError.self, "the body ended, and nothing was told") {
                try await first(of: studio, after: "0") {
                    #expect(try await studio.delete("/session").status == 204)
                    _ = try await studio.store.catalog.createGroup(named: "Secret")
                } where: {
                    $0.data["value"]["name"].text == "Later"
                }
            }
        }
    }

    @Test("a number that is too old, or of another data folder, is answered with a reset")
    func reset() async throws {
        try await withStudio { studio in
            let now = try #require(try await studio.get("/session").json["event"].number)
            for after in ["1", String(Int64(now) + 1_000_000)] {
                let event = try await first(of: studio, after: after) { _ in true }
                #expect(event.name == "reset")
                #expect(event.id == String(Int64(now)))
            }
        }
    }

    @Test("photos that arrive show on their container, its group and its datasets")
    func related() async throws {
        try await withStudio { studio in
            let container = try await studio.container()
            let dataset = try await studio.dataset(in: container)
            let start = try #require(try await studio.get("/session").json["event"].number)
            let event = try await first(of: studio, after: String(Int64(start))) {
                try await studio.upload("d.jpg", try TestPhotos.jpeg(seed: 77), to: container)
            } where: {
                $0.data["id"].text == dataset
            }
            #expect(event.data["value"]["photoCount"].number == 4)
        }
    }

    @Test("a training's points and lines arrive with its job")
    func training() async throws {
        try await withStudio { studio in
            let catalog = studio.store.catalog
            let group = studio.account.group
            let model = try await catalog.createModel(
                NewModel(
                    name: "m", kind: .genericDetector,
                    parameters: try ModelParameters(trainingDatasets: ["x"], budgetSeconds: 60).text()), in: group
            ) { id in
                NewJob(
                    kind: "training",
                    payload: #"{"title":"Train m","subject":{"kind":"model","row":\#(id)},"body":{}}"#, group: group)
            }
            let lease = try #require(
                try await catalog.claimJob(
                    kinds: ["training"], places: [:], defaultPlaces: 1, leasedFor: .seconds(60))
            ).lease
            let start = try #require(try await studio.get("/session").json["event"].number)
            let event = try await first(of: studio, after: String(Int64(start))) {
                let point = #"{"step":3,"steps":9,"seconds":1,"imagesPerSecond":8,"secondsLeft":2,"losses":{"box":1}}"#
                _ = try await catalog.report(
                    lease, progress: #"{"fraction":0.3}"#, events: [NewJobEvent(kind: "point", body: point)])
            } where: {
                $0.name == "progress"
            }
            #expect(event.data["modelID"].text == "m\(model.id)")
            #expect(event.data["point"]["step"].number == 3)
        }
    }

    @Test("what is deleted is said to be")
    func deletion() async throws {
        try await withStudio { studio in
            let dataset = try await studio.dataset(in: try await studio.container())
            let start = try #require(try await studio.get("/session").json["event"].number)
            let event = try await first(of: studio, after: String(Int64(start))) {
                try await studio.delete("/datasets/\(dataset)", ["name": "fruit"])
            } where: {
                $0.name == "deleted"
            }
            #expect(event.data["kind"].text == "dataset")
            #expect(event.data["id"].text == dataset)
        }
    }
}
