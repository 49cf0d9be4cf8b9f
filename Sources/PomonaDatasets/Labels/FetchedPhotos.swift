import Crypto
import Foundation
import PomonaCOCO
import PomonaCore
import PomonaImaging
import PomonaStore

/// Photos that label files name at other machines. They are fetched when labels are added or a dataset is frozen, from
/// the hosts that the server may call, and stay as blobs in a container of the resource group: a run reads files of the
/// store alone.
actor FetchedPhotos {
    static let containerName = "fetched-photos"

    /// As for photos that are sent.
    static let maximumLength = 20 << 20

    /// Each may be as large as the limit.
    private static let atOnce = 4

    /// So often a host may fail that has answered with no photo yet.
    private static let patience = 10

    private struct Wanted {
        var name: String
        var address: String
        var host: String
    }

    private let service: DatasetService
    private let dataset: Dataset
    private var tallies: [String: (photos: Int, failures: Int)] = [:]

    /// Why photos could not be had, by the names that label files give them.
    private(set) var reasons: [String: String] = [:]
    private(set) var count = 0

    init(_ service: DatasetService, for dataset: Dataset) {
        self.service = service
        self.dataset = dataset
    }

    /// The name that the photo of an address gets.
    static func name(of address: String) -> String {
        let hash = SHA256.hash(data: Data(address.utf8)).prefix(8).map { byte in
            (byte < 16 ? "0" : "") + String(byte, radix: 16)
        }
        let last = PhotoLocation(address: address)?.lastComponent ?? "photo"
        return "\(host(of: address))/\(hash.joined())-\(last.suffix(100))"
    }

    private static func host(of address: String) -> String {
        URLComponents(string: address)?.host?.lowercased() ?? "elsewhere"
    }

    /// Fetches the photos of a file that were not found.
    ///
    /// - Returns: whether there are new ones.
    /// - Throws: what keeps photos from being stored. A photo that cannot be had is passed over, with its reason.
    func fetch(_ file: LabelFile, found: [FoundPhoto?]) async throws -> Bool {
        guard let fetch = service.settings.fetch else { return false }
        let wanted = wanted(file, found)
        guard !wanted.isEmpty else { return false }
        let reach = try await service.reach(of: dataset)
        guard let container = reach.fetched else { return false }
        let before = count
        try await withThrowingTaskGroup(of: (Wanted, String?).self) { group in
            var started = 0
            for photo in wanted where isWorthwhile(photo.host) {
                if started >= Self.atOnce, let (done, reason) = try await group.next() { note(done, reason) }
                started += 1
                group.addTask { [service] in
                    let signed = reach.signedElsewhere(photo.address)
                    return (photo, try await service.fetch(signed, photo.address, container, fetch))
                }
            }
            for try await (done, reason) in group { note(done, reason) }
        }
        return count > before
    }

    private func wanted(_ file: LabelFile, _ found: [FoundPhoto?]) -> [Wanted] {
        var addresses: Set<String> = []
        return zip(file.document.images, found).compactMap { image, photo in
            guard photo == nil, case .web(let address) = image.location, service.settings.ownBlob(address) == nil,
                addresses.insert(address).inserted
            else { return nil }
            return Wanted(name: image.name, address: address, host: Self.host(of: address))
        }
    }

    private func isWorthwhile(_ host: String) -> Bool {
        let tally = tallies[host] ?? (0, 0)
        return tally.photos > 0 || tally.failures < Self.patience
    }

    private func note(_ photo: Wanted, _ reason: String?) {
        var tally = tallies[photo.host] ?? (0, 0)
        if let reason {
            reasons[photo.name] = reason
            tally.failures += 1
        } else {
            count += 1
            tally.photos += 1
        }
        tallies[photo.host] = tally
    }
}

extension DatasetService {
    /// Gets the photos that a file names at hosts that may be called: a report counts what is there.
    func fetchPhotos(of file: LabelFile, for dataset: Dataset) async throws {
        guard settings.fetch != nil else { return }
        let found = try await PhotoFinder(self, for: dataset).photos(of: file)
        _ = try await FetchedPhotos(self, for: dataset).fetch(file, found: found)
    }

    /// Fetches one photo into a container.
    ///
    /// - Parameters:
    ///   - signed: the address with what opens it.
    ///   - address: the address as a label file has it.
    /// - Returns: why it could not be had; `nil` where it could.
    fileprivate func fetch(
        _ signed: String, _ address: String, _ container: ContainerAddress,
        _ fetch: @Sendable (_ address: String, _ limit: Int) async throws -> [UInt8]
    ) async throws -> String? {
        let bytes: [UInt8]
        do {
            bytes = try await fetch(signed, FetchedPhotos.maximumLength)
            _ = try ImageDecoder().probe(bytes, named: address)
        } catch let error as any PomonaError where error.kind != .internal && error.kind != .resource {
            return error.message
        } catch let error where !(error is any PomonaError) && !(error is CancellationError) {
            return "It could not be fetched: \(error)."
        }
        do {
            try await store.blobs.createContainer(container, metadata: [:], publicAccess: .none)
        } catch BlobError.containerExists {}
        let blob = BlobAddress(container: container, name: FetchedPhotos.name(of: address))
        try await store.blobs.put(blob, bytes)
        return nil
    }
}
