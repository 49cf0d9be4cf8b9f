import Foundation
public import PomonaCOCO
public import PomonaStore

/// What is done with datasets: their labels read, judged, shown, mended, frozen for a run.
public struct DatasetService: Sendable {
    public let store: Store

    /// Looks at photos that arrive.
    public let examiner: PhotoExaminer
    let settings: DatasetSettings
    let indices: DatasetIndices
    let labelFiles = Recent<LabelFileKey, LabelFile>()
    let containerContents = Recent<ContainerContentsKey, ContainerContents>()

    public init(store: Store, settings: DatasetSettings = DatasetSettings()) {
        self.store = store
        self.settings = settings
        examiner = PhotoExaminer(store: store)
        indices = DatasetIndices()
    }
}

/// What the reading of datasets depends on.
public struct DatasetSettings: Sendable {
    /// The blob of this server that an address names, `nil` for addresses elsewhere: what is named by such an address is
    /// read from the store. Each of a label file's hundreds of thousands of addresses is asked for.
    public var ownBlob: @Sendable (_ address: String) -> BlobAddress?

    /// What the address of an own blob opens beyond the resource group's own, by a signature in it or to everybody.
    public var access: @Sendable (_ address: String) async throws -> BlobAccess

    /// Gets what lies elsewhere, under whatever rules; `nil` where nothing is ever fetched.
    public var fetch: (@Sendable (_ address: String, _ limit: Int) async throws -> [UInt8])?

    /// Bytes of the largest label file; no more than a label file can be read with.
    public var labelFileLimit: Int

    public init(
        ownBlob: @escaping @Sendable (_ address: String) -> BlobAddress? = { _ in nil },
        access: @escaping @Sendable (_ address: String) async throws -> BlobAccess = { _ in .none },
        fetch: (@Sendable (_ address: String, _ limit: Int) async throws -> [UInt8])? = nil,
        labelFileLimit: Int = COCOLimits().fileBytes
    ) {
        self.ownBlob = ownBlob
        self.access = access
        self.fetch = fetch
        self.labelFileLimit = labelFileLimit
    }
}

/// Whether an address opens a blob of another resource group.
public struct BlobAccess: Hashable, Sendable {
    public var isGranted: Bool

    /// Whether the same query opens, or does not open, every blob of the container.
    public var coversContainer: Bool

    public static let none = BlobAccess(isGranted: false, coversContainer: true)

    public init(isGranted: Bool, coversContainer: Bool) {
        self.isGranted = isGranted
        self.coversContainer = coversContainer
    }
}
