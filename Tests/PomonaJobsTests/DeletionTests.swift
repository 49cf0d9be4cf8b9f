import Foundation
import PomonaJobs
import PomonaStore
import Testing

@Suite("DeletionHandler")
struct DeletionTests {
    private static let photos = ContainerAddress(account: "fruit", name: "photos")

    /// A group with a blob, whose deletion has begun.
    private func withDeletion(_ body: (Store, ResourceGroup.ID, Job) async throws -> Void) async throws {
        try await withStore { store in
            let group = try await store.catalog.createGroup(named: "Orchard").id
            _ = try await store.catalog.createAccount(named: "fruit", in: group)
            try await store.blobs.createContainer(Self.photos, metadata: [:], publicAccess: .none)
            try await store.blobs.put(BlobAddress(container: Self.photos, name: "a.jpg"), [1, 2, 3])
            let job = try await store.catalog.beginDeleting(group, typed: "Orchard") { group in
                try NewJob(.deletion, title: "Delete", DeletionPayload(group: group.id), group: nil, person: nil)
            }
            try await body(store, group, job)
        }
    }

    private func isGone(_ group: ResourceGroup.ID, from store: Store) async throws -> Bool {
        let report = try FolderVerification(folder: store.folder).run()
        #expect(report.findings.isEmpty, "\(report.findings)")
        return try await store.catalog.groups().isEmpty && report.blobs == 0 && report.contents == 0
    }

    @Test("From its beginning nothing in the group can be reached or made, and in the end nothing is left")
    func deletion() async throws {
        try await withDeletion { store, group, job in
            await #expect(throws: BlobError.self) { try await store.blobs.container(Self.photos) }
            await #expect(throws: BlobError.self) {
                try await store.blobs.put(BlobAddress(container: Self.photos, name: "b.jpg"), [4])
            }
            await #expect(throws: BlobError.self) {
                try await store.blobs.createContainer(
                    ContainerAddress(account: "fruit", name: "later"), metadata: [:], publicAccess: .none)
            }
            try await withQueue(store, [JobKind.deletion.rawValue: DeletionHandler(store: store)]) {
                _ = try await wait(for: .succeeded, of: job, in: store)
            }
            #expect(try await isGone(group, from: store))
        }
    }

    @Test("A deletion whose job ended without it is queued again, once, and goes to its end")
    func resumes() async throws {
        try await withDeletion { store, group, job in
            #expect(try await store.resumeDeletions().isEmpty, "one job is enough")
            _ = try await store.catalog.cancelJob(job.id)
            let again = try await store.resumeDeletions()
            #expect(again.count == 1)
            #expect(try await store.resumeDeletions().isEmpty)
            // A program that died at it.
            _ = try await store.catalog.claimJob(
                kinds: [JobKind.deletion.rawValue], places: [:], defaultPlaces: 1, leasedFor: .seconds(30))
            try await withQueue(store, [JobKind.deletion.rawValue: DeletionHandler(store: store)]) {
                let row = try await wait(for: .succeeded, of: again[0], in: store)
                #expect(row.attempts == 2)
            }
            #expect(try await isGone(group, from: store))
        }
    }
}
