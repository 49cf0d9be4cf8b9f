public import PomonaStore

/// The storage accounts of the catalog, as the Blob API asks for them.
public struct StoredBlobAccounts: BlobAccounts {
    private let catalog: any AccountStoring
    private let allowsDevelopmentAccount: Bool

    /// - Parameter allowsDevelopmentAccount: whether the account of ``BlobAccount/developmentName``, whose key everybody
    ///   knows, is open; even then to this machine only.
    public init(_ catalog: any AccountStoring, allowsDevelopmentAccount: Bool) {
        self.catalog = catalog
        self.allowsDevelopmentAccount = allowsDevelopmentAccount
    }

    public func account(named name: String) async throws -> BlobAccount? {
        let isDevelopmentAccount = name == BlobAccount.developmentName
        guard allowsDevelopmentAccount || !isDevelopmentAccount else { return nil }
        do {
            let account = try await catalog.account(named: name)
            return BlobAccount(
                name: account.name, keys: [account.keys.key1, account.keys.key2].compactMap { AccountKey(base64: $0) },
                isLoopbackOnly: isDevelopmentAccount)
        } catch StoreError.missing {
            return nil
        }
    }
}
