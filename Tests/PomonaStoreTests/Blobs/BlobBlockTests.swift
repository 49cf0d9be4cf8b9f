import Crypto
import Foundation
import PomonaStore
import Testing

@Suite("FileBlobStore: blocks")
struct BlobBlockTests {
    private static func id(_ number: Int) -> String { Data("block-\(1_000 + number)".utf8).base64EncodedString() }

    private static func stage(_ number: Int, _ bytes: [UInt8], _ address: BlobAddress, _ store: Store) async throws {
        try await store.blobs.stageBlock(
            id(number), of: address, Pieces([bytes]), expectedLength: Int64(bytes.count), expectedMD5: nil,
            maximumLength: nil)
    }

    private static func isMissingBlock(_ error: any Error) -> Bool {
        if case BlobError.blockMissing = error { true } else { false }
    }

    @Test("Blocks staged in any order make the blob that the list says, and nothing else remains")
    func commit() async throws {
        try await withContainer { store, container in
            let address = BlobAddress(container, "big")
            let parts = (0..<4).map { someBytes(300_000, seed: UInt64($0) + 1) }
            for number in [2, 0, 3, 1] { try await Self.stage(number, parts[number], address, store) }
            let staged = try await store.blobs.blockList(of: address)
            #expect(staged.blob == nil)
            #expect(staged.uncommitted == (0..<4).map { BlobBlock(id: Self.id($0), length: 300_000) })
            let whole = parts[0] + parts[2] + parts[0]
            let blob = try await store.blobs.commitBlocks(
                [
                    BlockReference(.latest, Self.id(0)), BlockReference(.uncommitted, Self.id(2)),
                    BlockReference(.latest, Self.id(0)),
                ],
                to: address, BlobUpload(headers: BlobHeaders(contentType: "image/jpeg"), expectedLength: 900_000))
            #expect(blob.sha256 == Data(SHA256.hash(data: whole)))
            #expect(blob.headers.contentType == "image/jpeg")
            #expect(try await store.bytes(address) == whole)
            let list = try await store.blobs.blockList(of: address)
            #expect(list.committed.map(\.id) == [Self.id(0), Self.id(2), Self.id(0)])
            #expect(list.uncommitted.isEmpty)
            #expect(try store.contentFiles().count == 1)
        }
    }

    @Test("A blob can be changed block by block: kept, replaced and added ones")
    func change() async throws {
        try await withContainer { store, container in
            let address = BlobAddress(container, "big")
            for number in 0..<3 { try await Self.stage(number, [UInt8(number)], address, store) }
            let all = (0..<3).map { BlockReference(.latest, Self.id($0)) }
            let first = try await store.blobs.commitBlocks(all, to: address, BlobUpload())
            try await Self.stage(1, [7, 8], address, store)
            try await Self.stage(3, [9], address, store)
            let list = [
                BlockReference(.committed, Self.id(2)), BlockReference(.latest, Self.id(1)),
                BlockReference(.committed, Self.id(1)), BlockReference(.latest, Self.id(0)),
            ]
            try await store.blobs.commitBlocks(
                list, to: address, BlobUpload(conditions: BlobConditions(ifMatch: .oneOf([first.eTag]))))
            #expect(try await store.bytes(address) == [2, 7, 8, 1, 0])
            #expect(try store.contentFiles().count == 1)
            await #expect(throws: BlobError.self) {
                try await store.blobs.commitBlocks(
                    list, to: address, BlobUpload(conditions: BlobConditions(ifMatch: .oneOf([first.eTag]))))
            }
        }
    }

    @Test("A copy keeps the blocks, so that it can be changed by them")
    func copiedBlocks() async throws {
        try await withContainer { store, container in
            let (address, other) = (BlobAddress(container, "a"), BlobAddress(container, "b"))
            for number in 0..<2 { try await Self.stage(number, [UInt8(number)], address, store) }
            try await store.blobs.commitBlocks(
                (0..<2).map { BlockReference(.latest, Self.id($0)) }, to: address, BlobUpload())
            try await store.blobs.copy(from: address, to: other, BlobCopy())
            try await store.blobs.commitBlocks([BlockReference(.committed, Self.id(1))], to: other, BlobUpload())
            #expect(try await store.bytes(other) == [1])
            #expect(try await store.bytes(address) == [0, 1])
        }
    }

    @Test("A list that names a block that is not there changes nothing")
    func missingBlocks() async throws {
        try await withContainer { store, container in
            let address = BlobAddress(container, "a")
            try await Self.stage(0, [1], address, store)
            await #expect(
                performing: {
                    try await store.blobs.commitBlocks([BlockReference(.latest, Self.id(5))], to: address, BlobUpload())
                }, throws: Self.isMissingBlock)
            await #expect(
                performing: {
                    try await store.blobs.commitBlocks(
                        [BlockReference(.committed, Self.id(0))], to: address, BlobUpload())
                }, throws: Self.isMissingBlock)
            await #expect(throws: BlobError.self) {
                try await store.blobs.commitBlocks(
                    [BlockReference(.latest, Self.id(0))], to: address, BlobUpload(expectedLength: 2))
            }
            #expect(try await store.blobs.blockList(of: address).uncommitted.count == 1)
            await #expect(throws: BlobError.self) { try await store.blobs.blob(address) }
        }
    }

    @Test(
        "Block ids have to be base64, short and of one length",
        arguments: [
            "", "no!", Data(repeating: 1, count: 65).base64EncodedString(),
            Data("long block id".utf8).base64EncodedString(),
        ])
    func badIDs(id: String) async throws {
        try await withContainer { store, container in
            let address = BlobAddress(container, "a")
            try await Self.stage(0, [1], address, store)
            await #expect(throws: BlobError.self) {
                try await store.blobs.stageBlock(
                    id, of: address, Pieces([[1]]), expectedLength: nil, expectedMD5: nil, maximumLength: nil)
            }
            #expect(try store.contentFiles().count == 1)
        }
    }

    @Test("A broken block is refused, a block staged again replaces the first")
    func stageAgain() async throws {
        try await withContainer { store, container in
            let address = BlobAddress(container, "a")
            await #expect(throws: BlobError.self) {
                try await store.blobs.stageBlock(
                    Self.id(0), of: address, Pieces([[1]]), expectedLength: nil,
                    expectedMD5: Data(repeating: 0, count: 16), maximumLength: nil)
            }
            try await Self.stage(0, [1], address, store)
            try await Self.stage(0, [2, 3], address, store)
            try await store.blobs.commitBlocks([BlockReference(.latest, Self.id(0))], to: address, BlobUpload())
            #expect(try await store.bytes(address) == [2, 3])
            #expect(try store.contentFiles().count == 1)
        }
    }

    @Test("Putting and deleting a blob drop the blocks that were staged for it")
    func dropped() async throws {
        try await withContainer { store, container in
            let address = BlobAddress(container, "a")
            try await Self.stage(0, [1], address, store)
            try await store.blobs.put(address, [5])
            #expect(try await store.blobs.blockList(of: address).uncommitted.isEmpty)
            try await Self.stage(0, [1], address, store)
            try await store.blobs.deleteBlob(address, conditions: .none)
            await #expect(throws: BlobError.self) { try await store.blobs.blockList(of: address) }
            #expect(try store.contentFiles().isEmpty)
        }
    }

    @Test("Commits of one blob at once each give a whole blob, the last of them stays")
    func concurrentCommits() async throws {
        try await withContainer { store, container in
            let address = BlobAddress(container, "a")
            let results = await (0..<12).concurrentlyMapped { number -> Blob? in
                try? await Self.stage(number, someBytes(50_000, seed: UInt64(number)), address, store)
                return try? await store.blobs.commitBlocks(
                    [BlockReference(.uncommitted, Self.id(number))], to: address, BlobUpload())
            }
            // Each commit drops the blocks of the others, so some find theirs gone; at least one succeeds.
            let made = results.compactMap(\.self)
            #expect(!made.isEmpty)
            let last = try await store.blobs.blob(address)
            #expect(made.contains(last))
            #expect(Data(SHA256.hash(data: try await store.bytes(address))) == last.sha256)
        }
    }
}
