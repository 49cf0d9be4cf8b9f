public import PomonaStore

/// How much a dataset holds.
public struct DatasetFigures: Sendable {
    public var photoCount: Int
    public var labelledCount: Int
    public var annotationCount: Int
    public var tags: [DatasetIndex.TagCount]
    public var files: [DatasetFile]
    /// Counts changes, from 1.
    public var version: Int

    init(_ index: DatasetIndex) {
        photoCount = index.photos.count
        labelledCount = index.labelledCount
        annotationCount = index.annotationCount
        tags = index.tags
        files = index.files
        version = index.version
    }

    /// Of a dataset without any labels.
    init(photoCount: Int, _ state: DatasetLabelState) {
        self.photoCount = photoCount
        labelledCount = 0
        annotationCount = 0
        tags = state.tags.map { DatasetIndex.TagCount(name: $0, annotations: 0, photos: 0) }
        files = state.files
        version = state.version
    }
}

extension DatasetService {
    /// How much a dataset holds. Where nothing is labeled the catalog knows it, and no list of photos is made.
    ///
    /// - Throws: `StoreError`.
    public func figures(of dataset: Dataset) async throws -> DatasetFigures {
        let state = try await state(of: dataset)
        if let known = await indices.figures(dataset.id, key: state.key) { return known }
        guard let container = state.container, dataset.cocoFiles.isEmpty, try await hasNoTaggedPhotos(dataset) else {
            return DatasetFigures(try await index(of: dataset, state))
        }
        try await examiner.readHeaders(in: container)
        return DatasetFigures(
            photoCount: try await store.catalog.usablePhotoCount(in: container), state.labels)
    }

    private func hasNoTaggedPhotos(_ dataset: Dataset) async throws -> Bool {
        guard dataset.kind == .imageClassification else { return true }
        return try await store.catalog.photoTags(of: dataset.id).isEmpty
    }
}
