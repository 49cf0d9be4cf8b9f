import Foundation
import PomonaStore
import Testing

@Suite("FileBlobStore: containers")
struct ContainerTests {
    @Test("A container is kept with its metadata and access, and its tag changes with them")
    func changes() async throws {
        try await withStore { store in
            let address = try await store.makeContainer()
            let made = try await store.blobs.container(address)
            #expect(made.publicAccess == .none)
            let tagged = try await store.blobs.setMetadata(["a": "b"], of: address, conditions: .none)
            let opened = try await store.blobs.setAccess(
                .blob, policies: "<SignedIdentifiers/>", of: address, conditions: .none)
            #expect(opened.metadata == ["a": "b"])
            #expect(opened.publicAccess == .blob)
            #expect(Set([made.eTag, tagged.eTag, opened.eTag]).count == 3)
            #expect(try await store.blobs.container(address) == opened)
            await #expect(throws: BlobError.self) {
                try await store.blobs.setAccess(
                    .none, policies: String(repeating: "x", count: 70_000), of: address, conditions: .none)
            }
        }
    }

    @Test("A name is taken once per account, and accounts are told apart")
    func names() async throws {
        try await withStore { store in
            let address = try await store.makeContainer()
            await #expect {
                try await store.blobs.createContainer(address, metadata: [:], publicAccess: .none)
            } throws: { error in
                guard case BlobError.containerExists(address) = error else { return false }
                return true
            }
            let other = try await store.makeContainer(account: "other", group: "Other")
            let (first, second) = (try await store.blobs.container(address), try await store.blobs.container(other))
            #expect(first.id != second.id)
            await #expect {
                try await store.blobs.createContainer(
                    ContainerAddress(account: "nobody", name: "photos"), metadata: [:], publicAccess: .none)
            } throws: { error in
                guard case BlobError.accountMissing("nobody") = error else { return false }
                return true
            }
        }
    }

    @Test(
        "Names that Azure refuses are refused",
        arguments: ["", "ab", "Photos", "a--b", "-ab", "ab-", "a_b", "a.b", "äpfel", String(repeating: "a", count: 64)])
    func badNames(name: String) async throws {
        try await withStore { store in
            try await store.makeContainer()
            await #expect(throws: BlobError.self) {
                try await store.blobs.createContainer(
                    ContainerAddress(account: "fruit", name: name), metadata: [:], publicAccess: .none)
            }
        }
    }

    @Test("A deleted container's name is free at once, and its bytes go")
    func deletion() async throws {
        try await withStore { store in
            let address = try await store.makeContainer()
            for number in 0..<20 { try await store.blobs.put(BlobAddress(address, "\(number)"), [1]) }
            try await store.blobs.deleteContainer(address, conditions: .none)
            await #expect(throws: BlobError.self) { try await store.blobs.blob(BlobAddress(address, "1")) }
            await #expect(throws: BlobError.self) { try await store.blobs.put(BlobAddress(address, "1"), [1]) }
            try await store.blobs.createContainer(address, metadata: [:], publicAccess: .none)
            #expect(try await store.blobs.blobs(in: address, BlobListQuery()).entries.isEmpty)
            try await store.blobs.put(BlobAddress(address, "new"), [2])
            try await store.sweep()
            #expect(try store.contentFiles().count == 1)
            #expect(try await store.bytes(BlobAddress(address, "new")) == [2])
        }
    }

    @Test("Containers are listed in order, by prefix and page by page")
    func listing() async throws {
        try await withStore { store in
            try await store.makeContainer("box-0")
            for number in (1..<25).reversed() {
                try await store.blobs.createContainer(
                    ContainerAddress(account: "fruit", name: "box-\(number)"), metadata: [:], publicAccess: .none)
            }
            try await store.blobs.createContainer(
                ContainerAddress(account: "fruit", name: "crate"), metadata: [:], publicAccess: .none)
            var names: [String] = []
            var marker: String?
            repeat {
                let page = try await store.blobs.containers(
                    ofAccount: "fruit", prefix: "box-", marker: marker, maximumCount: 7)
                #expect(page.containers.count <= 7)
                names += page.containers.map(\.address.name)
                marker = page.nextMarker
            } while marker != nil
            #expect(names == (0..<25).map { "box-\($0)" }.sorted())
        }
    }
}
