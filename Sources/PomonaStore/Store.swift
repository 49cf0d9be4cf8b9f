/// A studio's data folder, opened: the one value that a server or a command holds.
///
/// Opening takes the folder's lock, brings the catalog to today's form and is quick whatever the folder holds. What earlier
/// programs left unfinished is cleared up by ``sweep()``, beside everything else.
public final class Store: Sendable {
    public let folder: DataFolder

    /// Groups, accounts, people, datasets, models, jobs.
    public let catalog: Catalog

    /// Containers and blobs.
    public let blobs: FileBlobStore

    /// What can be made again, such as thumbnails.
    public let derived: DerivedFiles

    /// Label files that wait to be looked at.
    public let labelUploads: LabelUploads
    private let lock: FolderLock

    /// Opens a data folder, and makes it where there is none.
    ///
    /// - Parameter clock: to be replaced in tests.
    /// - Throws: ``StoreError/folderInUse(_:processID:)`` while another program has it open,
    ///   ``StoreError/folderNotUsable(_:reason:)``, ``StoreError/folderIsNewer(_:unknown:)``,
    ///   ``StoreError/notACatalog(_:)``, ``StoreError/diskFull(_:)``.
    public init(opening folder: DataFolder, clock: StoreClock = .system) throws {
        self.folder = folder
        try folder.create()
        lock = try FolderLock(folder: folder.path)
        catalog = try Catalog(folder: folder, clock: clock)
        blobs = FileBlobStore(catalog: catalog)
        derived = try DerivedFiles(folder: folder.derived)
        labelUploads = LabelUploads(folder: folder)
    }

    /// How many jobs the list of jobs goes back, beside those that models, evaluations and experiments speak of.
    private static let keptJobs = 1_000

    /// Clears up what earlier programs left: containers and groups' bytes half deleted, staged blocks a week old, files
    /// without a row, folders of jobs that are over, label files a day old, expired sign-ins, old jobs with their history. A
    /// cancelled task stops between two parts.
    public func sweep() async throws {
        try await blobs.sweep()
        _ = try await catalog.modelFiles.sweep { [catalog] names in
            try await catalog.read { try ModelFile.knownFiles($0, among: names) }
        }
        try await catalog.removeJobFolders()
        try await sweepDerived()
        try await labelUploads.sweep()
        try await PassingFiles(folder: folder.exports).dropOld()
        try await catalog.removeExpiredSignIns()
        try await catalog.removeExpiredTrash()
        try await catalog.removeFinishedJobs(keepingNewest: Self.keptJobs)
    }

    /// Removes what was made from bytes that are gone.
    public func sweepDerived() async throws {
        try await derived.sweep { [catalog] hashes in
            try await catalog.read { try Content.knownHashes($0, among: hashes) }
        }
    }

    /// Closes the catalog. The lock goes with the value itself.
    public func close() throws {
        try catalog.close()
    }
}
