import Foundation
import PomonaCore
import PomonaImaging
import PomonaStore

/// Photos that are in a dataset twice, or in two datasets of a group: a model that is measured on photos it learned from
/// looks better than it is.
struct DuplicateSearch {
    struct Photo {
        var item: BlobItem
        var dataset: String
        var isOwn: Bool
    }

    /// Mean difference of two small grey pictures, 0...255, up to which they show the same.
    private static let sameness = 6.0

    private(set) var photos: [Photo] = []
    private var known: Set<BlobItem.ID> = []

    /// Adds a container's photos; one that is in already as the own dataset's is not another dataset's too.
    mutating func add(_ items: [BlobItem], dataset: String, isOwn: Bool) {
        for item in items where item.problem == nil && known.insert(item.id).inserted {
            photos.append(Photo(item: item, dataset: dataset, isOwn: isOwn))
        }
    }

    /// Groups of equal bytes with one of the dataset's own photos among them.
    func exact() -> [[Photo]] {
        Dictionary(grouping: photos, by: \.item.sha256).values.filter { group in
            group.count > 1 && group.contains(where: \.isOwn)
        }.sorted { $0[0].item.address.name < $1[0].item.address.name }
    }

    /// Pairs that may look alike, by their hashes: the first is the dataset's own. Of photos with the same bytes one stands
    /// for all, the dataset's own where there is one.
    func candidates(limit: Int) -> [(Photo, Photo)] {
        var pairs: [(Photo, Photo)] = []
        var places: [Data: Int] = [:]
        var photos: [Photo] = []
        for photo in self.photos where photo.item.appearance != nil {
            if let place = places[photo.item.sha256] {
                if photo.isOwn, !photos[place].isOwn { photos[place] = photo }
            } else {
                places[photo.item.sha256] = photos.count
                photos.append(photo)
            }
        }
        // Bits that differ are few, so of five parts of the hash one at least is the same in both.
        var buckets: [UInt64: [Int]] = [:]
        for (place, photo) in photos.enumerated() {
            guard let appearance = photo.item.appearance else { continue }
            for key in Self.keys(appearance) { buckets[key, default: []].append(place) }
        }
        var seen: Set<UInt64> = []
        for (place, photo) in photos.enumerated() where photo.isOwn {
            guard let appearance = photo.item.appearance else { continue }
            for key in Self.keys(appearance) {
                for other in buckets[key] ?? [] where other != place {
                    let (a, b) = (photo, photos[other])
                    if b.isOwn, other < place { continue }
                    guard seen.insert(UInt64(place) << 32 | UInt64(other)).inserted,
                        let look = b.item.appearance, Appearance.distance(appearance, look) <= Appearance.tolerance,
                        Self.haveSameShape(a.item, b.item)
                    else { continue }
                    pairs.append((a, b))
                    if pairs.count >= limit { return pairs }
                }
            }
        }
        return pairs
    }

    private static func keys(_ appearance: Int64) -> [UInt64] {
        let bits = UInt64(bitPattern: appearance)
        return (0..<5).map { part in UInt64(part) << 60 | (bits >> (part * 13) & 0x1FFF) }
    }

    private static func haveSameShape(_ a: BlobItem, _ b: BlobItem) -> Bool {
        guard let aw = a.width, let ah = a.height, let bw = b.width, let bh = b.height else { return false }
        let (first, second) = (Double(aw) / Double(ah), Double(bw) / Double(bh))
        return abs(first - second) <= 0.02 * max(first, second)
    }

    /// Whether two thumbnails show the same photo.
    static func showSame(_ a: Data, _ b: Data) throws -> Bool {
        func grey(_ data: Data) throws -> [Int] {
            let image = try ImageDecoder().decode([UInt8](data), named: "thumbnail").image
                .resized(to: ImageSize(width: 32, height: 32))
            return stride(from: 0, to: image.pixels.count, by: 3).map { place in
                (Int(image.pixels[place]) + Int(image.pixels[place + 1]) + Int(image.pixels[place + 2])) / 3
            }
        }
        let (first, second) = (try grey(a), try grey(b))
        let difference = zip(first, second).reduce(0) { $0 + abs($1.0 - $1.1) }
        return Double(difference) / Double(first.count) <= sameness
    }
}

extension DatasetService {
    private static let mostDuplicates = 100

    /// How many photos a report waits for that were not looked at yet; the others are looked at in their turn.
    private static let mostAwaited = 500

    /// The photos of a dataset that are in it twice, or in another dataset of its group, as far as they were looked at.
    func duplicates(of dataset: Dataset) async throws -> (found: [DatasetReport.Duplicates], notExaminedCount: Int) {
        guard let address = dataset.container else { return ([], 0) }
        var search = DuplicateSearch()
        let own = try await store.blobs.container(address).id
        await examiner.examine(atMost: Self.mostAwaited, in: own)
        search.add(
            try await contents(of: own).items.filter(\.isPhoto), dataset: dataset.name, isOwn: true)
        for other in try await store.catalog.datasets(in: dataset.group, skip: 0, limit: 1_000)
        where other.id != dataset.id && other.container != address {
            guard let container = other.container else { continue }
            let id = try await store.blobs.container(container).id
            await examiner.examine(atMost: Self.mostAwaited, in: id)
            search.add(try await store.catalog.photoItems(in: id), dataset: other.name, isOwn: false)
        }
        var found = search.exact().map { group in
            DatasetReport.Duplicates(
                photos: group.map(\.item.address.name).prefix(DatasetReport.mostNames).map { $0 }, isExact: true,
                otherDataset: group.first { !$0.isOwn }?.dataset)
        }
        for (a, b) in search.candidates(limit: 1_000) where found.count < Self.mostDuplicates {
            let first = try await thumbnail(of: a.item, side: 256)
            let second = try await thumbnail(of: b.item, side: 256)
            guard try await PhotoThreads.run({ try DuplicateSearch.showSame(first.bytes, second.bytes) }) else {
                continue
            }
            found.append(
                DatasetReport.Duplicates(
                    photos: [a.item.address.name, b.item.address.name], isExact: false,
                    otherDataset: b.isOwn ? nil : b.dataset))
        }
        return (Array(found.prefix(Self.mostDuplicates)), search.photos.count { $0.item.examination != .full })
    }
}
