import Foundation
import PomonaStore

/// A labeling project as the page knows it.
struct ProjectDocument: Encodable, Sendable {
    struct DatasetPart: Encodable, Sendable {
        var id: String?
        var name: String
    }

    struct Category: Encodable, Sendable {
        var id: String
        var name: String
        var color: String
        var hotkey: String?
        var boxCount: Int
    }

    struct Counts: Encodable, Sendable {
        var total: Int
        var unlabeled: Int
        var preLabeled: Int
        var submitted: Int
        var skipped: Int
        var needsReview: Int
        var approved: Int
        var rejected: Int
        var leftOut: Int

        init(_ counts: TaskCounts) {
            total = counts.total
            unlabeled = counts[.unlabeled]
            preLabeled = counts[.preLabeled]
            submitted = counts[.submitted]
            skipped = counts[.skipped]
            needsReview = counts[.needsReview]
            approved = counts[.approved]
            rejected = counts[.rejected]
            leftOut = counts.leftOut
        }
    }

    var id: String
    var groupID: String
    var name: String
    var kind: String
    var dataset: DatasetPart
    var state: String
    var categories: [Category]
    var instructions: String
    var settings: LabelingSettings
    var counts: Counts
    var role: String
    var revision: Int
    var createdAt: Date
    var updatedAt: Date

    init(
        _ project: LabelingProject, role: ProjectRole, counts: TaskCounts,
        categoryCounts: [LabelCategory.ID: CategoryCount]
    ) {
        id = project.id.studioID
        groupID = project.group.studioID
        name = project.name
        kind = project.kind.studioWord
        dataset = DatasetPart(id: project.dataset?.studioID, name: project.datasetName)
        state = project.state.rawValue
        categories = project.categories.map {
            Category(
                id: $0.id.studioID, name: $0.name, color: $0.color, hotkey: $0.hotkey,
                boxCount: categoryCounts[$0.id]?.boxes ?? 0)
        }
        instructions = project.instructions
        settings = project.settings
        self.counts = Counts(counts)
        self.role = role.rawValue
        revision = project.revision
        createdAt = project.createdAt
        updatedAt = project.modifiedAt
    }
}

/// How a project comes along.
struct DashboardDocument: Encodable, Sendable {
    struct Category: Encodable, Sendable {
        var id: String
        var boxes: Int
        var photos: Int
    }

    struct Labeler: Encodable, Sendable {
        var personID: String
        var name: String
        var role: String
        var submitted: Int
        var skipped: Int
        var approved: Int
        var rejected: Int
        var medianSeconds: Double?
    }

    struct Day: Encodable, Sendable {
        var date: String
        var submitted: Int
    }

    var counts: ProjectDocument.Counts
    var categories: [Category]
    var labelers: [Labeler]
    var days: [Day]
    var remainingSeconds: Double?
}

/// Somebody who works on a project, or an invitation that nobody has used yet.
struct ProjectPersonDocument: Encodable, Sendable {
    var personID: String?
    var name: String?
    var lastSeenAt: Date?
    var invitationID: String?
    var role: String
    var link: String?
    var expiresAt: Date?

    init(_ member: ProjectMember) {
        personID = member.person.id.studioID
        name = member.person.name
        role = member.role.rawValue
        lastSeenAt = member.lastSeenAt
    }

    /// - Parameter link: known when it is made and never again.
    init(_ invitation: ProjectInvitation, link: String? = nil) {
        invitationID = invitation.id.studioID
        role = invitation.role.rawValue
        expiresAt = invitation.expiresAt
        self.link = link
    }
}

/// An experiment as the page knows it.
struct ExperimentDocument: Encodable, Sendable {
    var id: String
    var projectID: String
    var kind: String
    var trigger: String
    var status: String
    var number: Int
    var createdAt: Date
    var startedAt: Date?
    var finishedAt: Date?
    var fraction: Double?
    var secondsLeft: Double?
    var summary: String?
    var error: JobDocument.Failure?
    var jobID: String?

    init(_ experiment: Experiment, summary: String?) {
        let job = experiment.job.map(JobDocument.init)
        id = experiment.id.studioID
        projectID = experiment.project.studioID
        kind = experiment.kind.rawValue
        trigger = experiment.origin.rawValue
        // A job is forgotten when it is long over, and its words stay where it came to something.
        status = experiment.job.map { Self.status($0.state) } ?? (summary == nil ? "failed" : "succeeded")
        number = experiment.number
        createdAt = experiment.createdAt
        startedAt = job?.startedAt
        finishedAt = job?.finishedAt
        fraction = job?.fraction
        secondsLeft = job?.secondsLeft
        self.summary = summary
        error = job?.error
        jobID = job?.id
    }

    private static func status(_ state: JobState) -> String {
        switch state {
        case .queued: "notStarted"
        case .running, .cancelling: "running"
        case .succeeded: "succeeded"
        case .failed: "failed"
        case .cancelled: "cancelled"
        }
    }
}
