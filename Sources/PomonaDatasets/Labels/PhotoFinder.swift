import Foundation
import PomonaCOCO
public import PomonaStore

/// A labelled photo that is in the store.
struct FoundPhoto {
    var blob: BlobIdentity
    /// Whether its label file named another place, from which nothing is fetched where the name is in the container.
    var isTakenFromContainer = false
}

/// Finds the photos that label files name, in the containers they may lie in.
actor PhotoFinder {
    private let service: DatasetService
    private let dataset: Dataset
    /// Containers without an index are those that must not be read.
    private var indices: [ContainerAddress: ContainerIndex?] = [:]

    /// - Parameter dataset: in whose container names without an address are looked for.
    init(_ service: DatasetService, for dataset: Dataset) {
        self.service = service
        self.dataset = dataset
    }

    private var container: ContainerAddress? { dataset.container }

    /// For each image of a file its photo, `nil` where there is none.
    func photos(of file: COCOFile) async throws -> [FoundPhoto?] {
        let images = file.document.images
        var own: ContainerIndex?
        if let container { own = try await index(container) }
        var found: [FoundPhoto?] = []
        found.reserveCapacity(images.count)
        for image in images {
            switch image.location {
            case .web(let address):
                let place = service.blob(at: address)
                if let place, let blob = try await index(place.container)?.blob(named: place.name) {
                    found.append(FoundPhoto(blob: blob))
                } else {
                    found.append(
                        own?.blob(called: image.name).map {
                            FoundPhoto(blob: $0, isTakenFromContainer: place == nil)
                        })
                }
            case .file(let name): found.append(own?.blob(called: name).map { FoundPhoto(blob: $0) })
            case .datastore(_, let path):
                found.append(own?.blob(called: path).map { FoundPhoto(blob: $0, isTakenFromContainer: true) })
            case nil: found.append(nil)
            }
        }
        return found
    }

    /// The blob of exactly this name in the dataset's container.
    func blob(named name: String) async throws -> BlobIdentity? {
        guard let container else { return nil }
        return try await index(container)?.blob(named: name)
    }

    private func index(_ address: ContainerAddress) async throws -> ContainerIndex? {
        if let index = indices[address] { return index }
        let index = try await service.containerIndex(of: address, for: dataset)
        indices[address] = .some(index)
        return index
    }
}

/// A container as it was at some moment.
struct ContainerIndexKey: Hashable {
    var container: ContainerAddress
    var version: String
}

/// A container's blobs by their names.
struct ContainerIndex {
    private var blobs: [BlobIdentity]
    private var byName: [String: Int] = [:]
    /// Those of names below a folder by the last part; -1 where several share it.
    private var byLastPart: [Substring: Int] = [:]

    init(_ blobs: [BlobIdentity]) {
        self.blobs = blobs
        byName.reserveCapacity(blobs.count)
        for (place, blob) in blobs.enumerated() {
            let name = blob.address.name
            byName[name] = place
            if let last = Self.lastPart(name) { byLastPart[last] = byLastPart.keys.contains(last) ? -1 : place }
        }
    }

    func blob(named name: String) -> BlobIdentity? { byName[name].map { blobs[$0] } }

    /// The blob of a name, of the name below a folder, or else the only one whose last part is that of the name.
    func blob(called name: String) -> BlobIdentity? {
        if let place = byName[name] { return blobs[place] }
        let plain = name.replacing("\\", with: "/")
        if let place = byName[plain] { return blobs[place] }
        let last = Self.lastPart(plain) ?? plain[...]
        switch (byName[String(last)], byLastPart[last]) {
        case (let place?, nil), (nil, let place?): return place >= 0 ? blobs[place] : nil
        default: return nil
        }
    }

    /// What comes after the folders of a name, `nil` where there are none.
    private static func lastPart(_ name: String) -> Substring? {
        name.utf8.lastIndex(of: UInt8(ascii: "/")).map { name[name.utf8.index(after: $0)...] }
    }
}

extension DatasetService {
    /// The blobs of a container, `nil` where there is none or it must not be read for the dataset.
    fileprivate func containerIndex(of address: ContainerAddress, for dataset: Dataset) async throws -> ContainerIndex?
    {
        guard try await mayRead(address, for: dataset) else { return nil }
        do {
            let container = try await store.blobs.container(address).id
            let version = try await store.catalog.contentVersion(of: container)
            return try await containerIndices.value(of: ContainerIndexKey(container: address, version: version)) {
                [store] in ContainerIndex(try await store.blobs.identities(in: address))
            }
        } catch BlobError.containerMissing { return nil }
    }

    /// The blob of this server that an address names, `nil` for addresses elsewhere.
    public func blob(at address: String) -> BlobAddress? {
        guard mayBeOwn(address), let url = URLComponents(string: address), let host = url.host?.lowercased() else {
            return nil
        }
        let scheme = url.scheme?.lowercased()
        let port = url.port ?? (scheme == "https" ? 443 : 80)
        guard scheme == "http" || scheme == "https", settings.blobAuthorities.contains("\(host):\(port)") else {
            return nil
        }
        let parts = url.path.split(separator: "/", maxSplits: 2, omittingEmptySubsequences: true).map(String.init)
        guard parts.count == 3 else { return nil }
        return BlobAddress(container: ContainerAddress(account: parts[0], name: parts[1]), name: parts[2])
    }

    /// Whether an address can be one of this server's by its host and port. Most are not, and label files have hundreds of
    /// thousands of them: a look at the text costs less than taking it apart.
    private func mayBeOwn(_ address: String) -> Bool {
        let text = address.utf8
        guard let colon = text.firstIndex(of: UInt8(ascii: ":")), text[colon...].starts(with: "://".utf8) else {
            return false
        }
        let authority = text[text.index(colon, offsetBy: 3)...].prefix { $0 != UInt8(ascii: "/") }
        // A user's name, an address in brackets and a port left out are for the one who takes it apart.
        guard
            !authority.contains(where: { $0 == UInt8(ascii: "@") || $0 == UInt8(ascii: "[") || $0 == UInt8(ascii: "%") }
            ),
            authority.contains(UInt8(ascii: ":"))
        else { return true }
        return settings.blobAuthorities.contains(String(Substring(authority)).lowercased())
    }
}
