import Foundation
import PomonaStore

/// A container's blobs as they were at some moment, found by their names. One list serves all who look at a container at
/// about the same time: of 100,000 photos, reading it is most of what each of them would do.
final class ContainerContents: Sendable {
    /// All blobs, in the order of their names.
    let items: [BlobItem]
    private let byName: [String: Int]
    /// Those of names below a folder by the last part; -1 where several share it.
    private let byLastPart: [Substring: Int]

    init(_ items: [BlobItem]) {
        self.items = items
        var byName: [String: Int] = [:]
        var byLastPart: [Substring: Int] = [:]
        byName.reserveCapacity(items.count)
        for (place, item) in items.enumerated() {
            let name = item.address.name
            byName[name] = place
            if let last = Self.lastPart(name) { byLastPart[last] = byLastPart.keys.contains(last) ? -1 : place }
        }
        self.byName = byName
        self.byLastPart = byLastPart
    }

    func place(named name: String) -> Int? { byName[name] }

    /// The place of a name, of the name below a folder, or else of the only one whose last part is that of the name.
    func place(called name: String) -> Int? {
        if let place = byName[name] { return place }
        let plain = name.replacing("\\", with: "/")
        if let place = byName[plain] { return place }
        let last = Self.lastPart(plain) ?? plain[...]
        switch (byName[String(last)], byLastPart[last]) {
        case (let place?, nil), (nil, let place?): return place >= 0 ? place : nil
        default: return nil
        }
    }

    /// What comes after the folders of a name, `nil` where there are none.
    private static func lastPart(_ name: String) -> Substring? {
        name.utf8.lastIndex(of: UInt8(ascii: "/")).map { name[name.utf8.index(after: $0)...] }
    }
}

/// A container as it was at some moment, with what was known of its photos then.
struct ContainerContentsKey: Hashable {
    var container: BlobContainer.ID
    var version: String
}

extension DatasetService {
    /// What a container holds now.
    func contents(of container: BlobContainer.ID) async throws -> ContainerContents {
        let version = try await store.catalog.examinationVersion(of: container)
        return try await containerContents.value(of: ContainerContentsKey(container: container, version: version)) {
            [store] in
            ContainerContents(try await store.catalog.items(in: container, BlobItemQuery(), skip: 0, limit: .max).items)
        }
    }
}
