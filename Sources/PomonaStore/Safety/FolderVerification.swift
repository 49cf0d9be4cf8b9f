import Foundation
import GRDB

/// Checks a data folder from outside: that rows and files say the same. It reads with nothing of the store's own code but
/// SQL, and works beside a running server.
///
/// What a server is doing at this moment is no fault: files without a row are only told where no row came meanwhile.
public struct FolderVerification: Sendable {
    /// Something that is not as it should be.
    public struct Finding: Codable, Equatable, Sendable {
        public enum Severity: String, Codable, Sendable {
            /// Something is lost or untrue.
            case damage
            /// Something is left over that the next start of the server clears up.
            case leftover
        }

        public var severity: Severity
        /// A word for programs, such as `contentMissing`.
        public var code: String
        public var message: String
    }

    /// What was looked at and found.
    public struct Report: Codable, Sendable {
        public var contents = 0
        public var bytes: Int64 = 0
        public var blobs = 0
        public var modelFiles = 0
        public var jobs = 0
        public var findings: [Finding] = []
        /// Findings beyond those listed.
        public var omitted = 0

        public var isSound: Bool { !findings.contains { $0.severity == .damage } }

        mutating func add(_ severity: Finding.Severity, _ code: String, _ message: String) {
            // A folder that lost a disk has as many findings as files.
            guard findings.count < 1_000 else {
                omitted += 1
                return
            }
            findings.append(Finding(severity: severity, code: code, message: message))
        }
    }

    private let folder: DataFolder
    /// Whether every byte is read and hashed, or only lengths are compared.
    private let readsBytes: Bool

    public init(folder: DataFolder, readsBytes: Bool = true) {
        self.folder = folder
        self.readsBytes = readsBytes
    }

    /// Looks at everything. Takes as long as reading all files once, or a few seconds without their bytes.
    ///
    /// - Parameter progress: hears of the bytes read so far.
    /// - Throws: ``StoreError`` for a folder without a readable catalog.
    public func run(progress: (_ bytes: Int64) -> Void = { _ in }) throws -> Report {
        guard FileManager.default.fileExists(atPath: folder.catalog) else {
            throw StoreError.folderNotUsable(folder.path, reason: "it has no catalog")
        }
        let database = try ReadOnlyCatalog(path: folder.catalog)
        var report = Report()
        try database.read { try structure($0, &report) }
        try database.read { try rows($0, ownersOfContents: database.ownersOfContents, &report) }
        try contents(database, &report, progress)
        try modelFiles(database, &report)
        try database.read { try jobs($0, &report) }
        return report
    }

    // MARK: Rows

    private func structure(_ database: Database, _ report: inout Report) throws {
        for text in try String.fetchAll(database, sql: "PRAGMA integrity_check") where text != "ok" {
            report.add(.damage, "catalogDamaged", "The catalog is damaged: \(text).")
        }
        for row in try Row.fetchAll(database, sql: "PRAGMA foreign_key_check") {
            let (table, parent): (String, String) = (row[0], row[2])
            report.add(.damage, "rowWithoutParent", "A row of \(table) points at a row of \(parent) that is not there.")
        }
    }

    private func rows(_ database: Database, ownersOfContents: [String], _ report: inout Report) throws {
        report.blobs = try Int.fetchOne(database, sql: "SELECT count(*) FROM blob") ?? 0
        let unlike = """
            SELECT container.name AS container, blob.name AS name FROM blob
            JOIN content ON content.id = blob.content JOIN container ON container.id = blob.container
            WHERE blob.length <> content.length OR blob.sha256 <> content.sha256 OR blob.md5 <> content.md5
            """
        for row in try Row.fetchAll(database, sql: unlike) {
            let (container, name): (String, String) = (row["container"], row["name"])
            report.add(.damage, "blobUnlikeContent", "The blob \(container)/\(name) says other things than its bytes.")
        }
        let counts = """
            SELECT name, blobCount, (SELECT count(*) FROM blob WHERE container = container.id) AS found
            FROM container WHERE deletedAt IS NULL
            """
        for row in try Row.fetchAll(database, sql: counts) {
            let (name, said, found): (String, Int, Int) = (row["name"], row["blobCount"], row["found"])
            if said != found {
                report.add(.damage, "countWrong", "The container \(name) says it has \(said) blobs and has \(found).")
            }
        }
        let owned = ownersOfContents.map { "EXISTS (\($0))" }.joined(separator: " OR ")
        let unused = "SELECT file FROM content WHERE NOT (\(owned))"
        for file in try String.fetchAll(database, sql: unused) {
            report.add(.leftover, "contentUnused", "Nothing points at the bytes \(file).")
        }
    }

    private func jobs(_ database: Database, _ report: inout Report) throws {
        let rows = try Row.fetchAll(database, sql: "SELECT id, kind, state, leaseOwner, startedAt, finishedAt FROM job")
        report.jobs = rows.count
        for row in rows {
            let (id, kind, text): (Int64, String, String) = (row["id"], row["kind"], row["state"])
            let (owner, finished): (String?, Int64?) = (row["leaseOwner"], row["finishedAt"])
            guard let state = JobState(rawValue: text) else {
                report.add(.damage, "jobState", "Job \(id) (\(kind)) is in the unknown state \(text).")
                continue
            }
            let isTrue =
                switch state {
                case .queued: owner == nil && finished == nil
                case .running, .cancelling: owner != nil && finished == nil
                case .succeeded, .failed, .cancelled: owner == nil && finished != nil
                }
            if !isTrue {
                report.add(
                    .damage, "jobState",
                    "Job \(id) (\(kind)) is \(text), but \(owner == nil ? "nobody holds it" : "somebody holds it") and "
                        + "it \(finished == nil ? "has no end" : "has an end").")
            }
        }
        try waiting(database, &report)
        try deletions(database, &report)
    }

    /// What waits for a job that is over waits for ever. Experiments have no state but their job's.
    private func waiting(_ database: Database, _ report: inout Report) throws {
        let over = "(job.id IS NULL OR job.state IN ('succeeded', 'failed', 'cancelled'))"
        let models = """
            SELECT model.name FROM model LEFT JOIN job ON job.id = model.job
            WHERE model.status IN ('notStarted', 'training', 'cancelling') AND \(over)
            """
        for name in try String.fetchAll(database, sql: models) {
            report.add(.damage, "modelWithoutJob", "The model \(name) waits for a job that is over.")
        }
        let evaluations = """
            SELECT model.name AS model, evaluation.name AS name FROM evaluation
            JOIN model ON model.id = evaluation.model LEFT JOIN job ON job.id = evaluation.job
            WHERE evaluation.status IN ('notStarted', 'running') AND \(over)
            """
        for row in try Row.fetchAll(database, sql: evaluations) {
            let (model, name): (String, String) = (row["model"], row["name"])
            report.add(
                .damage, "evaluationWithoutJob",
                "The evaluation \(name) of the model \(model) waits for a job that is over.")
        }
    }

    private func deletions(_ database: Database, _ report: inout Report) throws {
        let stuck = """
            SELECT name FROM resourceGroup WHERE deletingSince IS NOT NULL AND NOT EXISTS (
                SELECT 1 FROM job WHERE kind = 'deletion' AND state IN ('queued', 'running')
                    AND json_extract(payload, '$.body.group') = resourceGroup.id)
            """
        for name in try String.fetchAll(database, sql: stuck) {
            report.add(
                .leftover, "deletionWithoutJob", "The resource group \(name) is being deleted, and no job works for it."
            )
        }
    }

    // MARK: Files

    private func contents(
        _ database: ReadOnlyCatalog, _ report: inout Report, _ progress: (Int64) -> Void
    ) throws {
        let known = try database.files(table: "content")
        let pieces = try database.pieces()
        report.contents = known.count + pieces.count
        for (name, row) in known.sorted(by: { $0.key < $1.key }) {
            try check([path(of: name)], row, "contentMissing", "contentDamaged", &report) {
                try database.file(name, table: "content") == row
            }
            report.bytes += row.length
            progress(report.bytes)
        }
        // Each piece was looked at above; what is asked here is whether they make the whole.
        for (name, (whole, files)) in pieces.sorted(by: { $0.key < $1.key }) {
            try check(files.map(path(of:)), whole, "contentMissing", "contentDamaged", &report) {
                try database.file(name, table: "content") == whole
            }
        }
        for shard in DataFolder.shards {
            try orphans(in: "\(folder.blobs)/\(shard)", table: "content", known: known, database, &report)
        }
    }

    private func path(of content: String) -> String {
        "\(folder.blobs)/\(content.prefix(2))/\(content)"
    }

    private func modelFiles(_ database: ReadOnlyCatalog, _ report: inout Report) throws {
        let known = try database.files(table: "modelFile")
        report.modelFiles = known.count
        for (name, row) in known {
            try check(["\(folder.models)/\(name)"], row, "modelFileMissing", "modelFileDamaged", &report) {
                try database.file(name, table: "modelFile") == row
            }
        }
        try orphans(in: folder.models, table: "modelFile", known: known, database, &report)
    }

    /// Compares files with the row of what they make; one whose row is gone meanwhile was deleted and is no fault.
    private func check(
        _ paths: [String], _ row: StoredFile, _ missing: String, _ damaged: String, _ report: inout Report,
        isStillKnown: () throws -> Bool
    ) throws {
        let found = try StoredFile(paths: paths, readsBytes: readsBytes)
        // A block has no hash of its own.
        if found?.length == row.length, !readsBytes || row.sha256.isEmpty || found?.sha256 == row.sha256 { return }
        guard try isStillKnown() else { return }
        let path = paths.count > 1 ? "\(paths.count) files from \(paths[0]) on" : paths[0]
        if let found {
            report.add(
                .damage, damaged,
                found.length == row.length
                    ? "The bytes of \(path) are not those that were written."
                    : "\(path) has \(found.length) bytes instead of \(row.length).")
        } else {
            report.add(.damage, missing, "\(path) is missing.")
        }
    }

    private func orphans(
        in path: String, table: String, known: [String: StoredFile], _ database: ReadOnlyCatalog,
        _ report: inout Report
    ) throws {
        guard let names = try? SystemCall.names(in: path) else {
            return report.add(.damage, "folderMissing", "The folder \(path) cannot be read.")
        }
        for name in names where known[name] == nil {
            // It may have been written a moment ago: then its row is there by now, or will be soon.
            let age = try? FileManager.default.attributesOfItem(atPath: "\(path)/\(name)")[.modificationDate] as? Date
            if try database.file(name, table: table) != nil || (age?.timeIntervalSinceNow ?? 0) > -60 { continue }
            report.add(.leftover, "fileWithoutRow", "No row points at \(path)/\(name).")
        }
    }
}
