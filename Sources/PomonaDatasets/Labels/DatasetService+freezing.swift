import Crypto
import Foundation
public import PomonaCore
public import PomonaStore

/// A dataset's labels as a revision keeps them.
struct FrozenSet: Codable {
    struct Photo: Codable {
        var name: String
        var sha256: Data
        var size: ImageSize
        var annotations: [Annotation]
    }

    struct Missing: Codable {
        var name: String
        var reason: String
    }

    var kind: Dataset.Kind
    var labels: [String]
    var photos: [Photo]
    var missing: [Missing]
}

/// A run's input: labelled photos as files of the store.
public struct FrozenTrainingSet: Sendable {
    public var set: TrainingSet
    /// Names of labelled photos that were not there when it was frozen.
    public var missing: [String]
}

extension DatasetService {
    /// Freezes a dataset as it stands: labels and the bytes of its photos.
    ///
    /// - Throws: ``DatasetError``, `COCOError`, `StoreError`.
    public func freeze(_ id: Dataset.ID) async throws -> DatasetRevision.ID {
        let dataset = try await store.catalog.dataset(id)
        let fetched = FetchedPhotos(self, for: dataset)
        let labels = try await labels(of: dataset, fetching: fetched) { throw $1 }
        // Whoever looks at the dataset next is to see them.
        if await fetched.count > 0 { await indices.forget(id) }
        return try await freeze(dataset, labels, reasons: await fetched.reasons).id
    }

    /// Freezes labels that were read, or made, for a dataset.
    ///
    /// - Parameter reasons: why photos are missing, by their names, where it is known.
    public func freeze(
        _ dataset: Dataset, _ labels: DatasetLabels, reasons: [String: String] = [:]
    ) async throws -> DatasetRevision {
        let total = labels.photos.count + labels.missing.count
        guard !labels.labels.isEmpty, total > 0 else { throw DatasetError.noLabels(dataset: dataset.name) }
        if labels.missing.count * 2 > total, let first = labels.missing.first {
            let reason = reasons[first].map { " (\($0.hasSuffix(".") ? String($0.dropLast()) : $0))" } ?? ""
            throw DatasetError.photosMissing(
                count: labels.missing.count, of: total, first: first + reason, dataset: dataset.name)
        }
        let frozen = FrozenSet(
            kind: dataset.kind, labels: labels.labels,
            photos: labels.photos.map {
                FrozenSet.Photo(
                    name: $0.address.name, sha256: $0.sha256, size: $0.size, annotations: $0.annotations)
            },
            missing: labels.missing.map {
                FrozenSet.Missing(name: $0, reason: reasons[$0] ?? "it is not in the dataset's container")
            })
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let body = try encoder.encode(frozen)
        var hash = SHA256()
        for photo in labels.photos { hash.update(data: photo.sha256) }
        return try await store.catalog.freeze(
            NewRevision(
                dataset: dataset.id, labelsSHA256: Data(SHA256.hash(data: body)), photosSHA256: Data(hash.finalize()),
                photos: labels.photos.map { NewRevision.Photo(blob: $0.address, sha256: $0.sha256) },
                body: Array(body)))
    }

    /// What was frozen, for a program that reads files. Several revisions become one set, their tags by name.
    ///
    /// - Throws: ``DatasetError/revisionUnreadable(_:)``, `StoreError`.
    public func trainingSet(of revisions: [DatasetRevision.ID]) async throws -> FrozenTrainingSet {
        var merged = FrozenTrainingSet(set: TrainingSet(labels: [], photos: []), missing: [])
        for revision in revisions {
            let bytes = try await store.catalog.body(of: revision).collected(upTo: settings.labelFileLimit)
            let frozen: FrozenSet
            do { frozen = try JSONDecoder().decode(FrozenSet.self, from: Data(bytes)) } catch {
                throw DatasetError.revisionUnreadable("\(error)")
            }
            let files = try await store.catalog.photoFiles(of: revision)
            let indices = frozen.labels.map { label in
                if let index = merged.set.labels.firstIndex(of: label) { return index }
                merged.set.labels.append(label)
                return merged.set.labels.count - 1
            }
            for photo in frozen.photos {
                guard let path = files[photo.sha256] else {
                    throw DatasetError.revisionUnreadable("the bytes of \(photo.name) are gone")
                }
                merged.set.photos.append(
                    LabeledPhoto(
                        name: photo.name, path: path, size: photo.size,
                        annotations: photo.annotations.map {
                            Annotation(label: indices[$0.label], box: $0.box, isCrowd: $0.isCrowd)
                        }))
            }
            merged.missing += frozen.missing.map(\.name)
        }
        return merged
    }
}
