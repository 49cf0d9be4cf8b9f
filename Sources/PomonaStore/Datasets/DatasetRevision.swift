public import Foundation

/// A dataset as it was at one moment: what a run learns from or is measured on. It never changes, and the bytes of its
/// photos stay even when their blobs are replaced or deleted.
public struct DatasetRevision: Identifiable, Hashable, Sendable {
    public typealias ID = RowID<DatasetRevision>

    public var id: ID
    public var group: ResourceGroup.ID

    /// `nil` where the dataset was deleted since.
    public var dataset: Dataset.ID?

    /// The dataset's name at that moment.
    public var datasetName: String

    /// SHA-256 over the labels, 32 bytes, in whatever form the freezer chose.
    public var labelsSHA256: Data

    /// SHA-256 over the photos, 32 bytes.
    public var photosSHA256: Data
    public var photoCount: Int

    /// Number of bytes of the body.
    public var bodyLength: Int64
    public var bodySHA256: Data
    public var createdAt: Date

    public init(
        id: ID, group: ResourceGroup.ID, dataset: Dataset.ID?, datasetName: String, labelsSHA256: Data,
        photosSHA256: Data, photoCount: Int, bodyLength: Int64, bodySHA256: Data, createdAt: Date
    ) {
        self.id = id
        self.group = group
        self.dataset = dataset
        self.datasetName = datasetName
        self.labelsSHA256 = labelsSHA256
        self.photosSHA256 = photosSHA256
        self.photoCount = photoCount
        self.bodyLength = bodyLength
        self.bodySHA256 = bodySHA256
        self.createdAt = createdAt
    }
}

/// A revision to be frozen.
public struct NewRevision: Sendable {
    public var dataset: Dataset.ID
    public var labelsSHA256: Data
    public var photosSHA256: Data

    /// The photos, each with the SHA-256 that its bytes had when the labels were read.
    public var photos: [Photo]

    /// Labels and photos in the freezer's own form, such as JSON.
    public var body: [UInt8]

    public struct Photo: Hashable, Sendable {
        public var blob: BlobAddress
        /// 32 bytes.
        public var sha256: Data

        public init(blob: BlobAddress, sha256: Data) {
            self.blob = blob
            self.sha256 = sha256
        }
    }

    public init(dataset: Dataset.ID, labelsSHA256: Data, photosSHA256: Data, photos: [Photo], body: [UInt8]) {
        self.dataset = dataset
        self.labelsSHA256 = labelsSHA256
        self.photosSHA256 = photosSHA256
        self.photos = photos
        self.body = body
    }
}

/// Frozen revisions of datasets.
public protocol RevisionStoring: Sendable {
    /// Freezes a dataset; one with the same labels and photos that there is already is the answer as it stands.
    ///
    /// - Throws: ``StoreError/missing(_:named:)`` for an unknown dataset; ``BlobError/blobMissing(_:)`` and
    ///   ``StoreError/photoChanged(_:)`` for a photo that was deleted or replaced since its hash was taken.
    func freeze(_ revision: NewRevision) async throws -> DatasetRevision

    /// - Throws: ``StoreError/missing(_:named:)``.
    func revision(_ id: DatasetRevision.ID) async throws -> DatasetRevision

    /// What was given as the body when it was frozen.
    func body(of revision: DatasetRevision.ID) async throws -> BlobBytes

    /// The files that hold a revision's photos, by the SHA-256 of their bytes, for programs that read paths.
    func photoFiles(of revision: DatasetRevision.ID) async throws -> [Data: String]
}
