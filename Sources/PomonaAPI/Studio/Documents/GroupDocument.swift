import Foundation
import PomonaStore

/// A resource group as the page knows it.
struct GroupDocument: Encodable, Sendable {
    struct Counts: Encodable, Sendable {
        var containers: Int
        var photos: Int
        var datasets: Int
        var models: Int
        var projects: Int
    }

    var id: String
    var name: String
    var createdAt: Date
    var bytes: Int64
    var counts: Counts
    var isSample: Bool
    var state: String

    init(_ group: ResourceGroup, _ totals: GroupTotals) {
        id = group.id.studioID
        name = group.name
        createdAt = group.createdAt
        bytes = totals.bytes
        counts = Counts(
            containers: totals.containers, photos: totals.blobs.photos, datasets: totals.datasets,
            models: totals.models, projects: totals.projects)
        isSample = totals.isSample
        state = group.deletingSince == nil ? "ready" : "deleting"
    }
}

/// What deleting a group would take away.
struct GroupContents: Encodable, Sendable {
    struct Account: Encodable, Sendable {
        var name: String
        var containers: [Container]
    }

    struct Container: Encodable, Sendable {
        var name: String
        var blobCount: Int
        var bytes: Int64
    }

    struct Item: Encodable, Sendable {
        var name: String
        var bytes: Int64
    }

    var bytes: Int64
    var accounts: [Account]
    var datasets: [Item]
    var projects: [Item]
    var models: [Item]
    var runningJobs: Int
}

/// Long work that was begun.
struct JobAnswer: Encodable, Sendable {
    var job: JobDocument
    var group: GroupDocument?
}
