/// Resource groups, and the Vision resource of each.
public protocol GroupStoring: Sendable {
    /// Makes a group and its Vision resource, which gets the same name and two keys.
    ///
    /// - Throws: ``StoreError/invalidName(of:_:reason:)``, ``StoreError/nameTaken(of:_:within:)``.
    func createGroup(named name: String) async throws -> ResourceGroup

    /// All groups in the order they were made, with those that are being deleted.
    func groups() async throws -> [ResourceGroup]

    /// - Throws: ``StoreError/missing(_:named:)``.
    func group(_ id: ResourceGroup.ID) async throws -> ResourceGroup

    /// - Throws: ``StoreError/missing(_:named:)``.
    func group(named name: String) async throws -> ResourceGroup

    /// - Throws: ``StoreError/missing(_:named:)``.
    func visionResource(of group: ResourceGroup.ID) async throws -> VisionResource

    /// The resource that a key opens, `nil` for a key of none, or of a group that is being deleted.
    func visionResource(withKey key: String) async throws -> VisionResource?

    /// Puts a new key in the place of an old one, which opens nothing any more.
    func renewVisionKey(_ slot: KeyPair.Slot, of group: ResourceGroup.ID) async throws -> VisionResource

    /// Sets the model that answers calls which name none; `nil` for the built-in one.
    ///
    /// - Throws: ``StoreError/missing(_:named:)`` for a model of another group too.
    func setDefaultModel(_ model: Model.ID?, of group: ResourceGroup.ID) async throws -> VisionResource
}

/// Storage accounts.
public protocol AccountStoring: Sendable {
    /// Makes an account.
    ///
    /// - Parameter keys: keys that clients know already, as those of Azure's storage emulator; `nil` makes new ones.
    /// - Throws: ``StoreError/invalidName(of:_:reason:)``, ``StoreError/nameTaken(of:_:within:)``,
    ///   ``StoreError/groupBeingDeleted(_:)``; ``StoreError/invalidValue(of:field:found:expected:)`` for a key that is not
    ///   base64.
    func createAccount(named name: String, in group: ResourceGroup.ID, keys: KeyPair?) async throws -> StorageAccount

    /// A group's accounts in the order they were made.
    func accounts(in group: ResourceGroup.ID) async throws -> [StorageAccount]

    /// - Throws: ``StoreError/missing(_:named:)``, also for an account that is being deleted.
    func account(named name: String) async throws -> StorageAccount

    /// Puts a new key in the place of an old one, which opens nothing any more.
    func renewStorageKey(_ slot: KeyPair.Slot, of account: StorageAccount.ID) async throws -> StorageAccount
}
