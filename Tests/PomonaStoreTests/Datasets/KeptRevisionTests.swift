import Foundation
import PomonaCore
import PomonaStore
import Testing

@Suite("Store: frozen revisions in use")
struct KeptRevisionTests {
    private static let job = NewJob(kind: "training", payload: "{}")

    /// A group with two datasets of one photo each, frozen.
    private func withRevisions(
        _ body: (Store, ResourceGroup.ID, [(dataset: Dataset.ID, revision: DatasetRevision.ID)]) async throws -> Void
    ) async throws {
        try await withContainer { store, container in
            let group = try await store.catalog.account(named: container.account).group
            var made: [(Dataset.ID, DatasetRevision.ID)] = []
            for number in 1...2 {
                let address = BlobAddress(container, "\(number).jpg")
                try await store.blobs.put(address, someBytes(50, seed: UInt64(number)))
                let dataset = try await store.catalog.createDataset(
                    NewDataset(name: "set \(number)", kind: .objectDetection, container: container), in: group)
                let hash = Data(repeating: UInt8(number), count: 32)
                let revision = try await store.catalog.freeze(
                    NewRevision(
                        dataset: dataset.id, labelsSHA256: hash, photosSHA256: hash,
                        photos: [
                            NewRevision.Photo(blob: address, sha256: try await store.blobs.blob(address).sha256)
                        ],
                        body: someBytes(20, seed: UInt64(number))))
                made.append((dataset.id, revision.id))
            }
            try await body(store, group, made)
        }
    }

    @Test("What a model waits to learn from and to be measured on outlives its datasets, and goes with the model")
    func models() async throws {
        try await withRevisions { store, group, made in
            let model = try await store.catalog.createModel(
                NewModel(
                    name: "fruit", kind: .genericDetector, parameters: "{}", revisions: made.map(\.revision)), in: group
            ) { _ in Self.job }
            for (dataset, _) in made { try await store.catalog.deleteDataset(dataset, ifMatch: nil) }
            for (_, revision) in made {
                #expect(try await store.catalog.revision(revision).dataset == nil)
                #expect(try await store.catalog.photoFiles(of: revision).count == 1)
            }
            _ = try await store.catalog.cancelJob(try #require(model.job))
            try await store.catalog.deleteModel(model.id)
            for (_, revision) in made {
                await #expect(throws: StoreError.self) { try await store.catalog.revision(revision) }
            }
        }
    }

    @Test("What an evaluation waits to measure on outlives its dataset, and goes with the evaluation")
    func evaluations() async throws {
        try await withRevisions { store, group, made in
            let model = try await store.catalog.createModel(
                NewModel(name: "fruit", kind: .genericDetector, parameters: "{}"), in: group, job: nil)
            let (dataset, revision) = made[0]
            let evaluation = try await store.catalog.createEvaluation(
                named: "first", of: model.id, on: dataset, revision: revision
            ) { _ in NewJob(kind: "evaluation", payload: "{}") }
            #expect(evaluation.revision == revision)
            try await store.catalog.deleteDataset(dataset, ifMatch: nil)
            #expect(try await store.catalog.photoFiles(of: revision).count == 1)
            _ = try await store.catalog.cancelJob(try #require(evaluation.job))
            try await store.catalog.deleteEvaluation(evaluation.id)
            await #expect(throws: StoreError.self) { try await store.catalog.revision(revision) }
        }
    }

    @Test("A revision whose dataset went before the model was made is an error in words, and there is no model")
    func gone() async throws {
        try await withRevisions { store, group, made in
            try await store.catalog.deleteDataset(made[0].dataset, ifMatch: nil)
            let error = await #expect(throws: StoreError.self) {
                _ = try await store.catalog.createModel(
                    NewModel(name: "fruit", kind: .genericDetector, parameters: "{}", revisions: [made[0].revision]),
                    in: group
                ) { _ in Self.job }
            }
            #expect(error?.kind == .missing)
            #expect(try await store.catalog.models(in: group, skip: 0, limit: 10).isEmpty)
        }
    }
}
