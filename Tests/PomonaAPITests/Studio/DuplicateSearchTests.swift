import Foundation
import Testing

@testable import PomonaDatasets
@testable import PomonaStore

@Suite("DuplicateSearch")
struct DuplicateSearchTests {
    private static func item(_ number: Int64, bytes: UInt8, appearance: Int64?, width: Int = 64) -> BlobItem {
        BlobItem(
            id: BlobItem.ID(rawValue: number), container: BlobContainer.ID(rawValue: 1),
            address: BlobAddress(container: ContainerAddress(account: "a", name: "photos"), name: "p\(number).jpg"),
            length: 10, sha256: Data(repeating: bytes, count: 32), contentType: nil,
            createdAt: Date(timeIntervalSince1970: 0), isPhoto: true, examination: .full, width: width, height: 64,
            appearance: appearance, problem: nil)
    }

    @Test("Photos with the same bytes are one group, and none of them a pair that looks alike")
    func exact() {
        var search = DuplicateSearch()
        search.add(
            [Self.item(1, bytes: 1, appearance: 5), Self.item(2, bytes: 1, appearance: 5)], dataset: "own", isOwn: true)
        #expect(search.exact().map { $0.map(\.item.id.rawValue) } == [[1, 2]])
        #expect(search.candidates(limit: 10).isEmpty)
    }

    @Test("Of equal photos in two datasets the own one stands for both in a pair")
    func representative() {
        var search = DuplicateSearch()
        search.add([Self.item(1, bytes: 1, appearance: 5)], dataset: "other", isOwn: false)
        search.add(
            [Self.item(2, bytes: 1, appearance: 5), Self.item(3, bytes: 2, appearance: 4)], dataset: "own", isOwn: true)
        let pairs = search.candidates(limit: 10).map { [$0.0.item.id.rawValue, $0.1.item.id.rawValue] }
        #expect(pairs == [[2, 3]])
    }

    @Test("Other shapes, other looks and photos of another dataset alone make no pair")
    func unlike() {
        var search = DuplicateSearch()
        search.add(
            [
                Self.item(1, bytes: 1, appearance: 0), Self.item(2, bytes: 2, appearance: 0, width: 128),
                Self.item(3, bytes: 3, appearance: -1), Self.item(4, bytes: 4, appearance: nil),
            ], dataset: "own", isOwn: true)
        search.add(
            [Self.item(5, bytes: 5, appearance: 0x0F0F_0F0F), Self.item(6, bytes: 6, appearance: 0x0F0F_0F0F)],
            dataset: "other", isOwn: false)
        #expect(search.candidates(limit: 10).isEmpty)
    }

    @Test("A hundred thousand copies of one photo are searched in no time worth speaking of", .timeLimit(.minutes(1)))
    func manyCopies() {
        var search = DuplicateSearch()
        let items = (0..<100_000).map { Self.item($0, bytes: 1, appearance: 5) }
        search.add(items, dataset: "own", isOwn: true)
        search.add(items, dataset: "own again", isOwn: false)
        #expect(search.photos.count == 100_000)
        #expect(search.exact().map(\.count) == [100_000])
        #expect(search.candidates(limit: 10).isEmpty)
    }
}
