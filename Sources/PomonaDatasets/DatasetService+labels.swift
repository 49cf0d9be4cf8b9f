import Foundation
public import PomonaCOCO
import PomonaCore
public import PomonaStore

extension DatasetService {
    /// Reads all labels of a dataset as they stand.
    ///
    /// - Throws: ``DatasetError`` for a file that cannot be had, `COCOError` for one that cannot be used.
    public func labels(of dataset: Dataset) async throws -> DatasetLabels {
        let finder = PhotoFinder(self, container: dataset.container)
        var merge = LabelMerge()
        for reference in dataset.cocoFiles {
            let file = try await labelFile(reference, of: dataset)
            let labels = try file.labels(kind: dataset.kind.cocoKind)
            merge.add(
                file, labels, reference: reference, photos: try await finder.photos(of: file.document.images))
        }
        return merge.result
    }

    /// Reads one COCO file of a dataset.
    ///
    /// - Parameter reference: A name in the dataset's container, or an address.
    /// - Throws: ``DatasetError``, `COCOError`.
    public func labelFile(_ reference: String, of dataset: Dataset) async throws -> COCOFile {
        let bytes: [UInt8]
        if let address = blobAddress(of: reference, dataset) {
            do {
                bytes = try await store.blobs.read(address).bytes.collected(upTo: settings.labelFileLimit)
            } catch BlobError.blobMissing, BlobError.containerMissing {
                throw DatasetError.labelFileMissing(reference, dataset: dataset.name)
            }
        } else if let fetch = settings.fetch {
            do { bytes = try await fetch(reference, settings.labelFileLimit) } catch {
                let reason = (error as? any PomonaError)?.message ?? "\(error)"
                throw DatasetError.labelFileUnreachable(reference, reason: reason)
            }
        } else {
            throw DatasetError.labelFileUnreachable(reference, reason: "nothing is fetched from other machines")
        }
        return try COCOFile.read(bytes: bytes, name: reference)
    }

    private func blobAddress(of reference: String, _ dataset: Dataset) -> BlobAddress? {
        if let own = blob(at: reference) { return own }
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
