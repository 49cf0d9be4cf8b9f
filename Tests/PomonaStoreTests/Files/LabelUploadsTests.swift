import Foundation
import PomonaStore
import Testing

@Suite("LabelUploads")
struct LabelUploadsTests {
    private func files(_ store: Store) throws -> [String] {
        try store.files(in: "uploads")
    }

    @Test("A file is kept under its name until it is dropped, readable to its owner only")
    func keeping() async throws {
        try await withStore { store in
            let kept = try await store.labelUploads.keep(Pieces([[1, 2], [], [3]]), name: "a/ä.json", limit: 3)
            #expect(kept.length == 3)
            let found = try #require(try await store.labelUploads.file(kept.id.uppercased()))
            #expect(found.name == "a/ä.json")
            #expect(try Data(contentsOf: found.file) == Data([1, 2, 3]))
            let mode = try FileManager.default.attributesOfItem(atPath: found.file.path)[.posixPermissions] as? NSNumber
            #expect(mode?.intValue == 0o600)
            await store.labelUploads.drop(kept.id)
            #expect(try await store.labelUploads.file(kept.id) == nil)
            #expect(try files(store).isEmpty)
        }
    }

    @Test("One that is too long, or breaks off, leaves nothing")
    func tooLong() async throws {
        try await withStore { store in
            let error = await #expect(throws: BlobError.self) {
                try await store.labelUploads.keep(Pieces([[1, 2], [3, 4]]), name: "long.json", limit: 3)
            }
            #expect(error?.message.contains("long.json") == true)
            await #expect(throws: LineLost.self) {
                try await store.labelUploads.keep(
                    Pieces([[1]], failure: LineLost()), name: "lost.json", limit: 3)
            }
            let left = try files(store)
            #expect(left.isEmpty)
        }
    }

    @Test("What is named must be one that was kept", arguments: ["../catalog.sqlite", "", "x", UUID().uuidString])
    func unknown(_ id: String) async throws {
        try await withStore { store in
            _ = try await store.labelUploads.keep(Pieces([[1]]), name: "a.json", limit: 3)
            #expect(try await store.labelUploads.file(id) == nil)
            await store.labelUploads.drop(id)
            #expect(try files(store).count == 2)
        }
    }

    @Test("After a day the sweep drops them, and younger ones stay")
    func sweeping() async throws {
        try await withStore { store in
            let old = try await store.labelUploads.keep(Pieces([[1]]), name: "old.json", limit: 3)
            let young = try await store.labelUploads.keep(Pieces([[2]]), name: "young.json", limit: 3)
            for name in try files(store) where name.hasPrefix(old.id) {
                try FileManager.default.setAttributes(
                    [.modificationDate: Date(timeIntervalSinceNow: -90_000)],
                    ofItemAtPath: store.folder.path + "/uploads/" + name)
            }
            try await store.sweep()
            #expect(try await store.labelUploads.file(old.id) == nil)
            #expect(try await store.labelUploads.file(young.id)?.name == "young.json")
            #expect(try files(store).count == 2)
        }
    }
}
