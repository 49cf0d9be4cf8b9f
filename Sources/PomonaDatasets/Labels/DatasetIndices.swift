import PomonaStore

/// Keeps the indices of datasets that were looked at lately, and the figures of all that were looked at.
actor DatasetIndices {
    private struct Entry {
        var key: String
        var loading: Task<DatasetIndex, any Error>
        var lastUse: Int
        /// Photos and annotations, once it is loaded.
        var size = 0
    }

    private static let capacity = 6

    /// The most photos and annotations that are kept while another index is made, which may be as large again.
    private static let largestSize = 500_000

    private var entries: [Dataset.ID: Entry] = [:]
    private var figures: [Dataset.ID: (key: String, figures: DatasetFigures)] = [:]
    private var uses = 0

    /// The index of a dataset in the state that the key names.
    func index(
        _ id: Dataset.ID, key: String, make: @escaping @Sendable () async throws -> DatasetIndex
    ) async throws -> DatasetIndex {
        uses += 1
        if entries[id]?.key != key {
            entries[id] = nil
            makeRoom()
            // A task of its own: the first who asked may go away while others wait.
            entries[id] = Entry(key: key, loading: Task { try await make() }, lastUse: uses)
        }
        entries[id]?.lastUse = uses
        guard let loading = entries[id]?.loading else { return try await make() }
        do {
            let index = try await loading.value
            if entries[id]?.key == key, figures[id]?.key != key {
                entries[id]?.size = index.photos.count + index.annotationCount
                figures[id] = (key, DatasetFigures(index))
            }
            return index
        } catch {
            if entries[id]?.key == key { entries[id] = nil }
            throw error
        }
    }

    /// The figures of a dataset in the state that the key names, where they are known.
    func figures(_ id: Dataset.ID, key: String) -> DatasetFigures? {
        figures[id].flatMap { $0.key == key ? $0.figures : nil }
    }

    /// Forgets one whose photos are others now, though its state is the same.
    func forget(_ id: Dataset.ID) {
        entries[id] = nil
        figures[id] = nil
    }

    /// Forgets those that were not asked for for the longest time, so that there is room for another.
    func makeRoom() {
        let before = size
        while entries.count >= Self.capacity || size > Self.largestSize,
            let oldest = entries.min(by: { $0.value.lastUse < $1.value.lastUse })
        {
            entries[oldest.key] = nil
        }
        if before > Self.largestSize { FreeMemory.giveBack() }
    }

    private var size: Int { entries.values.reduce(0) { $0 + $1.size } }
}
