import Foundation
import PomonaStore
import Synchronization

/// An empty folder that is gone afterwards.
@discardableResult
func withFolder<Value>(_ body: (URL) async throws -> Value) async throws -> Value {
    let url = FileManager.default.temporaryDirectory.appending(path: "pomona-store-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: url) }
    return try await body(url)
}

/// A new store in a folder of its own.
@discardableResult
func withStore<Value>(clock: StoreClock = .system, _ body: (Store) async throws -> Value) async throws -> Value {
    try await withFolder { folder in
        let store = try Store(opening: DataFolder(folder), clock: clock)
        defer { try? store.close() }
        return try await body(store)
    }
}

/// A new store with one container.
@discardableResult
func withContainer<Value>(
    clock: StoreClock = .system, _ body: (Store, ContainerAddress) async throws -> Value
) async throws -> Value {
    try await withStore(clock: clock) { store in
        try await body(store, try await store.makeContainer())
    }
}

extension Store {
    /// A group with an account and a container in it.
    @discardableResult
    func makeContainer(
        _ name: String = "photos", account: String = "fruit", group: String = "Orchard"
    ) async throws -> ContainerAddress {
        let group = try await catalog.createGroup(named: group)
        _ = try await catalog.createAccount(named: account, in: group.id)
        let address = ContainerAddress(account: account, name: name)
        try await blobs.createContainer(address, metadata: [:], publicAccess: .none)
        return address
    }

    /// All bytes of a blob.
    func bytes(_ address: BlobAddress, range: ByteRange? = nil) async throws -> [UInt8] {
        try await blobs.read(address, range: range).bytes.collected(upTo: 1 << 30)
    }

    /// The files that hold bytes of blobs, staged blocks and revisions.
    func contentFiles() throws -> [String] { try files(in: "blobs") }

    func files(in part: String) throws -> [String] {
        let root = folder.url.appending(path: part)
        let all = FileManager.default.enumerator(at: root, includingPropertiesForKeys: [.isRegularFileKey])
        return try (all?.allObjects as? [URL] ?? []).filter {
            try $0.resourceValues(forKeys: [.isRegularFileKey]).isRegularFile == true
        }.map(\.lastPathComponent)
    }
}

extension BlobAddress {
    init(_ container: ContainerAddress, _ name: String) { self.init(container: container, name: name) }
}

/// Clocks that stand still until they are moved.
final class TestClock: Sendable {
    private let state = Mutex(
        (now: Date(timeIntervalSince1970: 1_700_000_000), nanoseconds: Int64(1_000), boot: "first"))

    var clock: StoreClock {
        StoreClock(
            now: { self.state.withLock(\.now) },
            uptime: { self.state.withLock { Uptime(boot: $0.boot, nanoseconds: $0.nanoseconds) } })
    }

    var now: Date { state.withLock(\.now) }

    /// Moves both clocks.
    func advance(seconds: Double) {
        state.withLock { state in
            state.now += seconds
            state.nanoseconds += Int64(seconds * 1e9)
        }
    }

    /// Moves the time of day only, as somebody does who sets a clock.
    func setBack(seconds: Double) { state.withLock { $0.now -= seconds } }

    func restartMachine() {
        state.withLock { state in
            state.boot += "+"
            state.nanoseconds = 5
        }
    }
}

/// Bytes in pieces, then perhaps a failure.
struct Pieces: AsyncSequence, Sendable {
    typealias Element = [UInt8]

    var pieces: [[UInt8]]
    var failure: (any Error)?

    init(_ pieces: [[UInt8]], failure: (any Error)? = nil) {
        self.pieces = pieces
        self.failure = failure
    }

    struct AsyncIterator: AsyncIteratorProtocol {
        var rest: ArraySlice<[UInt8]>
        var failure: (any Error)?

        mutating func next() async throws -> [UInt8]? {
            if let piece = rest.popFirst() { return piece }
            if let failure { throw failure }
            return nil
        }
    }

    func makeAsyncIterator() -> AsyncIterator { AsyncIterator(rest: pieces[...], failure: failure) }
}

/// Reproducible bytes.
func someBytes(_ count: Int, seed: UInt64 = 1) -> [UInt8] {
    var state = seed &* 0x9E37_79B9_7F4A_7C15 | 1
    return (0..<count).map { _ in
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return UInt8(truncatingIfNeeded: state >> 56)
    }
}

struct LineLost: Error {}

extension Range<Int> {
    /// What the closure makes of each number, all at the same time, in the order of the numbers.
    func concurrentlyMapped<Value: Sendable>(_ body: @escaping @Sendable (Int) async -> Value) async -> [Value] {
        await withTaskGroup(of: (Int, Value).self) { group in
            for number in self { group.addTask { (number, await body(number)) } }
            var values: [(Int, Value)] = []
            for await value in group { values.append(value) }
            return values.sorted { $0.0 < $1.0 }.map(\.1)
        }
    }
}
