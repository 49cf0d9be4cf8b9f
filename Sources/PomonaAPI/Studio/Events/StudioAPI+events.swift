import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import PomonaJobs
import PomonaStore
import ServiceLifecycle

extension StudioAPI {
    static let eventRoutes: [StudioRoute] = [
        StudioRoute(.get, "/events", .signedIn) { api, call in try await api.streamEvents(call) }
    ]

    private enum Signal: Sendable {
        case change
        /// A second has gone by.
        case beat
    }

    private func streamEvents(_ call: StudioCall) async throws -> Response {
        let person = try call.person
        let last = call.header("Last-Event-ID").flatMap { Int64($0) }
        let after = last ?? call.value("after").flatMap { Int64($0) } ?? store.catalog.changes.newest
        let isOwner = person.role == .owner
        let headers: HTTPFields = [
            .contentType: "text/event-stream", .cacheControl: "no-store", .xContentTypeOptions: "nosniff",
        ]
        return Response(
            status: .ok, headers: headers,
            body: ResponseBody { writer in
                let (signals, continuation) = AsyncStream.makeStream(
                    of: Signal.self, bufferingPolicy: .bufferingNewest(8))
                let ticks = store.catalog.changes.ticks().cancelOnGracefulShutdown()
                let forwarding = Task {
                    for await _ in ticks { continuation.yield(.change) }
                    continuation.finish()
                }
                let beating = Task {
                    while !Task.isCancelled {
                        try await Task.sleep(for: .seconds(1))
                        continuation.yield(.beat)
                    }
                }
                defer {
                    forwarding.cancel()
                    beating.cancel()
                    continuation.finish()
                }
                var stream = EventStream(api: self, person: person, isOwner: isOwner, after: after)
                try await writer.write(ByteBuffer(string: ": hello\n\n" + (try await stream.events())))
                var beats = 0
                for await signal in signals {
                    if signal == .beat { beats += 1 }
                    // Who signed out, or was signed out, hears no more.
                    if signal == .beat, beats % EventStream.silence == 0, let session = call.session {
                        guard (try? await store.catalog.person(ofSession: session)) != nil else { break }
                    }
                    let text = signal == .beat ? try await stream.beat() : try await stream.events()
                    if !text.isEmpty { try await writer.write(ByteBuffer(string: text)) }
                }
                try await writer.finish(nil)
            })
    }
}

/// One browser's view of what changes: which changes it was told of, and which wait because they come too often.
struct EventStream {
    /// Things that change with every photo that arrives are told of once a second at most.
    private static let calm: Set<String> = ["container", "dataset", "resourceGroup"]
    private static let interval = Duration.seconds(1)

    /// Seconds after which a stream that says nothing says so, to keep the connection, and the session is looked at again.
    static let silence = 12

    private let api: StudioAPI
    private let person: Person
    private let isOwner: Bool
    private var last: Int64
    private let begin = Date()
    private let clock = ContinuousClock()

    /// Changes that wait, each with the number of the first that was held back.
    private var waiting: [ChangeSubject: Int64] = [:]
    private var told: [ChangeSubject: ContinuousClock.Instant] = [:]
    private var jobEvents: [Job.ID: JobEvent.ID] = [:]
    private var beatsOfSilence = 0

    init(api: StudioAPI, person: Person, isOwner: Bool, after: Int64) {
        self.api = api
        self.person = person
        self.isOwner = isOwner
        last = after
    }

    /// What a second's passing brings.
    mutating func beat() async throws -> String {
        let text = try await events()
        beatsOfSilence = text.isEmpty ? beatsOfSilence + 1 : 0
        guard beatsOfSilence >= Self.silence else { return text }
        beatsOfSilence = 0
        return ": still here\n\n"
    }

    /// The events that are to be told now.
    mutating func events() async throws -> String {
        let feed = api.store.catalog.changes
        guard let changes = feed.changes(after: last) else {
            last = feed.newest
            waiting = [:]
            return Self.event("reset", Data("{}".utf8), number: last)
        }
        // Of several changes of one thing the last says it all.
        var subjects: [ChangeSubject] = []
        for change in changes {
            last = change.number
            for subject in related(change.subject) {
                if waiting[subject] == nil { waiting[subject] = change.number }
                subjects.append(subject)
            }
        }
        let now = clock.now
        let due = waiting.filter { subject, _ in
            !Self.calm.contains(subject.table) || told[subject].map { now - $0 >= Self.interval } ?? true
        }
        for subject in due.keys { waiting[subject] = nil }
        // A browser that comes back asks for what it may have missed, so held back changes count as not told.
        let number = (waiting.values.min() ?? last + 1) - 1
        var text = ""
        for (subject, _) in due.sorted(by: { $0.value < $1.value }) {
            told[subject] = now
            text += try await words(subject, number: number)
        }
        return text
    }

    /// The things whose looks change with one.
    private func related(_ subject: ChangeSubject) -> [ChangeSubject] {
        // A blob's row is its container's business.
        if subject.table == "blobItem" || subject.table == "upload" { return [] }
        return [subject]
    }

    private mutating func words(_ subject: ChangeSubject, number: Int64) async throws -> String {
        if subject.isDeleted {
            guard let kind = Self.kinds[subject.table], isOwner || kind.isForAll else { return "" }
            let id = "\(kind.letter)\(subject.row)"
            return Self.event("deleted", try StudioJSON.encode(Deleted(kind: kind.name, id: id)), number: number)
        }
        do {
            return try await changed(subject, number: number)
        } catch let error as StudioFailure where error.status == .notFound {
            return ""
        } catch StoreError.missing {
            // Gone since: its own event tells.
            return ""
        } catch BlobError.containerMissing {
            return ""
        }
    }

    private struct Kind {
        var name: String
        var letter: Character
        var isForAll = false
    }

    private static let kinds: [String: Kind] = [
        "resourceGroup": Kind(name: "group", letter: "g"), "storageAccount": Kind(name: "account", letter: "a"),
        "container": Kind(name: "container", letter: "c"), "dataset": Kind(name: "dataset", letter: "d"),
        "model": Kind(name: "model", letter: "m"), "evaluation": Kind(name: "evaluation", letter: "e"),
        "job": Kind(name: "job", letter: "j"), "project": Kind(name: "project", letter: "p", isForAll: true),
        "task": Kind(name: "task", letter: "t", isForAll: true),
        "experiment": Kind(name: "experiment", letter: "x", isForAll: true),
    ]

    private struct Deleted: Encodable {
        var kind: String
        var id: String
    }

    private struct Changed<Value: Encodable>: Encodable {
        var kind: String
        var id: String
        var groupID: String?
        var value: Value
    }

    private func event<Value: Encodable>(
        _ kind: String, _ id: String, group: String?, _ value: Value, _ number: Int64
    ) throws -> String {
        Self.event(
            "changed", try StudioJSON.encode(Changed(kind: kind, id: id, groupID: group, value: value)),
            number: number)
    }

    private mutating func changed(_ subject: ChangeSubject, number: Int64) async throws -> String {
        let catalog = api.store.catalog
        if let event = try await api.labelingEvent(subject, for: person) {
            return event.isEmpty ? "" : Self.event("changed", event, number: number)
        }
        guard isOwner else { return "" }
        switch subject.table {
        case "resourceGroup":
            let value = try await api.document(try await catalog.group(RowID(rawValue: subject.row)))
            return try event("group", value.id, group: value.id, value, number)
        case "storageAccount":
            let value = try await api.document(try await catalog.account(RowID(rawValue: subject.row)))
            return try event("account", value.id, group: value.groupID, value, number)
        case "container":
            let summary = try await catalog.container(RowID(rawValue: subject.row))
            let value = ContainerDocument(summary, endpoint: api.settings.blobEndpoint)
            hold(summary)
            return try event("container", value.id, group: value.groupID, value, number)
        case "dataset":
            let value = try await api.document(try await catalog.dataset(RowID(rawValue: subject.row)))
            return try event("dataset", value.id, group: value.groupID, value, number)
        case "model":
            let value = try await api.document(try await catalog.model(RowID(rawValue: subject.row)))
            return try event("model", value.id, group: value.groupID, value, number)
        case "evaluation":
            let evaluation = try await catalog.evaluation(RowID(rawValue: subject.row))
            let group = try await catalog.model(evaluation.model).group
            let value = api.document(evaluation, group: group)
            return try event("evaluation", value.id, group: group.studioID, value, number)
        case "job":
            let job = try await catalog.job(RowID(rawValue: subject.row))
            let value = JobDocument(job)
            // An experiment shows where its job stands.
            let experiment = try await api.experimentEvent(of: job, for: person)
                .map { Self.event("changed", $0, number: number) }
            return try event("job", value.id, group: value.groupID, value, number)
                + (experiment ?? "") + (try await history(of: job, number: number))
        case "person":
            guard subject.row == person.id.rawValue else { return "" }
            let value = try await api.session(of: try await catalog.person(person.id))
            return try event("session", person.id.studioID, group: nil, value, number)
        default: return ""
        }
    }

    /// What a container holds, its group and its datasets show too.
    private mutating func hold(_ summary: ContainerSummary) {
        let group = ChangeSubject(table: "resourceGroup", row: summary.group.rawValue)
        let datasets = summary.datasets.map { ChangeSubject(table: "dataset", row: $0.id.rawValue) }
        for subject in [group] + datasets where waiting[subject] == nil { waiting[subject] = last }
    }

    // MARK: Training

    private struct Progress: Encodable {
        var modelID: String
        var point: CurvePoint
    }

    private struct Log: Encodable {
        var modelID: String
        var line: LogLine
    }

    /// Points and lines that a training wrote since the last time.
    private mutating func history(of job: Job, number: Int64) async throws -> String {
        guard let subject = job.heading?.subject, subject.kind == "model", job.kind == "training" else { return "" }
        let model = Model.ID(rawValue: subject.row).studioID
        var text = ""
        let events = try await api.store.catalog.events(of: job.id, after: jobEvents[job.id], limit: 100_000)
        // At first only what came since this stream began: the page has asked for the rest.
        for event in events where jobEvents[job.id] != nil || event.createdAt >= begin.addingTimeInterval(-2) {
            if event.kind == "point",
                let point = try? JSONDecoder().decode(CurvePoint.self, from: Data(event.body.utf8))
            {
                text += Self.event(
                    "progress", try StudioJSON.encode(Progress(modelID: model, point: point)), number: number)
            } else if let line = LogLine(event) {
                text += Self.event("log", try StudioJSON.encode(Log(modelID: model, line: line)), number: number)
            }
        }
        if let last = events.last { jobEvents[job.id] = last.id }
        return text
    }

    private static func event(_ name: String, _ data: Data, number: Int64) -> String {
        "id: \(number)\nevent: \(name)\ndata: \(String(decoding: data, as: UTF8.self))\n\n"
    }
}
