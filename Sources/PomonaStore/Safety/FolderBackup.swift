public import Foundation

/// Copies a data folder into one tar file, also while a server works in it, and brings such a file back.
///
/// The copy is one moment's: the catalog is copied first, then every file it speaks of is given a second name in a folder
/// beside, which takes no space; files never change once written. A file that was deleted in between makes it start again.
/// What can be made anew (thumbnails, compiled networks, checkpoints of running jobs) stays out: after a restore such a job
/// begins again.
public struct FolderBackup: Sendable {
    private let folder: DataFolder

    private static let attempts = 5
    private static let snapshotPrefix = "backup-"

    public init(folder: DataFolder) {
        self.folder = folder
    }

    /// Writes the backup; the file appears complete or not at all.
    ///
    /// - Returns: its size in bytes.
    /// - Throws: ``StoreError``.
    public func write(to file: URL) throws -> Int64 {
        guard FileManager.default.fileExists(atPath: folder.catalog) else {
            throw StoreError.folderNotUsable(folder.path, reason: "it has no catalog")
        }
        let path = file.standardizedFileURL.path(percentEncoded: false)
        guard !FileManager.default.fileExists(atPath: path) else {
            throw StoreError.nameTaken(of: "file", path, within: nil)
        }
        try removeStaleSnapshots()
        let snapshot = "\(folder.path)/\(Self.snapshotPrefix)\(ProcessInfo.processInfo.processIdentifier)"
        defer { try? FileManager.default.removeItem(atPath: snapshot) }
        var attempt = 1
        while try !isComplete(snapshot) {
            guard attempt < Self.attempts else {
                throw StoreError.folderNotUsable(folder.path, reason: "files are deleted faster than they can be kept")
            }
            attempt += 1
        }
        let partial = path + ".partial"
        defer { try? SystemCall.remove(partial) }
        try TarProgram.run(["--create", "--file", partial, "--directory", snapshot, "."], for: path)
        try SystemCall.synchronizeFile(partial)
        try SystemCall.move(partial, to: path)
        try SystemCall.synchronizeFolder(
            file.deletingLastPathComponent().standardizedFileURL.path(percentEncoded: false))
        return try SystemCall.fileLength(path) ?? 0
    }

    /// Brings a backup into a folder that does not exist yet or is empty. Everything is checked before the folder gets its
    /// name.
    ///
    /// - Returns: what the check found.
    /// - Throws: ``StoreError``; then there is no folder.
    public func restore(from file: URL) throws -> FolderVerification.Report {
        let held = (try? SystemCall.names(in: folder.path)) ?? []
        guard held.isEmpty else { throw StoreError.nameTaken(of: "data folder", folder.path, within: nil) }
        let path = file.path(percentEncoded: false)
        guard FileManager.default.fileExists(atPath: path) else { throw StoreError.missing("file", named: path) }
        let partial = DataFolder(URL(filePath: folder.path + ".partial", directoryHint: .isDirectory))
        try? FileManager.default.removeItem(atPath: partial.path)
        defer { try? FileManager.default.removeItem(atPath: partial.path) }
        try partial.create()
        try TarProgram.run(
            ["--extract", "--file", path, "--directory", partial.path, "--no-same-owner", "--no-overwrite-dir"],
            for: path)
        guard FileManager.default.fileExists(atPath: partial.catalog) else { throw StoreError.notACatalog(path) }
        let report = try FolderVerification(folder: partial).run()
        guard report.isSound else {
            throw StoreError.backupDamaged(path, first: report.findings.first?.message ?? "")
        }
        // tar leaves that to its caller. Everything at once: each of many files by itself would take the disk's time.
        sync()
        // rename wants an empty folder to be gone or empty.
        try? FileManager.default.removeItem(atPath: folder.path)
        try SystemCall.move(partial.path, to: folder.path)
        try SystemCall.synchronizeFolder(
            folder.url.deletingLastPathComponent().standardizedFileURL.path(percentEncoded: false))
        return report
    }

    /// Copies the catalog and links its files; `false` where one went away meanwhile.
    private func isComplete(_ snapshot: String) throws -> Bool {
        try? FileManager.default.removeItem(atPath: snapshot)
        let copy = DataFolder(URL(filePath: snapshot, directoryHint: .isDirectory))
        try copy.create()
        try ReadOnlyCatalog(path: folder.catalog).copy(to: copy.catalog)
        let catalog = try ReadOnlyCatalog(path: copy.catalog)
        for name in try catalog.files(table: "content").keys {
            let place = "\(name.prefix(2))/\(name)"
            guard try link("\(folder.blobs)/\(place)", to: "\(copy.blobs)/\(place)") else { return false }
        }
        for name in try catalog.files(table: "modelFile").keys {
            guard try link("\(folder.models)/\(name)", to: "\(copy.models)/\(name)") else { return false }
        }
        let shelf = "\(folder.path)/foundations"
        if FileManager.default.fileExists(atPath: shelf) {
            try SystemCall.makeFolder("\(snapshot)/foundations")
            for name in try SystemCall.names(in: shelf) where !name.hasPrefix(".") {
                _ = try link("\(shelf)/\(name)", to: "\(snapshot)/foundations/\(name)")
            }
        }
        return true
    }

    private func link(_ source: String, to target: String) throws(StoreError) -> Bool {
        guard Foundation.link(source, target) == -1 else { return true }
        let code = errno
        if code == ENOENT { return false }
        throw SystemCall.failure("link", source, code)
    }

    /// Those of programs that were killed while they copied.
    private func removeStaleSnapshots() throws {
        for name in try SystemCall.names(in: folder.path) where name.hasPrefix(Self.snapshotPrefix) {
            guard let process = Int32(name.dropFirst(Self.snapshotPrefix.count)), kill(process, 0) == -1, errno == ESRCH
            else { continue }
            try? FileManager.default.removeItem(atPath: "\(folder.path)/\(name)")
        }
    }
}

/// The system's tar, which is part of every Unix.
enum TarProgram {
    /// - Parameter path: what messages speak of.
    /// - Throws: ``StoreError``.
    static func run(_ arguments: [String], for path: String) throws {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["tar"] + arguments
        process.standardOutput = FileHandle.nullDevice
        let errors = Pipe()
        process.standardError = errors
        try process.run()
        let words = String(decoding: (try? errors.fileHandleForReading.readToEnd()) ?? Data(), as: UTF8.self)
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            let last = words.split(separator: "\n").first.map(String.init) ?? "status \(process.terminationStatus)"
            throw words.contains("No space left")
                ? StoreError.diskFull(path) : StoreError.system(operation: "archive", path: path, reason: last)
        }
    }
}
