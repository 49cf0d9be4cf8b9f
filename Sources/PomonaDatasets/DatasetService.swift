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
    /// Hosts with ports under which this server's own blobs are known, such as `127.0.0.1:10000`: what is named by an
    /// address there is read from the store.
    public var blobAuthorities: Set<String>

    /// Gets what lies elsewhere, under whatever rules; `nil` where nothing is ever fetched.
    public var fetch: (@Sendable (_ address: String, _ limit: Int) async throws -> [UInt8])?

    /// Bytes of the largest label file; no more than a label file can be read with.
    public var labelFileLimit: Int

    public init(
        blobAuthorities: Set<String> = [],
        fetch: (@Sendable (_ address: String, _ limit: Int) async throws -> [UInt8])? = nil,
        labelFileLimit: Int = COCOLimits().fileBytes
    ) {
        self.blobAuthorities = blobAuthorities
        self.fetch = fetch
        self.labelFileLimit = labelFileLimit
    }
}
