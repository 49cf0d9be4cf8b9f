import Foundation
import PomonaJobs
import PomonaStore

/// A job as the page knows it.
struct JobDocument: Encodable, Sendable {
    struct Subject: Encodable, Sendable {
        var kind: String
        var id: String
    }

    struct Failure: Encodable, Sendable {
        var code: String
        var message: String
        var hint: String?

        init(_ failure: ItemFailure) {
            code = failure.code
            message = failure.message
        }
    }

    var id: String
    var groupID: String?
    var kind: String
    var title: String
    var subject: Subject?
    var state: String
    var fraction: Double?
    var detail: String?
    var secondsLeft: Double?
    var createdAt: Date
    var startedAt: Date?
    var finishedAt: Date?
    var error: Failure?

    init(_ job: Job) {
        let heading = job.heading
        let standing = job.standing
        id = job.id.studioID
        groupID = job.group?.studioID
        kind = job.kind
        title = heading?.title ?? job.kind
        subject = heading?.subject.flatMap(Self.subject)
        state = job.state == .cancelling ? "stopping" : job.state.rawValue
        fraction = job.state == .succeeded ? 1 : standing?.fraction
        detail = job.state.isFinal ? nil : standing?.detail
        secondsLeft = job.state == .running ? standing?.secondsLeft : nil
        createdAt = job.createdAt
        startedAt = job.startedAt
        finishedAt = job.finishedAt
        error = job.failure.map(Failure.init)
    }

    private static func subject(_ subject: JobSubject) -> Subject? {
        let letters: [String: Character] = [
            "model": Model.studioLetter, "evaluation": Evaluation.studioLetter, "group": ResourceGroup.studioLetter,
            "resourceGroup": ResourceGroup.studioLetter, "dataset": Dataset.studioLetter,
            "container": BlobContainer.studioLetter, "project": "p", "experiment": "x",
        ]
        guard let letter = letters[subject.kind] else { return nil }
        return Subject(kind: subject.kind, id: "\(letter)\(subject.row)")
    }
}
