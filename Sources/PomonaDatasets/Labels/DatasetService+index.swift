import Foundation
import PomonaCore
public import PomonaStore

/// What a dataset's index is made from.
struct DatasetState {
    var labels: DatasetLabelState
    var container: BlobContainer.ID?
    /// Another word after every change of labels or photos.
    var key: String
}

extension DatasetService {
    /// A dataset as it is looked at. COCO files that cannot be read are listed, and the others are shown.
    ///
    /// - Throws: `StoreError`.
    public func index(of id: Dataset.ID) async throws -> DatasetIndex {
        let dataset = try await store.catalog.dataset(id)
        return try await index(of: dataset, try await state(of: dataset))
    }

    func index(of dataset: Dataset, _ state: DatasetState) async throws -> DatasetIndex {
        try await indices.index(dataset.id, key: state.key) { [self] in
            try await makeIndex(of: dataset, state.labels, container: state.container)
        }
    }

    func state(of dataset: Dataset) async throws -> DatasetState {
        let labels = try await store.catalog.labelState(of: dataset.id)
        var state = DatasetState(labels: labels, container: nil, key: "\(dataset.eTag) \(labels.version)")
        if let address = dataset.container {
            let container = try await store.blobs.container(address).id
            state.container = container
            state.key += " " + (try await store.catalog.contentVersion(of: container))
        }
        return state
    }

    private func makeIndex(
        of dataset: Dataset, _ state: DatasetLabelState, container: BlobContainer.ID?
    ) async throws -> DatasetIndex {
        var items: [BlobItem] = []
        if let container {
            try await examiner.readHeaders(in: container)
            items = try await contents(of: container).items.filter { $0.isPhoto && $0.problem == nil }
        }
        var failures: [DatasetIndex.Failure] = []
        let labels = try await labels(of: dataset) { failures.append(.init(reference: $0, error: $1)) }
        var photos = items.map { DatasetIndex.Photo(item: $0, annotations: []) }
        let places = Dictionary(
            items.indices.map { (items[$0].id, $0) }, uniquingKeysWith: { first, _ in first })
        var tags = state.tags
        for label in labels.labels where !tags.contains(label) { tags.append(label) }
        let indices = labels.labels.map { tags.firstIndex(of: $0) ?? 0 }
        for photo in labels.photos {
            let annotations = photo.annotations.renumbered(indices)
            if let place = photo.item.flatMap({ places[$0] }) {
                photos[place].annotations = annotations
            } else if photo.address.container != dataset.container, let item = try await item(photo.address) {
                photos.append(DatasetIndex.Photo(item: item, annotations: annotations))
            }
        }
        // A container's list is in order already.
        if photos.count > items.count {
            photos.sort { $0.item.address.name.utf8.lexicographicallyPrecedes($1.item.address.name.utf8) }
        }
        try await keepCounts(labels.files, state.files)
        return DatasetIndex(
            kind: dataset.kind, version: state.version, tags: Self.counts(tags, photos), photos: photos,
            files: try await store.catalog.labelState(of: dataset.id).files, failures: failures,
            missing: labels.missing, takenFromContainer: labels.takenFromContainer)
    }

    /// A photo that lies in another container than the dataset's.
    private func item(_ address: BlobAddress) async throws -> BlobItem? {
        let container = try await store.blobs.container(address.container).id
        guard let item = try await store.catalog.item(named: address.name, in: container) else { return nil }
        let known = try await examiner.withHeaders([item])
        return known.first { $0.problem == nil }
    }

    private static func counts(_ tags: [String], _ photos: [DatasetIndex.Photo]) -> [DatasetIndex.TagCount] {
        var counts = tags.map { DatasetIndex.TagCount(name: $0, annotations: 0, photos: 0) }
        // The last photo of a tag says whether it was counted.
        var last = [Int](repeating: -1, count: tags.count)
        for (place, photo) in photos.enumerated() {
            for annotation in photo.annotations {
                counts[annotation.label].annotations += 1
                if last[annotation.label] != place { counts[annotation.label].photos += 1 }
                last[annotation.label] = place
            }
        }
        return counts
    }

    /// Files that came by another interface have no counts yet.
    private func keepCounts(_ found: [DatasetLabels.File], _ known: [DatasetFile]) async throws {
        for file in found {
            let counts = DatasetFile.Counts(
                images: file.imageCount, annotations: file.annotationCount, findings: file.findings.count)
            if let row = known.first(where: { $0.reference == file.reference }),
                row.counts.images != counts.images
                    || row.counts.annotations != counts.annotations
            {
                try await store.catalog.setCounts(counts, of: row.id)
            }
        }
    }
}
