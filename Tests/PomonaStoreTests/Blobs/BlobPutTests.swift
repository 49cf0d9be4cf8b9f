import Crypto
import Foundation
import PomonaStore
import Testing

@Suite("FileBlobStore: putting and reading")
struct BlobPutTests {
    @Test("A blob is read as it was put, with its headers, metadata and hashes")
    func roundTrip() async throws {
        try await withContainer { store, container in
            let address = BlobAddress(container, "bowls/first one.jpg")
            let bytes = someBytes(700_001)
            let headers = BlobHeaders(contentType: "image/jpeg", cacheControl: "max-age=60")
            let put = try await store.blobs.put(
                address, Pieces([Array(bytes[..<5]), [], Array(bytes[5..<300_000]), Array(bytes[300_000...])]),
                BlobUpload(headers: headers, metadata: ["Farm": "Hill"], expectedLength: 700_001))
            #expect(put.length == 700_001)
            #expect(put.md5 == Data(Insecure.MD5.hash(data: bytes)))
            #expect(put.sha256 == Data(SHA256.hash(data: bytes)))
            #expect(put.headers.contentType == "image/jpeg")
            #expect(put.headers.contentMD5 == put.md5)
            #expect(put.metadata == ["Farm": "Hill"])
            #expect(try await store.blobs.blob(address) == put)
            #expect(try await store.bytes(address) == bytes)
        }
    }

    @Test("An empty blob is a blob, and no range of it can be read")
    func empty() async throws {
        try await withContainer { store, container in
            let address = BlobAddress(container, "nothing")
            let blob = try await store.blobs.put(address, [])
            #expect(blob.length == 0)
            #expect(try await store.bytes(address).isEmpty)
            await #expect(throws: BlobError.self) { try await store.blobs.read(address, range: .from(0)) }
        }
    }

    @Test(
        "A range is read as that part of the whole",
        arguments: [
            (ByteRange.from(600_000), 600_000..<700_001), (.bounds(first: 262_100, last: 262_199), 262_100..<262_200),
            (.suffix(3), 699_998..<700_001), (.bounds(first: 0, last: 9_000_000), 0..<700_001),
        ])
    func ranges(range: ByteRange, expected: Range<Int>) async throws {
        try await withContainer { store, container in
            let address = BlobAddress(container, "a")
            let bytes = someBytes(700_001)
            try await store.blobs.put(address, bytes)
            let reading = try await store.blobs.read(address, range: range)
            #expect(reading.range == Int64(expected.lowerBound)..<Int64(expected.upperBound))
            #expect(try await reading.bytes.collected(upTo: 1 << 20) == Array(bytes[expected]))
        }
    }

    @Test("Putting again replaces bytes, headers and tag, and leaves one file")
    func replace() async throws {
        try await withContainer { store, container in
            let address = BlobAddress(container, "a")
            let first = try await store.blobs.put(
                address, [1, 2, 3], BlobUpload(headers: BlobHeaders(contentLanguage: "de"), metadata: ["k": "v"]))
            let second = try await store.blobs.put(address, [4])
            #expect(second.eTag != first.eTag)
            #expect(second.headers.contentLanguage == nil)
            #expect(second.metadata.isEmpty)
            #expect(try await store.bytes(address) == [4])
            #expect(try store.contentFiles().count == 1)
        }
    }

    @Test("Bytes that are too few, too many, broken or cut off change nothing and leave no file")
    func refusedUploads() async throws {
        try await withContainer { store, container in
            let address = BlobAddress(container, "a")
            let old = try await store.blobs.put(address, [1, 2, 3])
            await #expect(throws: BlobError.self) {
                try await store.blobs.put(address, [1, 2], BlobUpload(expectedLength: 3))
            }
            await #expect(throws: BlobError.self) {
                try await store.blobs.put(address, [1, 2], BlobUpload(expectedMD5: Data(repeating: 0, count: 16)))
            }
            await #expect(throws: BlobError.self) {
                try await store.blobs.put(address, Pieces([[1, 2], [3, 4]]), BlobUpload(maximumLength: 3))
            }
            await #expect(throws: LineLost.self) {
                try await store.blobs.put(address, Pieces([[9, 9]], failure: LineLost()), BlobUpload())
            }
            #expect(try await store.blobs.blob(address) == old)
            #expect(try await store.bytes(address) == [1, 2, 3])
            #expect(try store.contentFiles().count == 1)
        }
    }

    @Test("An upload whose task is cancelled is no short blob")
    func cancelledUpload() async throws {
        try await withContainer { store, container in
            let address = BlobAddress(container, "a")
            let (bytes, more) = AsyncStream.makeStream(of: [UInt8].self)
            more.yield([1, 2])
            let upload = Task { try await store.blobs.put(address, bytes, BlobUpload()) }
            try await Task.sleep(for: .milliseconds(50))
            upload.cancel()
            await #expect(throws: CancellationError.self) { try await upload.value }
            await #expect(throws: BlobError.self) { try await store.blobs.blob(address) }
            #expect(try store.contentFiles().isEmpty)
        }
    }

    @Test("Conditions guard a put: only create, only replace the version that was read")
    func conditions() async throws {
        try await withContainer { store, container in
            let address = BlobAddress(container, "a")
            await #expect {
                try await store.blobs.put(address, [1], BlobUpload(conditions: BlobConditions(ifMatch: .any)))
            } throws: { error in
                guard case BlobError.conditionNotMet(_, .ifMatch) = error else { return false }
                return true
            }
            let first = try await store.blobs.put(address, [1], BlobUpload(conditions: .onlyIfAbsent))
            await #expect {
                try await store.blobs.put(address, [2], BlobUpload(conditions: .onlyIfAbsent))
            } throws: { error in
                guard case BlobError.blobExists(address) = error else { return false }
                return true
            }
            let match = BlobUpload(conditions: BlobConditions(ifMatch: .oneOf([first.eTag])))
            try await store.blobs.put(address, [3], match)
            await #expect(throws: BlobError.self) { try await store.blobs.put(address, [4], match) }
            #expect(try await store.bytes(address) == [3])
        }
    }

    @Test("Of thirty creates of one name at once exactly one succeeds, and its bytes are there")
    func race() async throws {
        try await withContainer { store, container in
            let address = BlobAddress(container, "a")
            let winners = await (0..<30).concurrentlyMapped { number -> UInt8? in
                let bytes = Array(repeating: UInt8(number), count: 1_000)
                let put = try? await store.blobs.put(address, bytes, BlobUpload(conditions: .onlyIfAbsent))
                return put.map { _ in UInt8(number) }
            }.compactMap(\.self)
            #expect(winners.count == 1)
            let bytes = try await store.bytes(address)
            #expect(bytes == Array(repeating: winners[0], count: 1_000))
            #expect(try store.contentFiles().count == 1)
        }
    }

    @Test("A reader goes on with what it opened while the blob is replaced and deleted")
    func readerOutlivesBlob() async throws {
        try await withContainer { store, container in
            let address = BlobAddress(container, "a")
            let bytes = someBytes(600_000)
            try await store.blobs.put(address, bytes)
            let reading = try await store.blobs.read(address)
            try await store.blobs.put(address, [1])
            try await store.blobs.deleteBlob(address, conditions: .none)
            #expect(try await reading.bytes.collected(upTo: 1 << 20) == bytes)
            #expect(try store.contentFiles().isEmpty)
        }
    }

    @Test(
        "Names are kept byte by byte, whatever they hold",
        arguments: [
            "a b/c%20d?.jpg", "../../etc/passwd", "/", "Äpfel\u{301}", "苹果/🍏.png", "<script>", "a\\b",
            String(repeating: "x", count: 1_024),
        ])
    func names(name: String) async throws {
        try await withContainer { store, container in
            let address = BlobAddress(container, name)
            try await store.blobs.put(address, [7])
            let listed = try await store.blobs.blobs(in: container, BlobListQuery()).blobs
            #expect(listed.map { Array($0.address.name.utf8) } == [Array(name.utf8)])
            #expect(try await store.bytes(address) == [7])
        }
    }

    @Test("Two spellings of one letter are two blobs")
    func spellings() async throws {
        try await withContainer { store, container in
            try await store.blobs.put(BlobAddress(container, "\u{C4}"), [1])
            try await store.blobs.put(BlobAddress(container, "A\u{308}"), [2])
            #expect(try await store.bytes(BlobAddress(container, "\u{C4}")) == [1])
            #expect(try await store.bytes(BlobAddress(container, "A\u{308}")) == [2])
        }
    }

    @Test(
        "Names that no client could send back are refused",
        arguments: ["", "a\u{0}b", "a\nb", String(repeating: "x", count: 1_025)])
    func badNames(name: String) async throws {
        try await withContainer { store, container in
            await #expect(throws: BlobError.self) { try await store.blobs.put(BlobAddress(container, name), [7]) }
        }
    }

    @Test("A clock that was put back does not make a change older than the one before")
    func clockBack() async throws {
        let clock = TestClock()
        try await withContainer(clock: clock.clock) { store, container in
            let address = BlobAddress(container, "a")
            let first = try await store.blobs.put(address, [1])
            clock.setBack(seconds: 3_600)
            let second = try await store.blobs.put(address, [2])
            #expect(second.modifiedAt == first.modifiedAt)
            #expect(
                try await store.blobs.setMetadata(["a": "b"], of: address, conditions: .none).modifiedAt
                    == first.modifiedAt)
        }
    }
}
