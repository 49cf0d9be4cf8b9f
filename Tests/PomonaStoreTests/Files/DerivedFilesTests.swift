import Foundation
import PomonaStore
import Synchronization
import Testing

@Suite("DerivedFiles")
struct DerivedFilesTests {
    @Test("A thumbnail is made once, however many ask for it and whenever")
    func once() async throws {
        try await withContainer { store, container in
            let blob = try await store.blobs.put(BlobAddress(container, "a"), [1])
            let count = Mutex(0)
            let all = await (0..<20).concurrentlyMapped { _ in
                try? await store.derived.bytes(of: blob.sha256, variant: "thumbnail-320") {
                    try await Task.sleep(for: .milliseconds(5))
                    count.withLock { $0 += 1 }
                    return Data([4, 2])
                }
            }
            #expect(all == Array(repeating: Data([4, 2]), count: 20))
            let again = try await store.derived.bytes(of: blob.sha256, variant: "thumbnail-320") { Data([9]) }
            #expect(again == Data([4, 2]))
            #expect(count.withLock(\.self) == 1)
            let other = try await store.derived.bytes(of: blob.sha256, variant: "thumbnail-64") { Data([3]) }
            #expect(other == Data([3]))
        }
    }

    @Test("A failure is told and not remembered")
    func failure() async throws {
        try await withStore { store in
            let hash = Data(repeating: 7, count: 32)
            await #expect(throws: LineLost.self) {
                try await store.derived.bytes(of: hash, variant: "a") { throw LineLost() }
            }
            let bytes = try await store.derived.bytes(of: hash, variant: "a") { Data([1]) }
            #expect(bytes == Data([1]))
        }
    }

    @Test("What was made goes with the bytes it was made from")
    func swept() async throws {
        try await withContainer { store, container in
            let address = BlobAddress(container, "a")
            let blob = try await store.blobs.put(address, [1])
            _ = try await store.derived.bytes(of: blob.sha256, variant: "thumbnail-320") { Data([4, 2]) }
            try await store.sweep()
            #expect(try store.files(in: "derived").count == 1)
            try await store.blobs.deleteBlob(address, conditions: .none)
            try await store.sweep()
            #expect(try store.files(in: "derived").isEmpty)
        }
    }

    @Test("A variant that is no plain word is refused", arguments: ["", "../x", "A", "a/b"])
    func variants(variant: String) async throws {
        try await withStore { store in
            await #expect(throws: StoreError.self) {
                _ = try await store.derived.bytes(of: Data(repeating: 7, count: 32), variant: variant) { Data([1]) }
            }
        }
    }
}
