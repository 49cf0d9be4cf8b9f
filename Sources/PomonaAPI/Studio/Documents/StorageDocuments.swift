import Foundation
import PomonaStore

/// A storage account as the page knows it.
struct AccountDocument: Encodable, Sendable {
    var id: String
    var groupID: String
    var name: String
    var createdAt: Date
    var blobEndpoint: String
    var containerCount: Int
    var bytes: Int64

    init(_ account: StorageAccount, containers: [ContainerSummary], endpoint: String) {
        id = account.id.studioID
        groupID = account.group.studioID
        name = account.name
        createdAt = account.createdAt
        blobEndpoint = "\(endpoint)/\(account.name)"
        let own = containers.filter { $0.account == account.id }
        containerCount = own.count
        bytes = own.reduce(0) { $0 + $1.totals.bytes }
    }
}

/// A container as the page knows it.
struct ContainerDocument: Encodable, Sendable {
    struct DatasetPart: Encodable, Sendable {
        var id: String
        var name: String
    }

    var id: String
    var accountID: String
    var accountName: String
    var groupID: String
    var name: String
    var createdAt: Date
    var blobCount: Int
    var photoCount: Int
    var bytes: Int64
    var url: String
    var datasets: [DatasetPart]

    init(_ summary: ContainerSummary, endpoint: String) {
        let address = summary.container.address
        id = summary.container.id.studioID
        accountID = summary.account.studioID
        accountName = address.account
        groupID = summary.group.studioID
        name = address.name
        createdAt = summary.container.createdAt
        blobCount = summary.totals.blobs
        photoCount = summary.totals.photos
        bytes = summary.totals.bytes
        url = "\(endpoint)/\(address.account)/\(address.name)"
        datasets = summary.datasets.map { DatasetPart(id: $0.id.studioID, name: $0.name) }
    }
}

/// A blob as the page knows it.
struct BlobDocument: Encodable, Sendable {
    struct Problem: Encodable, Sendable {
        var code: String
        var message: String
    }

    var id: String
    var containerID: String
    var name: String
    var bytes: Int64
    var contentType: String
    var createdAt: Date
    var isPhoto: Bool
    var width: Int?
    var height: Int?
    var url: String
    var problem: Problem?

    init(_ item: BlobItem, endpoint: String) {
        id = item.id.studioID
        containerID = item.container.studioID
        name = item.address.name
        bytes = item.length
        contentType = item.contentType ?? "application/octet-stream"
        createdAt = item.createdAt
        isPhoto = item.isPhoto
        width = item.width
        height = item.height
        let container = item.address.container
        url = "\(endpoint)/\(container.account)/\(container.name)/\(PercentCoding.encode(name, keeping: "/"))"
        problem = item.problem.map { Problem(code: $0.code, message: $0.message.sentence) }
    }
}

/// The keys of an account, shown where they are asked for.
struct AccountKeysDocument: Encodable, Sendable {
    var accountName: String
    var keys: [KeyDocument]
    var connectionString: String

    init(_ account: StorageAccount, endpoint: String) {
        accountName = account.name
        keys = KeyDocument.both(account.keys)
        let scheme = endpoint.prefix { $0 != ":" }
        connectionString =
            "DefaultEndpointsProtocol=\(scheme);AccountName=\(account.name);AccountKey=\(account.keys.key1);"
            + "BlobEndpoint=\(endpoint)/\(account.name);"
    }
}

/// One of two keys.
struct KeyDocument: Encodable, Sendable {
    var name: String
    var value: String

    static func both(_ pair: KeyPair) -> [KeyDocument] {
        KeyPair.Slot.allCases.map { KeyDocument(name: $0.rawValue, value: pair[$0]) }
    }
}
