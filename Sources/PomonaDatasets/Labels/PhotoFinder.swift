import Foundation
import PomonaCOCO
public import PomonaStore

/// A labelled photo that is in the store.
struct FoundPhoto {
    var blob: Blob
    /// Whether its label file named another place, from which nothing is fetched where the name is in the container.
    var isTakenFromContainer = false
}

/// Finds the photos that label files name, in the containers they may lie in.
actor PhotoFinder {
    private let service: DatasetService
    private let dataset: Dataset
    private var indices: [ContainerAddress: ContainerIndex] = [:]

    /// - Parameter dataset: in whose container names without an address are looked for.
    init(_ service: DatasetService, for dataset: Dataset) {
        self.service = service
        self.dataset = dataset
    }

    private var container: ContainerAddress? { dataset.container }

    /// For each image its photo, `nil` where there is none.
    func photos(of images: [COCOImage]) async throws -> [FoundPhoto?] {
        var found: [FoundPhoto?] = []
        found.reserveCapacity(images.count)
        for image in images { found.append(try await photo(of: image)) }
        return found
    }

    private func photo(of image: COCOImage) async throws -> FoundPhoto? {
        switch image.location {
        case .web(let address):
            if let own = service.blob(at: address), let blob = try await index(own.container)?.blob(named: own.name) {
                return FoundPhoto(blob: blob)
            }
            guard let photo = try await named(image.name) else { return nil }
            return FoundPhoto(blob: photo, isTakenFromContainer: service.blob(at: address) == nil)
        case .file(let name): return try await named(name).map { FoundPhoto(blob: $0) }
        case .datastore(_, let path):
            return try await named(path).map { FoundPhoto(blob: $0, isTakenFromContainer: true) }
        case nil: return nil
        }
    }

    /// The blob of exactly this name in the dataset's container.
    func blob(named name: String) async throws -> Blob? {
        guard let container else { return nil }
        return try await index(container)?.blob(named: name)
    }

    private func named(_ name: String) async throws -> Blob? {
        guard let container, let index = try await index(container) else { return nil }
        return index.blob(called: name)
    }

    private func index(_ address: ContainerAddress) async throws -> ContainerIndex? {
        if let index = indices[address] { return index }
        guard try await service.mayRead(address, for: dataset) else { return nil }
        var index = ContainerIndex()
        var marker: String?
        repeat {
            let page: BlobPage
            do {
                page = try await service.store.blobs.blobs(in: address, BlobListQuery(marker: marker))
            } catch BlobError.containerMissing { return nil }
            for blob in page.blobs { index.add(blob) }
            marker = page.nextMarker
        } while marker != nil
        indices[address] = index
        return index
    }
}

/// A container's blobs by their names.
private struct ContainerIndex {
    private var byName: [String: Blob] = [:]
    /// By the last part of the name; an empty place where several share it.
    private var byLastPart: [Substring: Blob?] = [:]

    mutating func add(_ blob: Blob) {
        byName[blob.address.name] = blob
        let last = Self.lastPart(blob.address.name)
        byLastPart[last] = byLastPart.keys.contains(last) ? .some(nil) : blob
    }

    func blob(named name: String) -> Blob? { byName[name] }

    /// The blob of a name, of the name below a folder, or else the only one whose last part is that of the name.
    func blob(called name: String) -> Blob? {
        if let blob = byName[name] { return blob }
        let plain = name.replacing("\\", with: "/")
        if let blob = byName[plain] { return blob }
        return byLastPart[Self.lastPart(plain)] ?? nil
    }

    private static func lastPart(_ name: String) -> Substring {
        name.lastIndex(of: "/").map { name[name.index(after: $0)...] } ?? name[...]
    }
}

extension DatasetService {
    /// The blob of this server that an address names, `nil` for addresses elsewhere.
    public func blob(at address: String) -> BlobAddress? {
        guard let url = URLComponents(string: address), let host = url.host?.lowercased() else { return nil }
        let scheme = url.scheme?.lowercased()
        let port = url.port ?? (scheme == "https" ? 443 : 80)
        guard scheme == "http" || scheme == "https", settings.blobAuthorities.contains("\(host):\(port)") else {
            return nil
        }
        let parts = url.path.split(separator: "/", maxSplits: 2, omittingEmptySubsequences: true).map(String.init)
        guard parts.count == 3 else { return nil }
        return BlobAddress(container: ContainerAddress(account: parts[0], name: parts[1]), name: parts[2])
    }
}
