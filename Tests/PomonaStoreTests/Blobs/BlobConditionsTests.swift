import Foundation
import PomonaStore
import Testing

@Suite("BlobConditions")
struct BlobConditionsTests {
    private let tag = ETag(rawValue: "0x1")
    private let other = ETag(rawValue: "0x2")
    private let noon = Date(timeIntervalSince1970: 1_000_000.7)

    @Test("No condition fails on nothing, present or absent")
    func none() {
        #expect(BlobConditions.none.firstFailure(eTag: tag, modifiedAt: noon) == nil)
        #expect(BlobConditions.none.firstFailure(eTag: nil, modifiedAt: nil) == nil)
    }

    @Test("If-Match asks for an existing thing with one of the tags")
    func ifMatch() {
        let any = BlobConditions(ifMatch: .any)
        #expect(any.firstFailure(eTag: tag, modifiedAt: noon) == nil)
        #expect(any.firstFailure(eTag: nil, modifiedAt: nil) == .ifMatch)
        let one = BlobConditions(ifMatch: .oneOf([tag]))
        #expect(one.firstFailure(eTag: tag, modifiedAt: noon) == nil)
        #expect(one.firstFailure(eTag: other, modifiedAt: noon) == .ifMatch)
    }

    @Test("If-None-Match asks for an absent thing, or one without the tags")
    func ifNoneMatch() {
        #expect(BlobConditions.onlyIfAbsent.firstFailure(eTag: nil, modifiedAt: nil) == nil)
        #expect(BlobConditions.onlyIfAbsent.firstFailure(eTag: tag, modifiedAt: noon) == .ifNoneMatch)
        let one = BlobConditions(ifNoneMatch: .oneOf([tag]))
        #expect(one.firstFailure(eTag: other, modifiedAt: noon) == nil)
        #expect(one.firstFailure(eTag: tag, modifiedAt: noon) == .ifNoneMatch)
    }

    @Test("Times are compared in whole seconds")
    func times() {
        let same = Date(timeIntervalSince1970: 1_000_000)
        let before = Date(timeIntervalSince1970: 999_999)
        #expect(BlobConditions(ifModifiedSince: same).firstFailure(eTag: tag, modifiedAt: noon) == .ifModifiedSince)
        #expect(BlobConditions(ifModifiedSince: before).firstFailure(eTag: tag, modifiedAt: noon) == nil)
        #expect(BlobConditions(ifUnmodifiedSince: same).firstFailure(eTag: tag, modifiedAt: noon) == nil)
        #expect(
            BlobConditions(ifUnmodifiedSince: before).firstFailure(eTag: tag, modifiedAt: noon) == .ifUnmodifiedSince)
    }

    @Test("A tag condition makes the time condition of its pair count for nothing")
    func precedence() {
        let before = Date(timeIntervalSince1970: 999_999)
        let match = BlobConditions(ifMatch: .oneOf([tag]), ifUnmodifiedSince: before)
        #expect(match.firstFailure(eTag: tag, modifiedAt: noon) == nil)
        let noneMatch = BlobConditions(ifNoneMatch: .oneOf([other]), ifModifiedSince: noon)
        #expect(noneMatch.firstFailure(eTag: tag, modifiedAt: noon) == nil)
    }
}

@Suite("ByteRange")
struct ByteRangeTests {
    @Test(
        "A range is brought inside the blob, and one without a byte is nothing",
        arguments: [
            (ByteRange.from(0), 10, 0..<10), (.from(9), 10, 9..<10), (.from(10), 10, nil), (.from(-1), 10, nil),
            (.bounds(first: 2, last: 4), 10, 2..<5), (.bounds(first: 2, last: 99), 10, 2..<10),
            (.bounds(first: 0, last: .max), 10, 0..<10), (.bounds(first: 4, last: 2), 10, nil),
            (.suffix(3), 10, 7..<10), (.suffix(30), 10, 0..<10), (.suffix(0), 10, nil), (.from(0), 0, nil),
        ] as [(ByteRange, Int64, Range<Int64>?)])
    func resolution(range: ByteRange, length: Int64, expected: Range<Int64>?) {
        #expect(range.resolved(inLength: length) == expected)
    }
}
