/// Which blobs of a container to list.
public struct BlobListQuery: Sendable {
    /// Only names that begin with this.
    public var prefix: String

    /// Names that hold this after the prefix are gathered into one entry each; `nil` or empty gathers nothing.
    public var delimiter: String?

    /// Where to go on: ``BlobPage/nextMarker`` of the page before.
    public var marker: String?

    /// The most entries of the page, 1 to ``maximumPageSize``; others are brought into that range.
    public var maximumCount: Int

    /// Azure's largest page, and its default.
    public static let maximumPageSize = 5_000

    public init(
        prefix: String = "", delimiter: String? = nil, marker: String? = nil,
        maximumCount: Int = BlobListQuery.maximumPageSize
    ) {
        self.prefix = prefix
        self.delimiter = delimiter
        self.marker = marker
        self.maximumCount = min(max(1, maximumCount), Self.maximumPageSize)
    }
}

/// One line of a list.
public enum BlobListEntry: Hashable, Sendable {
    case blob(Blob)
    /// All blobs whose names begin with this text, which ends with the delimiter.
    case prefix(String)
}

/// A part of a list, in the order of the names' UTF-8 bytes.
public struct BlobPage: Sendable {
    public var container: BlobContainer
    public var entries: [BlobListEntry]

    /// Where the next page begins, `nil` at the end. Letters, digits, `-` and `_` only.
    public var nextMarker: String?

    public init(container: BlobContainer, entries: [BlobListEntry], nextMarker: String?) {
        self.container = container
        self.entries = entries
        self.nextMarker = nextMarker
    }

    /// The blobs among the entries.
    public var blobs: [Blob] { entries.compactMap { if case .blob(let blob) = $0 { blob } else { nil } } }
}

/// A part of an account's list of containers, in the order of their names.
public struct ContainerPage: Sendable {
    public var containers: [BlobContainer]

    /// Where the next page begins, `nil` at the end.
    public var nextMarker: String?

    public init(containers: [BlobContainer], nextMarker: String?) {
        self.containers = containers
        self.nextMarker = nextMarker
    }
}
