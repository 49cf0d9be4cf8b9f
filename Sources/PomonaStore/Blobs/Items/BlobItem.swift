public import Foundation

/// A blob as the page lists it: with a number of its own, and with what is known of it where it is a photo.
///
/// A blob that is written anew gets a new number, so what is shown under a number never changes.
public struct BlobItem: Identifiable, Hashable, Sendable {
    public typealias ID = RowID<BlobItem>

    public var id: ID
    public var container: BlobContainer.ID
    public var address: BlobAddress

    /// Number of bytes.
    public var length: Int64
    public var sha256: Data
    public var contentType: String?
    public var createdAt: Date

    /// Whether it is one by its name or its type.
    public var isPhoto: Bool

    /// How much is known of the photo.
    public var examination: Examination

    /// Of the upright photo, in pixels.
    public var width: Int?
    public var height: Int?

    /// 64 bits that are alike for photos that look alike.
    public var appearance: Int64?

    /// Why it cannot be used as a photo.
    public var problem: ItemFailure?

    public enum Examination: Int, Sendable {
        case none
        /// Its header was read.
        case header
        /// All of it was decoded once.
        case full
    }
}

/// What looking at a photo found.
public struct PhotoExamination: Hashable, Sendable {
    public var depth: BlobItem.Examination
    public var width: Int?
    public var height: Int?
    public var appearance: Int64?
    public var problem: ItemFailure?

    public init(
        depth: BlobItem.Examination, width: Int? = nil, height: Int? = nil, appearance: Int64? = nil,
        problem: ItemFailure? = nil
    ) {
        self.depth = depth
        self.width = width
        self.height = height
        self.appearance = appearance
        self.problem = problem
    }
}

/// Which blobs of a container to list, and in which order.
public struct BlobItemQuery: Hashable, Sendable {
    public enum Kind: String, CaseIterable, Sendable {
        case all, photo, json
    }

    public enum Order: String, CaseIterable, Sendable {
        case name
        case nameDown = "-name"
        case createdAt
        case createdAtDown = "-createdAt"
        case bytes
        case bytesDown = "-bytes"
    }

    public var kind: Kind
    /// A part of the name, in any letter case.
    public var search: String
    /// Only photos that cannot be used.
    public var hasProblem: Bool
    public var order: Order

    public init(kind: Kind = .all, search: String = "", hasProblem: Bool = false, order: Order = .name) {
        self.kind = kind
        self.search = search
        self.hasProblem = hasProblem
        self.order = order
    }
}

/// How much a container holds.
public struct ContainerTotals: Hashable, Sendable {
    public var blobs: Int
    public var photos: Int
    public var bytes: Int64

    public init(blobs: Int = 0, photos: Int = 0, bytes: Int64 = 0) {
        self.blobs = blobs
        self.photos = photos
        self.bytes = bytes
    }

    public static func + (a: ContainerTotals, b: ContainerTotals) -> ContainerTotals {
        ContainerTotals(blobs: a.blobs + b.blobs, photos: a.photos + b.photos, bytes: a.bytes + b.bytes)
    }
}

/// A container with what it holds and whose it is.
public struct ContainerSummary: Hashable, Sendable {
    public var container: BlobContainer
    public var account: StorageAccount.ID
    public var group: ResourceGroup.ID
    public var totals: ContainerTotals

    /// The datasets whose photos lie in it.
    public var datasets: [DatasetName]

    public struct DatasetName: Hashable, Codable, Sendable {
        public var id: Dataset.ID
        public var name: String
    }
}
