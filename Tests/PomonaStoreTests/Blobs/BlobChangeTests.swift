import Foundation
import PomonaStore
import Testing

@Suite("FileBlobStore: copying, changing and deleting")
struct BlobChangeTests {
    @Test("A copy shares the bytes and outlives its source")
    func copy() async throws {
        try await withContainer { store, container in
            let (source, destination) = (BlobAddress(container, "a"), BlobAddress(container, "copies/a"))
            let headers = BlobHeaders(contentType: "image/png")
            let original = try await store.blobs.put(
                source, [1, 2], BlobUpload(headers: headers, metadata: ["k": "v"]))
            let copy = try await store.blobs.copy(from: source, to: destination, BlobCopy())
            #expect(copy.headers.contentType == "image/png")
            #expect(copy.metadata == ["k": "v"])
            #expect(copy.sha256 == original.sha256)
            #expect(copy.eTag != original.eTag)
            #expect(try store.contentFiles().count == 1)
            try await store.blobs.deleteBlob(source, conditions: .none)
            #expect(try await store.bytes(destination) == [1, 2])
            try await store.blobs.deleteBlob(destination, conditions: .none)
            #expect(try store.contentFiles().isEmpty)
        }
    }

    @Test("A copy can have metadata of its own, and asks conditions of both ends")
    func copyConditions() async throws {
        try await withContainer { store, container in
            let (source, destination) = (BlobAddress(container, "a"), BlobAddress(container, "b"))
            try await store.blobs.put(source, [1, 2], BlobUpload(metadata: ["k": "v"]))
            let copy = try await store.blobs.copy(from: source, to: destination, BlobCopy(metadata: [:]))
            #expect(copy.metadata.isEmpty)
            await #expect(throws: BlobError.self) {
                try await store.blobs.copy(from: source, to: destination, BlobCopy(conditions: .onlyIfAbsent))
            }
            let stale = BlobConditions(ifMatch: .oneOf([copy.eTag]))
            await #expect(throws: BlobError.self) {
                try await store.blobs.copy(from: source, to: destination, BlobCopy(sourceConditions: stale))
            }
            await #expect(throws: BlobError.self) {
                try await store.blobs.copy(from: BlobAddress(container, "c"), to: destination, BlobCopy())
            }
            #expect(try await store.blobs.copy(from: source, to: source, BlobCopy()).length == 2)
            #expect(try await store.bytes(source) == [1, 2])
        }
    }

    @Test("Headers and metadata change with a new tag and without new bytes")
    func properties() async throws {
        try await withContainer { store, container in
            let address = BlobAddress(container, "a")
            let put = try await store.blobs.put(address, [1], BlobUpload(metadata: ["k": "v"]))
            let typed = try await store.blobs.setHeaders(
                BlobHeaders(contentType: "text/plain"), of: address,
                conditions: BlobConditions(ifMatch: .oneOf([put.eTag])))
            #expect(typed.headers == BlobHeaders(contentType: "text/plain"))
            #expect(typed.metadata == ["k": "v"])
            let tagged = try await store.blobs.setMetadata(["Ö": "ß \"x\""], of: address, conditions: .none)
            #expect(Set([put.eTag, typed.eTag, tagged.eTag]).count == 3)
            #expect(try await store.blobs.blob(address) == tagged)
            #expect(tagged.headers.contentType == "text/plain")
            await #expect(throws: BlobError.self) {
                try await store.blobs.setMetadata(
                    [:], of: address, conditions: BlobConditions(ifMatch: .oneOf([put.eTag])))
            }
        }
    }

    @Test("A deleted blob is gone, and deleting it again says so")
    func delete() async throws {
        try await withContainer { store, container in
            let address = BlobAddress(container, "a")
            let blob = try await store.blobs.put(address, [1])
            await #expect(throws: BlobError.self) {
                try await store.blobs.deleteBlob(address, conditions: BlobConditions(ifNoneMatch: .oneOf([blob.eTag])))
            }
            try await store.blobs.deleteBlob(address, conditions: .none)
            await #expect {
                try await store.blobs.deleteBlob(address, conditions: .none)
            } throws: { error in
                guard case BlobError.blobMissing(address) = error else { return false }
                return true
            }
        }
    }

    @Test("A read asks its conditions, and says which one failed")
    func readConditions() async throws {
        try await withContainer { store, container in
            let address = BlobAddress(container, "a")
            let blob = try await store.blobs.put(address, [1])
            await #expect {
                try await store.blobs.read(
                    address, range: nil, conditions: BlobConditions(ifNoneMatch: .oneOf([blob.eTag])))
            } throws: { error in
                guard case BlobError.conditionNotMet(_, let condition) = error else { return false }
                return condition.meansNotModified
            }
        }
    }
}
