import Crypto
import Foundation
import PomonaStore
import Testing

@Suite("FileBlobStore: large blobs in pieces")
struct ComposedBlobTests {
    private static let blockLength = 9 << 20

    private static func id(_ number: Int) -> String { Data("block-\(1_000 + number)".utf8).base64EncodedString() }

    /// A block that no other number's resembles, and that differs from place to place.
    private static func block(_ number: Int) -> [UInt8] {
        let pattern = someBytes(4_096, seed: UInt64(number) + 1)
        return Array(repeating: pattern, count: blockLength / 4_096).flatMap { $0 }
    }

    private static func stage(_ numbers: Range<Int>, _ address: BlobAddress, _ store: Store) async throws {
        for number in numbers {
            try await store.blobs.stageBlock(
                id(number), of: address, Pieces([block(number)]), expectedLength: Int64(blockLength), expectedMD5: nil,
                maximumLength: nil)
        }
    }

    @discardableResult
    private static func commit(_ numbers: [Int], _ address: BlobAddress, _ store: Store) async throws -> Blob {
        try await store.blobs.commitBlocks(
            numbers.map { BlockReference(.latest, id($0)) }, to: address, BlobUpload())
    }

    /// A store with one blob of four blocks.
    private static func withBlob(_ body: (Store, BlobAddress) async throws -> Void) async throws {
        try await withContainer { store, container in
            let address = BlobAddress(container, "large.tif")
            try await stage(0..<4, address, store)
            try await commit([2, 0, 3, 1], address, store)
            try await body(store, address)
        }
    }

    private static let whole = [2, 0, 3, 1].flatMap(block)

    /// Waits for files that go after an answer.
    private static func settled(_ store: Store, count: Int) async throws -> Bool {
        for _ in 0..<200 {
            // One that goes while they are listed is an error of the listing.
            if let files = try? store.contentFiles(), files.count == count { return true }
            try await Task.sleep(for: .milliseconds(20))
        }
        return false
    }

    @Test("A large blob stays the files of its blocks, and reads like any other")
    func pieces() async throws {
        try await Self.withBlob { store, address in
            let blob = try await store.blobs.blob(address)
            #expect(blob.length == Int64(Self.whole.count))
            #expect(blob.sha256 == Data(SHA256.hash(data: Self.whole)))
            #expect(blob.md5 == nil && blob.headers.contentMD5 == nil)
            #expect(try store.contentFiles().count == 4)
            #expect(try await store.bytes(address) == Self.whole)
            let (from, to) = (Self.blockLength - 5, 2 * Self.blockLength + 7)
            let part = try await store.bytes(address, range: .bounds(first: Int64(from), last: Int64(to - 1)))
            #expect(part == Array(Self.whole[from..<to]))
            let report = try FolderVerification(folder: store.folder).run()
            #expect(report.isSound && report.findings.isEmpty, "\(report.findings)")
            #expect(report.contents == 5 && report.bytes == Int64(Self.whole.count))
            #expect(try await store.blobs.sweep() == 0)
            #expect(try await store.bytes(address) == Self.whole)
        }
    }

    @Test("It can be changed block by block without a byte of the others written again")
    func change() async throws {
        try await Self.withBlob { store, address in
            let before = Set(try store.contentFiles())
            try await Self.stage(4..<5, address, store)
            try await Self.commit([2, 4, 3, 2], address, store)
            #expect(try await store.bytes(address) == [2, 4, 3, 2].flatMap(Self.block))
            let after = Set(try store.contentFiles())
            #expect(after.count == 3 && after.subtracting(before).count == 1)
            let list = try await store.blobs.blockList(of: address)
            #expect(list.committed.map(\.id) == [2, 4, 3, 2].map(Self.id) && list.uncommitted.isEmpty)
            #expect(try FolderVerification(folder: store.folder).run().findings.isEmpty)
        }
    }

    @Test("Asked for as one file it is joined, once, and its blocks are still known")
    func joining() async throws {
        try await Self.withBlob { store, address in
            let paths = await (0..<3).concurrentlyMapped { _ in try? await store.blobs.localFile(of: address) }
            let path = try #require(paths.first ?? nil)
            #expect(paths.allSatisfy { $0 == path })
            #expect(try Data(contentsOf: URL(filePath: path)) == Data(Self.whole))
            #expect(try await Self.settled(store, count: 1))
            #expect(try await store.bytes(address) == Self.whole)
            #expect(try FolderVerification(folder: store.folder).run().findings.isEmpty)
            try await store.blobs.commitBlocks(
                [3, 0, 1, 2].map { BlockReference(.committed, Self.id($0)) }, to: address, BlobUpload())
            #expect(try await store.bytes(address) == [3, 0, 1, 2].flatMap(Self.block))
        }
    }

    @Test("Who began to read it reads on after it is deleted; then its files are gone")
    func readingOn() async throws {
        try await Self.withBlob { store, address in
            do {
                let reading = try await store.blobs.read(address)
                var iterator = reading.bytes.makeAsyncIterator()
                var found = try #require(try await iterator.next())
                try await store.blobs.deleteBlob(address, conditions: .none)
                #expect(try await store.blobs.sweep() == 0)
                while let piece = try await iterator.next() { found += piece }
                #expect(found == Self.whole)
            }
            #expect(try await Self.settled(store, count: 0))
        }
    }

    @Test("A copy shares the pieces; they go with the last of both")
    func copies() async throws {
        try await Self.withBlob { store, address in
            let other = BlobAddress(address.container, "copy.tif")
            try await store.blobs.copy(from: address, to: other, BlobCopy())
            try await store.blobs.deleteBlob(address, conditions: .none)
            #expect(try await store.bytes(other) == Self.whole)
            #expect(try store.contentFiles().count == 4)
            try await store.blobs.deleteContainer(address.container, conditions: .none)
            try await store.blobs.sweep()
            #expect(try await Self.settled(store, count: 0))
            #expect(try FolderVerification(folder: store.folder).run().findings.isEmpty)
        }
    }

    @Test("An MD5 or a length that was expected is measured, and another one is refused with nothing changed")
    func expectations() async throws {
        try await withContainer { store, container in
            let address = BlobAddress(container, "large.tif")
            try await Self.stage(0..<4, address, store)
            let list = (0..<4).map { BlockReference(.latest, Self.id($0)) }
            let md5 = Data(Insecure.MD5.hash(data: (0..<4).flatMap(Self.block)))
            for upload in [BlobUpload(expectedMD5: Data(repeating: 0, count: 16)), BlobUpload(expectedLength: 5)] {
                await #expect(throws: BlobError.self) {
                    try await store.blobs.commitBlocks(list, to: address, upload)
                }
            }
            #expect(try await store.blobs.blockList(of: address).uncommitted.count == 4)
            let blob = try await store.blobs.commitBlocks(list, to: address, BlobUpload(expectedMD5: md5))
            #expect(blob.md5 == md5)
        }
    }

    @Test("A backup holds it, and a changed byte of a piece is found")
    func safety() async throws {
        try await Self.withBlob { store, address in
            try await withFolder { folder in
                let file = folder.appending(path: "backup.tar")
                _ = try FolderBackup(folder: store.folder).write(to: file)
                let restored = DataFolder(folder.appending(path: "restored"))
                #expect(try FolderBackup(folder: restored).restore(from: file).isSound)
                let copy = try Store(opening: restored)
                defer { try? copy.close() }
                #expect(try await copy.bytes(address) == Self.whole)
            }
            let name = try #require(try store.contentFiles().first)
            let path = store.folder.url.appending(path: "blobs/\(name.prefix(2))/\(name)")
            var bytes = try Data(contentsOf: path)
            bytes[5] ^= 1
            try bytes.write(to: path)
            let codes = try FolderVerification(folder: store.folder).run().findings.map(\.code)
            #expect(codes == ["contentDamaged"])
        }
    }

    @Test("A frozen revision keeps a large photo as one file")
    func revision() async throws {
        try await Self.withBlob { store, address in
            let blob = try await store.blobs.blob(address)
            let group = try #require(try await store.catalog.groups().first { $0.name == "Orchard" })
            let dataset = try await store.catalog.createDataset(
                NewDataset(name: "training", kind: .objectDetection, container: address.container), in: group.id)
            let revision = try await store.catalog.freeze(
                NewRevision(
                    dataset: dataset.id, labelsSHA256: Data(repeating: 1, count: 32),
                    photosSHA256: Data(repeating: 2, count: 32),
                    photos: [NewRevision.Photo(blob: address, sha256: blob.sha256)], body: Array("{}".utf8)))
            let path = try #require(try await store.catalog.photoFiles(of: revision.id)[blob.sha256])
            try await store.blobs.deleteBlob(address, conditions: .none)
            #expect(try Data(contentsOf: URL(filePath: path)) == Data(Self.whole))
        }
    }
}
