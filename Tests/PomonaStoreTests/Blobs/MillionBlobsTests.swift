import Foundation
import GRDB
import Testing

@testable import PomonaStore

/// Whether tests that take longer than a few seconds are wanted: POMONA_SLOW=1.
let runsSlowTests = ProcessInfo.processInfo.environment["POMONA_SLOW"] == "1"

@Suite("FileBlobStore: a million blobs", .enabled(if: runsSlowTests, "takes a minute; set POMONA_SLOW=1"))
struct MillionBlobsTests {
    private static let count = 1_000_000

    /// Rows as a million uploads in no order of their names would leave them, without the files.
    private static func fill(_ store: Store, _ container: BlobContainer) async throws {
        var order = Array(0..<count)
        order.shuffle()
        for start in stride(from: 0, to: count, by: 50_000) {
            let slice = Array(order[start..<start + 50_000])
            try await store.catalog.write { database in
                for number in slice {
                    let digest = ContentDigest(
                        length: Int64(number), md5: Secrets.randomBytes(16), sha256: Secrets.randomBytes(32))
                    let file = FileShelf.Unclaimed(name: Secrets.randomBytes(16).hexadecimal, digest: digest)
                    let content = try Content.insert(database, file: file)
                    let address = BlobAddress(container: container.address, name: Self.name(number))
                    let blob = Blob(
                        address, digest, BlobHeaders(contentType: "image/jpeg"), number % 2 == 0 ? ["k": "v"] : [:],
                        replacing: nil, at: Date())
                    try blob.save(database, in: container.id, content: content)
                }
            }
        }
    }

    private static func name(_ number: Int) -> String {
        let digits = String(number)
        let padded = String(repeating: "0", count: 7 - digits.count) + digits
        return "set-\(padded.prefix(3))/photo-\(padded).jpg"
    }

    @Test("A page of 5,000 with a prefix takes at most 100 ms, a list of common prefixes less")
    func pages() async throws {
        try await withContainer { store, address in
            let container = try await store.blobs.container(address)
            try await Self.fill(store, container)
            let clock = ContinuousClock()
            var times: [Duration] = []
            for set in ["set-003", "set-042", "set-057", "set-099"] {
                var marker: String?
                var found = 0
                repeat {
                    let start = clock.now
                    let page = try await store.blobs.blobs(
                        in: address, BlobListQuery(prefix: set + "/", marker: marker))
                    times.append(clock.now - start)
                    found += page.entries.count
                    marker = page.nextMarker
                } while marker != nil
                #expect(found == 10_000)
            }
            let start = clock.now
            let prefixes = try await store.blobs.blobs(in: address, BlobListQuery(delimiter: "/"))
            let leap = clock.now - start
            #expect(prefixes.entries.count == 100)
            print(
                "pages of 5,000 of \(Self.count): \(times.map(\.inMilliseconds)) ms; 100 common prefixes: \(leap.inMilliseconds) ms"
            )
            let sorted = times.sorted()
            #expect(sorted[sorted.count / 2] <= .milliseconds(100))
            #expect(leap <= .milliseconds(100))
        }
    }
}

extension Duration {
    fileprivate var inMilliseconds: Double {
        Double(components.seconds) * 1e3 + (Double(components.attoseconds) / 1e15 * 10).rounded() / 10
    }
}
