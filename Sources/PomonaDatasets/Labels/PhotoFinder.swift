import Foundation
import PomonaCOCO
import PomonaStore

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
    /// What the addresses of a container of another resource group open with one query.
    private struct Right: Hashable {
        var container: ContainerAddress
        var query: Substring
    }

    private let service: DatasetService
    private let dataset: Dataset
    /// Without contents where there is no such container.
    private var containers: [ContainerAddress: ContainerContents?] = [:]
    private var rights: [Right: Bool] = [:]
    private var knownReach: DatasetReach?

    /// - Parameter dataset: in whose container names without an address are looked for.
    init(_ service: DatasetService, for dataset: Dataset) {
        self.service = service
        self.dataset = dataset
    }

    private var container: ContainerAddress? { dataset.container }

    /// For each image of a file its photo, `nil` where there is none.
    func photos(of file: LabelFile) async throws -> [FoundPhoto?] {
        let images = file.document.images
        let reach = try await reach()
        var own: ContainerContents?
        if let container, reach.isOwn(container) { own = try await contents(of: container) }
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
                let blob = service.settings.ownBlob(address)
                if blob != nil { isAllInOwn = false }
                var photo: FoundPhoto?
                if let blob { photo = try await self.photo(blob, at: address, reach) }
                photo = photo ?? inOwn(image.name, isTakenFromContainer: blob == nil)
                if photo == nil, blob == nil {
                    isAllInOwn = false
                    photo = try await fetchedPhoto(address, reach)
                }
                found.append(photo)
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
        guard let container, try await reach().isOwn(container), let contents = try await contents(of: container)
        else { return nil }
        return contents.place(named: name).map { FoundPhoto(contents: contents, place: $0) }
    }

    /// Looks anew at what was fetched from elsewhere.
    func forgetFetched() {
        if let container = knownReach?.fetched { containers[container] = nil }
    }

    private func photo(
        _ blob: BlobAddress, at address: String, _ reach: DatasetReach
    ) async throws -> FoundPhoto? {
        guard try await mayRead(blob.container, at: address, reach),
            let there = try await contents(of: blob.container), let place = there.place(named: blob.name)
        else { return nil }
        return FoundPhoto(contents: there, place: place)
    }

    private func fetchedPhoto(_ address: String, _ reach: DatasetReach) async throws -> FoundPhoto? {
        guard let container = reach.fetched, let there = try await contents(of: container) else { return nil }
        return there.place(named: FetchedPhotos.name(of: address)).map { FoundPhoto(contents: there, place: $0) }
    }

    private func mayRead(
        _ container: ContainerAddress, at address: String, _ reach: DatasetReach
    ) async throws -> Bool {
        if reach.isOwn(container) { return true }
        let address = reach.signed(address)
        let right = Right(container: container, query: address.drop { $0 != "?" })
        if let known = rights[right] { return known }
        let access = try await service.settings.access(address)
        if access.coversContainer { rights[right] = access.isGranted }
        return access.isGranted
    }

    private func reach() async throws -> DatasetReach {
        if let knownReach { return knownReach }
        let reach = try await service.reach(of: dataset)
        knownReach = reach
        return reach
    }

    private func contents(of address: ContainerAddress) async throws -> ContainerContents? {
        if let contents = containers[address] { return contents }
        let contents = try await service.existingContents(of: address)
        containers[address] = .some(contents)
        return contents
    }
}

extension DatasetService {
    /// What a container holds, `nil` where there is none.
    fileprivate func existingContents(of address: ContainerAddress) async throws -> ContainerContents? {
        do {
            return try await contents(of: try await store.blobs.container(address).id)
        } catch BlobError.containerMissing { return nil }
    }
}
