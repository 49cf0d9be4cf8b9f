import Foundation
import PomonaStore

/// What may be read for a dataset: what is of its own resource group, and beyond that what an address opens, by the
/// dataset's signature, by one of its own, or because everybody may. Label files name photos by address, and an address
/// alone must not open what another group keeps.
struct DatasetReach: Sendable {
    private let accounts: Set<String>
    private let token: String?
    /// Schemes, hosts and ports of the dataset's label files.
    private let labelOrigins: Set<String>

    /// Where photos are kept that were fetched from elsewhere; `nil` where the group has no storage account.
    let fetched: ContainerAddress?

    fileprivate init(_ dataset: Dataset, accounts: [StorageAccount]) throws {
        self.accounts = Set(accounts.map(\.name))
        let token = try DatasetAuthentication(of: dataset)?.sasToken
        self.token = token.map { $0.hasPrefix("?") ? String($0.dropFirst()) : $0 }
        labelOrigins = Set(dataset.cocoFiles.compactMap(Self.origin))
        let account = accounts.first { $0.name == dataset.container?.account } ?? accounts.first
        fetched = account.map { ContainerAddress(account: $0.name, name: FetchedPhotos.containerName) }
    }

    func isOwn(_ container: ContainerAddress) -> Bool { accounts.contains(container.account) }

    /// An address with the dataset's signature, unless it has its own.
    func signed(_ address: String) -> String {
        guard let token, !address.contains("sig=") else { return address }
        return address + (address.contains("?") ? "&" : "?") + token
    }

    /// An address elsewhere with the dataset's signature, which is for the hosts of its label files and told to no others.
    func signedElsewhere(_ address: String) -> String {
        guard token != nil, let origin = Self.origin(address), labelOrigins.contains(origin) else { return address }
        return signed(address)
    }

    private static func origin(_ address: String) -> String? {
        guard let url = URLComponents(string: address), let scheme = url.scheme?.lowercased(), let host = url.host
        else {
            return nil
        }
        return "\(scheme)://\(host.lowercased()):\(url.port ?? (scheme == "https" ? 443 : 80))"
    }
}

extension DatasetService {
    func reach(of dataset: Dataset) async throws -> DatasetReach {
        try DatasetReach(dataset, accounts: try await store.catalog.accounts(in: dataset.group))
    }
}
