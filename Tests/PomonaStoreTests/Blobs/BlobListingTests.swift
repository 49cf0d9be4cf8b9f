import PomonaStore
import Testing

@Suite("FileBlobStore: listing")
struct BlobListingTests {
    private static let names = [
        "a", "a/", "a//b", "a/b", "a/b/c", "a/b/d", "a0", "ab/c", "b", "b/c", "c/x/y", "c/x/z", "d\u{301}",
        "\u{10FFFF}", "\u{10FFFF}/a",
        "\u{D7FF}", "\u{D7FF}z", "z", "é", "é/ü", "🍏/1", "🍏/2",
    ]

    /// What a list should be, from the definition: names with the prefix in order of UTF-8, those with the delimiter
    /// after it replaced by what comes before its end, each once.
    private static func expected(prefix: String, delimiter: String?) -> [String] {
        var lines: [[UInt8]] = []
        let sorted = names.map { Array($0.utf8) }.sorted { $0.lexicographicallyPrecedes($1) }
        for name in sorted where name.starts(with: Array(prefix.utf8)) {
            var line = name
            if let delimiter = delimiter.map({ Array($0.utf8) }) {
                for start in prefix.utf8.count..<max(prefix.utf8.count, name.count)
                where name[start...].starts(with: delimiter) {
                    line = Array(name[..<(start + delimiter.count)])
                    break
                }
            }
            if lines.last != line || line == name { lines.append(line) }
        }
        return lines.map { String(decoding: $0, as: UTF8.self) }
    }

    @Test(
        "Prefix, delimiter and pages of any size give what the definition of a list gives",
        arguments: ["", "a", "a/", "a/b/", "c/x", "é", "\u{10FFFF}", "\u{D7FF}", "none"], [nil, "", "/", "/b", "x/"])
    func pages(prefix: String, delimiter: String?) async throws {
        try await withContainer { store, container in
            for name in Self.names.shuffled() { try await store.blobs.put(BlobAddress(container, name), [1]) }
            let wanted = Self.expected(prefix: prefix, delimiter: delimiter == "" ? nil : delimiter)
            for size in [1, 2, 3, 5, 100] {
                var lines: [String] = []
                var marker: String?
                repeat {
                    let page = try await store.blobs.blobs(
                        in: container,
                        BlobListQuery(prefix: prefix, delimiter: delimiter, marker: marker, maximumCount: size))
                    #expect(page.entries.count <= size)
                    lines += page.entries.map(\.line)
                    marker = page.nextMarker
                } while marker != nil
                #expect(lines.map { Array($0.utf8) } == wanted.map { Array($0.utf8) })
            }
        }
    }

    @Test("A page that ends exactly at the last blob says that it is the end")
    func exactEnd() async throws {
        try await withContainer { store, container in
            for name in ["a", "b"] { try await store.blobs.put(BlobAddress(container, name), [1]) }
            #expect(try await store.blobs.blobs(in: container, BlobListQuery(maximumCount: 2)).nextMarker == nil)
            #expect(try await store.blobs.blobs(in: container, BlobListQuery(maximumCount: 1)).nextMarker != nil)
        }
    }

    @Test("A marker that no list gave out is refused", arguments: ["", "a", "!", "AAAA", "eA"])
    func badMarkers(marker: String) async throws {
        try await withContainer { store, container in
            await #expect(throws: BlobError.self) {
                try await store.blobs.blobs(in: container, BlobListQuery(marker: marker))
            }
        }
    }

    @Test("Blobs that come and go between two pages disturb no other")
    func changesBetweenPages() async throws {
        try await withContainer { store, container in
            for name in ["a", "c", "e"] { try await store.blobs.put(BlobAddress(container, name), [1]) }
            let first = try await store.blobs.blobs(in: container, BlobListQuery(maximumCount: 2))
            try await store.blobs.deleteBlob(BlobAddress(container, "c"), conditions: .none)
            try await store.blobs.put(BlobAddress(container, "b"), [1])
            try await store.blobs.put(BlobAddress(container, "d"), [1])
            let second = try await store.blobs.blobs(in: container, BlobListQuery(marker: first.nextMarker))
            #expect(second.entries.map(\.line) == ["d", "e"])
        }
    }
}

extension BlobListEntry {
    fileprivate var line: String {
        switch self {
        case .blob(let blob): blob.address.name
        case .prefix(let prefix): prefix
        }
    }
}
