import Foundation
public import PomonaStore

/// What a job is to do, with what everybody may know of it.
public struct JobPayload<Body: Codable & Sendable>: Codable, Sendable {
    /// In the person's words, such as `Train fruit-detector`.
    public var title: String
    /// What it works for.
    public var subject: JobSubject?
    public var body: Body

    public init(title: String, subject: JobSubject?, body: Body) {
        self.title = title
        self.subject = subject
        self.body = body
    }
}

/// What a job works for: a model, an evaluation, a group.
public struct JobSubject: Codable, Hashable, Sendable {
    /// The table of its row, such as `model`.
    public var kind: String
    public var row: Int64

    public init(kind: String, row: Int64) {
        self.kind = kind
        self.row = row
    }
}

/// The part of every payload that needs no knowledge of its kind.
public struct JobHeading: Codable, Sendable {
    public var title: String
    public var subject: JobSubject?
}

extension Job {
    /// Title and subject.
    public var heading: JobHeading? { try? JSONDecoder().decode(JobHeading.self, from: Data(payload.utf8)) }

    /// What is to be done.
    ///
    /// - Throws: `DecodingError` for a payload of another kind.
    public func body<Body: Codable & Sendable>(_ type: Body.Type) throws -> Body {
        try JSONDecoder().decode(JobPayload<Body>.self, from: Data(payload.utf8)).body
    }

    /// Where it stands.
    public var standing: JobProgress? {
        progress.flatMap { try? JSONDecoder().decode(JobProgress.self, from: Data($0.utf8)) }
    }
}

extension NewJob {
    /// A job of a kind.
    public init<Body: Codable & Sendable>(
        _ kind: JobKind, title: String, subject: JobSubject? = nil, _ body: Body, priority: Int = 0,
        group: ResourceGroup.ID?, person: Person.ID?
    ) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let payload = try encoder.encode(JobPayload(title: title, subject: subject, body: body))
        self.init(
            kind: kind.rawValue, lane: kind.lane, payload: String(decoding: payload, as: UTF8.self),
            priority: priority, group: group, person: person)
    }
}
