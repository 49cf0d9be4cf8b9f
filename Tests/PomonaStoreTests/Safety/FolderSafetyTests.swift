import Foundation
import GRDB
import PomonaStore
import Testing

@Suite("FolderVerification and FolderBackup")
struct FolderSafetyTests {
    private func filled(_ folder: URL, count: Int = 5) async throws -> Store {
        let store = try Store(opening: DataFolder(folder))
        let container = try await store.makeContainer()
        for index in 0..<count {
            try await store.blobs.put(
                BlobAddress(container, "photo-\(index).jpg"), Array("bytes of photo \(index)".utf8), BlobUpload())
        }
        return store
    }

    /// The path of some blob's bytes.
    private func someFile(_ store: Store) throws -> URL {
        let name = try #require(store.contentFiles().sorted().first)
        return store.folder.url.appending(path: "blobs/\(name.prefix(2))/\(name)")
    }

    private func codes(_ folder: DataFolder) throws -> Set<String> {
        Set(try FolderVerification(folder: folder).run().findings.map(\.code))
    }

    @Test("A folder that is in use and in order is sound, and everything in it was looked at")
    func sound() async throws {
        try await withFolder { folder in
            let store = try await filled(folder)
            defer { try? store.close() }
            let report = try FolderVerification(folder: store.folder).run()
            #expect(report.isSound && report.findings.isEmpty, "\(report.findings)")
            #expect(report.contents == 5 && report.blobs == 5 && report.bytes == 80)
        }
    }

    @Test("A missing file, a changed byte, a cut file, and a file that nobody knows are each found")
    func faults() async throws {
        try await withFolder { folder in
            let store = try await filled(folder)
            defer { try? store.close() }
            let file = try someFile(store)
            let bytes = try Data(contentsOf: file)

            var changed = bytes
            changed[3] ^= 1
            try changed.write(to: file)
            #expect(try codes(store.folder) == ["contentDamaged"])
            #expect(try FolderVerification(folder: store.folder, readsBytes: false).run().isSound)
            try bytes.dropLast().write(to: file)
            #expect(try !FolderVerification(folder: store.folder, readsBytes: false).run().isSound)
            try FileManager.default.removeItem(at: file)
            #expect(try codes(store.folder) == ["contentMissing"])
            try bytes.write(to: file)

            let orphan = file.deletingLastPathComponent().appending(path: "\(file.lastPathComponent.prefix(2))orphan")
            try Data("left".utf8).write(to: orphan)
            #expect(try codes(store.folder) == [], "one that was written a moment ago may get its row yet")
            try FileManager.default.setAttributes(
                [.modificationDate: Date(timeIntervalSinceNow: -3_600)], ofItemAtPath: orphan.path)
            let report = try FolderVerification(folder: store.folder).run()
            #expect(report.findings.map(\.code) == ["fileWithoutRow"] && report.isSound)
        }
    }

    @Test("Rows that contradict each other are found, also a job that says it runs and that nobody holds")
    func rows() async throws {
        try await withFolder { folder in
            let store = try await filled(folder)
            _ = try await store.catalog.enqueue(
                NewJob(kind: "sample", lane: "files", payload: "{}", group: nil, person: nil))
            try store.close()
            let database = try DatabaseQueue(path: folder.appending(path: "catalog.sqlite").path)
            try await database.write { database in
                try database.execute(sql: "UPDATE job SET state = 'running'")
                try database.execute(sql: "UPDATE container SET blobCount = 7")
                try database.execute(sql: "UPDATE blob SET length = 1 WHERE name = 'photo-2.jpg'")
            }
            try database.close()
            #expect(try codes(DataFolder(folder)) == ["jobState", "countWrong", "blobUnlikeContent"])
        }
    }

    @Test("An evaluation whose job is over and a group that nobody deletes any more are found")
    func waiting() async throws {
        try await withFolder { folder in
            let store = try await filled(folder)
            let group = try await store.catalog.group(named: "Orchard")
            let model = try await store.catalog.createModel(
                NewModel(name: "m", kind: .genericDetector, parameters: "{}"), in: group.id
            ) { _ in NewJob(kind: "training", payload: "{}") }
            let dataset = try await store.catalog.createDataset(
                NewDataset(name: "d", kind: .objectDetection, container: nil), in: group.id)
            _ = try await store.catalog.createEvaluation(named: "e", of: model.id, on: dataset.id, revision: nil) { _ in
                NewJob(kind: "evaluation", payload: "{}")
            }
            let other = try await store.catalog.createGroup(named: "Meadow")
            let deletion = try await store.catalog.beginDeleting(other.id, typed: "Meadow") { group in
                NewJob(kind: "deletion", payload: #"{"body":{"group":\#(group.id)},"title":"t"}"#)
            }
            #expect(try codes(store.folder) == [])
            try store.close()
            let database = try DatabaseQueue(path: folder.appending(path: "catalog.sqlite").path)
            try await database.write { database in
                try database.execute(
                    sql: "UPDATE job SET state = 'cancelled', finishedAt = 1 WHERE kind = 'evaluation' OR id = ?",
                    arguments: [deletion.id.rawValue])
            }
            try database.close()
            let report = try FolderVerification(folder: DataFolder(folder)).run()
            #expect(Set(report.findings.map(\.code)) == ["evaluationWithoutJob", "deletionWithoutJob"])
            #expect(!report.isSound)
        }
    }

    @Test("A folder without a catalog, or with something else in its place, is an error in words")
    func noCatalog() async throws {
        try await withFolder { folder in
            #expect(throws: StoreError.self) { try FolderVerification(folder: DataFolder(folder)).run() }
            try Data("no catalog".utf8).write(to: folder.appending(path: "catalog.sqlite"))
            #expect(throws: StoreError.self) { try FolderVerification(folder: DataFolder(folder)).run() }
        }
    }

    @Test("A backup made while the store is written to comes back as one moment, and can be worked in")
    func backup() async throws {
        try await withFolder { folder in
            let store = try await filled(folder.appending(path: "data"), count: 20)
            let container = ContainerAddress(account: "fruit", name: "photos")
            let file = folder.appending(path: "backup.tar")
            async let writing: Void = {
                for index in 0..<60 {
                    let address = BlobAddress(container, "later-\(index).jpg")
                    try await store.blobs.put(address, Array("later \(index)".utf8), BlobUpload())
                    if index % 3 == 0 { try await store.blobs.deleteBlob(address, conditions: BlobConditions()) }
                }
            }()
            let bytes = try FolderBackup(folder: store.folder).write(to: file)
            try await writing
            #expect(bytes > 0)
            #expect(
                !(try FileManager.default.contentsOfDirectory(atPath: store.folder.path)).contains {
                    $0.hasPrefix("backup-")
                })
            #expect(throws: StoreError.self) { try FolderBackup(folder: store.folder).write(to: file) }
            try store.close()

            let target = DataFolder(folder.appending(path: "again"))
            let report = try FolderBackup(folder: target).restore(from: file)
            #expect(report.isSound && report.contents >= 20)
            let restored = try Store(opening: target)
            #expect(
                try await restored.bytes(BlobAddress(container, "photo-7.jpg")) == Array("bytes of photo 7".utf8))
            try await restored.blobs.put(BlobAddress(container, "new.jpg"), [1, 2], BlobUpload())
            try restored.close()
            #expect(throws: StoreError.self, "a folder that holds something is not overwritten") {
                try FolderBackup(folder: target).restore(from: file)
            }
        }
    }

    @Test("A backup that was cut or is something else leaves no folder behind")
    func damagedBackup() async throws {
        try await withFolder { folder in
            let store = try await filled(folder.appending(path: "data"))
            let file = folder.appending(path: "backup.tar")
            _ = try FolderBackup(folder: store.folder).write(to: file)
            try store.close()
            let whole = try Data(contentsOf: file)
            let target = folder.appending(path: "again")
            for bad in [whole.prefix(whole.count / 3), Data("no tar".utf8)] {
                try bad.write(to: file)
                #expect(throws: StoreError.self) {
                    try FolderBackup(folder: DataFolder(target)).restore(from: file)
                }
                #expect(!FileManager.default.fileExists(atPath: target.path))
                #expect(!FileManager.default.fileExists(atPath: target.path + ".partial"))
            }
        }
    }
}
