import Foundation
import PomonaCore
import PomonaImaging
public import PomonaStore

/// Looks at photos that arrive, by whichever way: first at the header, for their size; later at all of each, to find those
/// that are cut short, and how they look.
public actor PhotoExaminer {
    private static let batch = 64

    private let store: Store
    private let decoder = ImageDecoder(limits: ImageLimits(bytes: 256 << 20))

    init(store: Store) {
        self.store = store
    }

    /// Examines in full whatever comes, until the task is cancelled.
    public func run() async {
        let ticks = store.catalog.changes.ticks()
        await examineAll()
        for await _ in ticks {
            if Task.isCancelled { return }
            await examineAll()
        }
    }

    /// Examines in full all photos that were not.
    public func examineAll() async {
        while !Task.isCancelled {
            // A catalog that fails now is asked again at the next change.
            guard let items = try? await store.catalog.itemsToExamine(.full, limit: 8), !items.isEmpty
            else { return }
            guard await examine(items, .full) else { return }
        }
    }

    /// Examines photos in full that were not, the oldest first.
    func examine(atMost limit: Int, in container: BlobContainer.ID) async {
        var rest = limit
        while !Task.isCancelled, rest > 0 {
            guard let items = try? await store.catalog.itemsToExamine(.full, in: container, limit: min(8, rest)),
                !items.isEmpty, await examine(items, .full)
            else { return }
            rest -= items.count
        }
    }

    /// Makes sure that the sizes of a container's photos are known.
    public func readHeaders(in container: BlobContainer.ID) async throws {
        while true {
            let items = try await store.catalog.itemsToExamine(.header, in: container, limit: Self.batch)
            guard !items.isEmpty else { return }
            guard await examine(items, .header) else { return }
        }
    }

    /// Looks at the headers of those of the photos that were not looked at.
    ///
    /// - Returns: the items as they are then known.
    public func withHeaders(_ items: [BlobItem]) async throws -> [BlobItem] {
        let new = items.filter { $0.isPhoto && $0.examination == .none }
        guard !new.isEmpty else { return items }
        _ = await examine(new, .header)
        let known = try await store.catalog.items(new.map(\.id))
        let byID = Dictionary(known.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        return items.map { byID[$0.id] ?? $0 }
    }

    /// - Returns: whether what was found could be written down.
    private func examine(_ items: [BlobItem], _ depth: BlobItem.Examination) async -> Bool {
        let (store, decoder) = (store, decoder)
        var found: [BlobItem.ID: PhotoExamination] = [:]
        await withTaskGroup(of: (BlobItem.ID, PhotoExamination?).self) { group in
            for item in items {
                group.addTask { (item.id, await Self.look(at: item, depth, store, decoder)) }
            }
            for await (id, examination) in group { found[id] = examination }
        }
        guard !found.isEmpty else { return false }
        return (try? await store.catalog.setExaminations(found)) != nil
    }

    /// - Returns: `nil` where it was broken off: the photo is looked at another time.
    private static func look(
        at item: BlobItem, _ depth: BlobItem.Examination, _ store: Store, _ decoder: ImageDecoder
    ) async -> PhotoExamination? {
        do {
            let path = try await store.blobs.localFile(of: item.address)
            let name = item.address.name
            return try await PhotoThreads.run {
                let header = try decoder.probe(path: path, named: name)
                var examination = PhotoExamination(
                    depth: depth, width: header.size.width, height: header.size.height)
                guard depth == .full else { return examination }
                do {
                    let photo = try decoder.decode(
                        path: path, named: name, fittingWithin: ImageSize(width: 256, height: 256))
                    examination.appearance = try Appearance.hash(of: photo.image)
                } catch let error as ImagingError where error.kind == .badData {
                    examination.problem = ItemFailure(code: error.code, message: error.message)
                }
                return examination
            }
        } catch let error as any PomonaError where error.kind == .badData {
            // What the header says already is all there is to know.
            return PhotoExamination(
                depth: .full, problem: ItemFailure(code: error.code, message: error.message))
        } catch {
            return Task.isCancelled ? nil : PhotoExamination(depth: depth)
        }
    }
}
