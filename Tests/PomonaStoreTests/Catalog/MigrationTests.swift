import Foundation
import GRDB
import Testing

@testable import PomonaStore

@Suite("Migrations")
struct MigrationTests {
    /// Catalogs of earlier programs, as SQL.
    private static let fixtures = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Fixtures")

    /// The catalog without the store around it. A dump's tables come in no order that their references would allow.
    private func catalog(in folder: URL) throws -> DatabaseQueue {
        var configuration = Configuration()
        configuration.foreignKeysEnabled = false
        return try DatabaseQueue(path: folder.appending(path: "catalog.sqlite").path, configuration: configuration)
    }

    /// Every table, index and trigger, as it was declared.
    private func schema(of folder: URL) throws -> [String] {
        try catalog(in: folder).read { database in
            try String.fetchAll(
                database,
                sql: "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' ORDER BY name")
        }
    }

    @Test("A folder of the program with four migrations opens with all it held, in the form of a new one")
    func fourth() async throws {
        try await withFolder { folder in
            let sql = try String(
                contentsOf: Self.fixtures.appending(path: "004-recognition.sql"), encoding: .utf8)
            try await catalog(in: folder).writeWithoutTransaction { try $0.execute(sql: sql) }

            let store = try Store(opening: DataFolder(folder))
            defer { try? store.close() }
            let group = try await store.catalog.group(named: "Orchard")
            #expect(try await store.catalog.accounts(in: group.id).map(\.name) == ["appleshop"])
            let photos = ContainerAddress(account: "appleshop", name: "photos")
            let page = try await store.blobs.blobs(in: photos, BlobListQuery())
            #expect(page.entries.count == 4)
            #expect(try await store.catalog.datasets(in: group.id, skip: 0, limit: 10).map(\.name) == ["training"])
            let project = try #require(try await store.catalog.projects().first)
            let tasks = try await store.catalog.tasks(in: project.id).tasks
            #expect(tasks.map(\.name) == ["p0.png", "p2.png", "p1.png"])
            #expect(tasks.first?.annotations.count == 1)

            try await withFolder { fresh in
                try Store(opening: DataFolder(fresh)).close()
                let (old, new) = (try schema(of: folder), try schema(of: fresh))
                #expect(old == new)
            }
        }
    }

    @Test(
        "Rows written under each earlier form survive the later migrations",
        arguments: ["001 house", "002 studio", "003 labeling", "004 recognition", "005 pieces"])
    func earlier(_ form: String) async throws {
        try await withFolder { folder in
            try Migrations.migrator(at: Date()).migrate(catalog(in: folder), upTo: form)
            try await catalog(in: folder).write { database in
                try database.execute(
                    sql: "INSERT INTO resourceGroup (name, createdAt) VALUES ('Orchard', 1700000000000)")
            }
            let store = try Store(opening: DataFolder(folder))
            defer { try? store.close() }
            #expect(try await store.catalog.groups().map(\.name) == ["Orchard"])
            #expect(try await store.catalog.owner().name == "Owner")
        }
    }

    @Test("What trainings and evaluations that wait need of their datasets is found in their jobs")
    func inputs() async throws {
        try await withFolder { folder in
            try Migrations.migrator(at: Date()).migrate(catalog(in: folder), upTo: "005 pieces")
            try await catalog(in: folder).write { database in
                try database.execute(
                    sql: """
                        INSERT INTO resourceGroup (id, name, createdAt) VALUES (1, 'Orchard', 0);
                        INSERT INTO content (id, file, length, md5, sha256) VALUES (1, 'f', 1, x'', x'');
                        INSERT INTO datasetRevision (id, resourceGroup, datasetName, labelsSHA256, photosSHA256,
                            photoCount, body, createdAt)
                        VALUES (1, 1, 'a', x'', x'', 0, 1, 0), (2, 1, 'b', x'', x'', 0, 1, 0), (3, 1, 'c', x'', x'', 0, 1, 0),
                            (4, 1, 'd', x'', x'', 0, 1, 0);
                        INSERT INTO job (id, kind, lane, payload, state, priority, maximumAttempts, createdAt) VALUES
                            (1, 'training', 'engine',
                                '{"title":"t","body":{"model":1,"trainingRevisions":[1,2,77],"evaluationRevision":3}}',
                                'queued', 0, 5, 0),
                            (2, 'evaluation', 'engine', '{"title":"t","body":{"evaluation":1,"revision":3}}',
                                'queued', 0, 5, 0);
                        INSERT INTO model (id, resourceGroup, name, kind, status, parameters, revision, job, eTag, createdAt,
                            modifiedAt)
                        VALUES (1, 1, 'waits', 'genericDetector', 'notStarted', '{}', NULL, 1, '1', 0, 0),
                            (2, 1, 'done', 'genericDetector', 'succeeded', '{}', 4, NULL, '1', 0, 0);
                        INSERT INTO evaluation (id, model, name, datasetName, job, status, eTag, createdAt, modifiedAt)
                        VALUES (1, 2, 'e', 'c', 2, 'notStarted', '1', 0, 0);
                        """)
            }
            try Store(opening: DataFolder(folder)).close()
            let (rows, evaluated) = try await catalog(in: folder).read { database in
                (
                    try Row.fetchAll(
                        database, sql: "SELECT model, revision FROM modelRevision ORDER BY model, revision"
                    )
                    .map { "\($0[0] as Int64)-\($0[1] as Int64)" },
                    try Int64.fetchOne(database, sql: "SELECT revision FROM evaluation")
                )
            }
            #expect(rows == ["1-1", "1-2", "1-3", "2-4"])
            #expect(evaluated == 3)
        }
    }

    @Test("A folder of a newer program is refused in words, and nothing in it is changed")
    func newer() async throws {
        try await withFolder { folder in
            try Store(opening: DataFolder(folder)).close()
            try await catalog(in: folder).write { database in
                try database.execute(sql: "INSERT INTO grdb_migrations VALUES ('005 tomorrow')")
            }
            let before = try schema(of: folder)
            let error = #expect(throws: StoreError.self) { try Store(opening: DataFolder(folder)) }
            #expect(error?.code == "folderIsNewer")
            #expect(error?.message.contains("005 tomorrow") == true, "\(error?.message ?? "")")
            let after = try schema(of: folder)
            #expect(after == before)
        }
    }

    @Test("A catalog that is no database is refused and left as it is")
    func noDatabase() async throws {
        try await withFolder { folder in
            let file = folder.appending(path: "catalog.sqlite")
            let bytes = Data(repeating: 7, count: 10_000)
            try bytes.write(to: file)
            let error = #expect(throws: StoreError.self) { try Store(opening: DataFolder(folder)) }
            #expect(error?.code == "notACatalog")
            #expect(try Data(contentsOf: file) == bytes)
        }
    }

    @Test("Two programs cannot have one folder")
    func lock() async throws {
        try await withFolder { folder in
            let first = try Store(opening: DataFolder(folder))
            let error = #expect(throws: StoreError.self) { try Store(opening: DataFolder(folder)) }
            #expect(error?.code == "folderInUse")
            try first.close()
        }
    }
}
