import Foundation
import PomonaCOCO
public import PomonaStore

/// A labelled photo that is in the store.
struct FoundPhoto {
    var contents: ContainerContents
    /// Among the contents.
    var place: Int
    /// Whether its label file named another place, from which nothing is fetched where the name is in the container.
    var isTakenFromContainer = false

    var item: BlobItem { contents.items[place] }
}

/// Finds the photos that label files name, in the containers they may lie in.
actor PhotoFinder {
    private let service: DatasetService
    private let dataset: Dataset
    /// Containers without contents are those that must not be read.
    private var containers: [ContainerAddress: ContainerContents?] = [:]

    /// - Parameter dataset: in whose container names without an address are looked for.
    init(_ service: DatasetService, for dataset: Dataset) {
        self.service = service
        self.dataset = dataset
    }

    private var container: ContainerAddress? { dataset.container }

    /// For each image of a file its photo, `nil` where there is none.
    func photos(of file: LabelFile) async throws -> [FoundPhoto?] {
        let images = file.document.images
        var own: ContainerContents?
        if let container { own = try await contents(of: container) }
        if let own, let known = file.photos(foundIn: own) { return known }
        var isAllInOwn = true
        func inOwn(_ name: String, isTakenFromContainer: Bool) -> FoundPhoto? {
            guard let own, let place = own.place(called: name) else { return nil }
            return FoundPhoto(contents: own, place: place, isTakenFromContainer: isTakenFromContainer)
        }
        var found: [FoundPhoto?] = []
        found.reserveCapacity(images.count)
        for image in images {
            switch image.location {
            case .web(let address):
                let blob = service.blob(at: address)
                if blob != nil { isAllInOwn = false }
                if let blob, let there = try await contents(of: blob.container),
                    let place = there.place(named: blob.name)
                {
                    found.append(FoundPhoto(contents: there, place: place))
                } else {
                    found.append(inOwn(image.name, isTakenFromContainer: blob == nil))
                }
            case .file(let name): found.append(inOwn(name, isTakenFromContainer: false))
            case .datastore(_, let path): found.append(inOwn(path, isTakenFromContainer: true))
            case nil: found.append(nil)
            }
        }
        if let own, isAllInOwn { file.keep(found, foundIn: own) }
        return found
    }

    /// The blob of exactly this name in the dataset's container.
    func photo(named name: String) async throws -> FoundPhoto? {
        guard let container, let contents = try await contents(of: container) else { return nil }
        return contents.place(named: name).map { FoundPhoto(contents: contents, place: $0) }
    }

    private func contents(of address: ContainerAddress) async throws -> ContainerContents? {
        if let contents = containers[address] { return contents }
        let contents = try await service.readableContents(of: address, for: dataset)
        containers[address] = .some(contents)
        return contents
    }
}

extension DatasetService {
    /// What a container holds, `nil` where there is none or it must not be read for the dataset.
    fileprivate func readableContents(
        of address: ContainerAddress, for dataset: Dataset
    ) async throws -> ContainerContents? {
        guard try await mayRead(address, for: dataset) else { return nil }
        do {
            return try await contents(of: try await store.blobs.container(address).id)
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

    /// Whether an address can be one of this server's by its host. Most are not, and label files have hundreds of
    /// thousands of them: a look at the text costs less than taking it apart.
    private func mayBeOwn(_ address: String) -> Bool {
        let text = address.utf8
        guard let colon = text.firstIndex(of: UInt8(ascii: ":")), text[colon...].starts(with: "://".utf8) else {
            return false
        }
        let authority = text[text.index(colon, offsetBy: 3)...].prefix { $0 != UInt8(ascii: "/") }
        // A user's name, an address in brackets and escapes are for the one who takes it apart.
        if authority.contains(where: { $0 == UInt8(ascii: "@") || $0 == UInt8(ascii: "[") || $0 == UInt8(ascii: "%") })
        {
            return true
        }
        let host = authority.prefix { $0 != UInt8(ascii: ":") }
        return settings.blobAuthorities.contains { own in
            let ownHost = own.utf8.prefix { $0 != UInt8(ascii: ":") }
            // Of ASCII's letters this bit is the case; what else it makes equal is told apart later.
            return host.elementsEqual(ownHost) { $0 | 0x20 == $1 | 0x20 }
        }
    }
}
