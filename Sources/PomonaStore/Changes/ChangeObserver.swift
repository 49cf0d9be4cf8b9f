import GRDB
import Synchronization

/// Collects the rows a transaction changes and hands them to the feed once it is committed.
final class ChangeObserver: TransactionObserver, Sendable {
    /// Tables whose rows nobody is shown.
    private static let hidden: Set<String> = [
        "session", "signInLink", "content", "jobEvent", "datasetRevision", "grdb_migrations", "sqlite_sequence",
        "category", "taskEdit", "invitation",
    ]

    private let feed: ChangeFeed
    private let pending = Mutex<[ChangeSubject]>([])

    init(_ feed: ChangeFeed) {
        self.feed = feed
    }

    func observes(eventsOfKind kind: DatabaseEventKind) -> Bool { !Self.hidden.contains(kind.tableName) }

    func databaseDidChange(with event: DatabaseEvent) {
        let subject = ChangeSubject(table: event.tableName, row: event.rowID, isDeleted: event.kind == .delete)
        pending.withLock { pending in
            if pending.last != subject { pending.append(subject) }
        }
    }

    /// Notes what SQLite does not tell of: changes in tables without row numbers, such as those of blobs.
    func note(_ subject: ChangeSubject) {
        pending.withLock { if !$0.contains(subject) { $0.append(subject) } }
    }

    func databaseDidCommit(_ database: Database) {
        let subjects = pending.withLock { pending in
            defer { pending = [] }
            return pending
        }
        feed.append(subjects)
    }

    func databaseDidRollback(_ database: Database) { pending.withLock { $0 = [] } }
}

extension Catalog {
    /// Tells that a container's blobs change; to be called within the write.
    func noteChange(of container: BlobContainer) {
        changeObserver.note(ChangeSubject(table: "container", row: container.id.rawValue))
    }
}
