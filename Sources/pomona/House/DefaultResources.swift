import PomonaAPI
import PomonaStore

/// The resource group that a person finds at the first start, with its account and keys.
struct DefaultResources: Sendable {
    let group: ResourceGroup
    let account: StorageAccount
    let vision: VisionResource

    static let groupName = "default"

    /// Finds the oldest group with an account, or makes one. Names of accounts are unique on a server, and the default
    /// group's carries a random part so that two servers' do not look alike.
    static func find(in store: Store, developmentAccount: Bool) async throws -> DefaultResources {
        let catalog = store.catalog
        let found = try await existing(in: catalog)
        let group: ResourceGroup
        let account: StorageAccount
        if let found {
            (group, account) = found
        } else {
            let usable = try await catalog.groups().first { $0.deletingSince == nil }
            if let usable { group = usable } else { group = try await makeGroup(in: catalog) }
            account = try await catalog.createAccount(named: freshName(), in: group.id)
        }
        if developmentAccount {
            do { _ = try await catalog.account(named: BlobAccount.developmentName) } catch StoreError.missing {
                do {
                    _ = try await catalog.createAccount(
                        named: BlobAccount.developmentName, in: group.id,
                        keys: KeyPair(key1: BlobAccount.developmentKey, key2: BlobAccount.developmentKey))
                } catch StoreError.nameTaken {
                    // It belongs to a group that is still being deleted; the next start has it anew.
                }
            }
        }
        return DefaultResources(
            group: group, account: account, vision: try await catalog.visionResource(of: group.id))
    }

    private static func existing(in catalog: Catalog) async throws -> (ResourceGroup, StorageAccount)? {
        for group in try await catalog.groups() where group.deletingSince == nil {
            let accounts = try await catalog.accounts(in: group.id)
            if let account = accounts.first(where: { $0.name != BlobAccount.developmentName }) {
                return (group, account)
            }
        }
        return nil
    }

    /// A group that is still being deleted may hold the name, and must not keep the server from starting.
    private static func makeGroup(in catalog: Catalog) async throws -> ResourceGroup {
        var number = 1
        while true {
            do {
                return try await catalog.createGroup(named: number == 1 ? groupName : "\(groupName) \(number)")
            } catch StoreError.nameTaken { number += 1 }
        }
    }

    private static func freshName() -> String {
        let letters = Array("abcdefghijkmnpqrstuvwxyz23456789")
        return "pomona" + String((0..<6).map { _ in letters[Int.random(in: letters.indices)] })
    }
}
