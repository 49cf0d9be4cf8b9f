import Foundation
public import PomonaCOCO
import PomonaCore
public import PomonaStore

extension DatasetService {
    /// Reads all labels of a dataset as they stand.
    ///
    /// - Throws: ``DatasetError`` for a file that cannot be had, `COCOError` for one that cannot be used.
    public func labels(of dataset: Dataset) async throws -> DatasetLabels {
        try await labels(of: dataset) { throw $1 }
    }

    /// Reads all labels of a dataset, and tells of files that cannot be read.
    ///
    /// - Parameters:
    ///   - fetched: gets photos that lie elsewhere; without it they are missing unless they were fetched before.
    ///   - refuse: called with the reference of such a file; it throws, or the file is passed over.
    func labels(
        of dataset: Dataset, fetching fetched: FetchedPhotos? = nil,
        refuse: (_ reference: String, any PomonaError) throws -> Void
    ) async throws -> DatasetLabels {
        let finder = PhotoFinder(self, for: dataset)
        var merge = LabelMerge()
        for reference in dataset.cocoFiles {
            do {
                let file = try await labelFile(reference, of: dataset)
                let labels = try await PhotoThreads.run { try file.labels(dataset.kind.cocoKind) }
                var photos = try await finder.photos(of: file)
                if let fetched, try await fetched.fetch(file, found: photos) {
                    await finder.forgetFetched()
                    photos = try await finder.photos(of: file)
                }
                merge.add(file.file, labels, reference: reference, photos: photos)
            } catch let error as any PomonaError {
                try refuse(reference, error)
            }
        }
        guard dataset.kind == .imageClassification, dataset.container != nil else { return merge.result }
        for (name, tag) in try await store.catalog.photoTags(of: dataset.id).sorted(by: { $0.key < $1.key }) {
            guard let item = try await finder.photo(named: name)?.item else { continue }
            merge.set(tag, of: item, size: try await size(of: item))
        }
        var result = merge.result
        // Whose tag was taken away says nothing any more.
        result.photos.removeAll { $0.annotations.isEmpty }
        return result
    }

    /// Of the upright photo; nothing where it was not looked at yet and cannot be.
    private func size(of item: BlobItem) async throws -> ImageSize {
        let known = try await examiner.withHeaders([item])
        return ImageSize(width: known.first?.width ?? 0, height: known.first?.height ?? 0)
    }

    /// Reads one COCO file of a dataset.
    ///
    /// - Parameter reference: A name in the dataset's container, or an address.
    /// - Throws: ``DatasetError``, `COCOError`.
    public func labelFile(_ reference: String, of dataset: Dataset) async throws -> LabelFile {
        let reach = try await reach(of: dataset)
        if let address = blobAddress(of: reference, dataset) {
            if !reach.isOwn(address.container), try await !settings.access(reach.signed(reference)).isGranted {
                throw DatasetError.labelFileUnreachable(
                    reference, reason: "it lies in another resource group, and no signature opens it")
            }
            do {
                return try await labelFile(at: address, named: reference)
            } catch BlobError.blobMissing, BlobError.containerMissing {
                throw DatasetError.labelFileMissing(reference, dataset: dataset.name)
            }
        }
        guard let fetch = settings.fetch else {
            throw DatasetError.labelFileUnreachable(reference, reason: "nothing is fetched from other machines")
        }
        let bytes: [UInt8]
        do { bytes = try await fetch(reach.signed(reference), settings.labelFileLimit) } catch {
            let reason = (error as? any PomonaError)?.message ?? "\(error)"
            throw DatasetError.labelFileUnreachable(reference, reason: reason)
        }
        return LabelFile(try COCOFile.read(bytes: bytes, name: reference))
    }

    /// Reads a label file of the store as a file, so that its bytes are never in memory as a whole.
    private func labelFile(at address: BlobAddress, named name: String) async throws -> LabelFile {
        let blob = try await store.blobs.blob(address)
        guard blob.length <= settings.labelFileLimit else {
            throw BlobError.tooLarge("The label file \"\(name)\"", limit: Int64(settings.labelFileLimit))
        }
        return try await labelFiles.value(of: LabelFileKey(name: name, sha256: blob.sha256)) { [store] in
            let path = try await store.blobs.localFile(of: address)
            return try await PhotoThreads.run { LabelFile(try COCOFile.read(path, name: name)) }
        }
    }

    private func blobAddress(of reference: String, _ dataset: Dataset) -> BlobAddress? {
        if let own = settings.ownBlob(reference) { return own }
        guard PhotoLocation(address: reference) == nil, let container = dataset.container else { return nil }
        return BlobAddress(container: container, name: reference)
    }
}

extension Dataset.Kind {
    public var cocoKind: COCOKind {
        switch self {
        case .objectDetection: .detection
        case .imageClassification: .classification
        }
    }
}
