import Foundation
import PomonaStore
import Testing

@Suite("Store: sweeping")
struct SweepTests {
    @Test("Files that a crash left are removed at the next start, and no others")
    func orphans() async throws {
        try await withFolder { folder in
            let data = DataFolder(folder)
            let address = BlobAddress(ContainerAddress(account: "fruit", name: "photos"), "a")
            do {
                let store = try Store(opening: data)
                try await store.makeContainer()
                try await store.blobs.put(address, [1, 2, 3])
                try store.close()
            }
            let orphan = String(repeating: "ab", count: 16)
            for path in [
                "blobs/ab/\(orphan)", "blobs/00/\(String(repeating: "0", count: 32)).part", "models/\(orphan).onnx",
                "derived/ab/\(orphan).thumbnail",
            ] {
                try Data([1]).write(to: folder.appending(path: path))
            }
            try FileManager.default.createDirectory(
                at: folder.appending(path: "jobs/77"), withIntermediateDirectories: false)
            let store = try Store(opening: data)
            try await store.sweep()
            #expect(try store.contentFiles().count == 1)
            #expect(try store.files(in: "models").isEmpty)
            #expect(try store.files(in: "derived").isEmpty)
            #expect(!FileManager.default.fileExists(atPath: folder.appending(path: "jobs/77").path))
            #expect(try await store.bytes(address) == [1, 2, 3])
        }
    }

    @Test("A sweep beside uploads takes none of their files")
    func besideUploads() async throws {
        try await withContainer { store, container in
            let sweeps = Task { while !Task.isCancelled { try await store.sweep() } }
            let put = await (0..<60).concurrentlyMapped { number in
                let bytes = someBytes(40_000, seed: UInt64(number))
                return (try? await store.blobs.put(BlobAddress(container, "\(number)"), bytes)) != nil
            }
            sweeps.cancel()
            _ = await sweeps.result
            #expect(put == Array(repeating: true, count: 60))
            for number in 0..<60 {
                let bytes = try await store.bytes(BlobAddress(container, "\(number)"))
                #expect(bytes == someBytes(40_000, seed: UInt64(number)))
            }
        }
    }

    @Test("Staged blocks wait for a week")
    func oldBlocks() async throws {
        let clock = TestClock()
        try await withContainer(clock: clock.clock) { store, container in
            let address = BlobAddress(container, "a")
            try await store.blobs.stageBlock(
                "AAAA", of: address, Pieces([[1]]), expectedLength: nil, expectedMD5: nil, maximumLength: nil)
            clock.advance(seconds: 6 * 24 * 3_600)
            try await store.sweep()
            #expect(try await store.blobs.blockList(of: address).uncommitted.count == 1)
            clock.advance(seconds: 2 * 24 * 3_600)
            try await store.sweep()
            await #expect(throws: BlobError.self) { try await store.blobs.blockList(of: address) }
            #expect(try store.contentFiles().isEmpty)
        }
    }
}
