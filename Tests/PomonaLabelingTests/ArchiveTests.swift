import Foundation
import Testing

@testable import PomonaLabeling

@Suite("Zip") struct ArchiveTests {
    @Test("What is written is read again, and the same files give the same bytes")
    func roundTrip() throws {
        var writer = ZipWriter()
        try writer.add("labels/ä b.txt", Array("one\n".utf8))
        try writer.add("empty.txt", [])
        let bytes = writer.finished()
        let reader = try ZipReader(bytes, limit: 100)
        #expect(reader.entries.map(\.name) == ["labels/ä b.txt", "empty.txt"])
        #expect(try reader.entries.map { try reader.content(of: $0) } == [Array("one\n".utf8), []])
        var again = ZipWriter()
        try again.add("labels/ä b.txt", Array("one\n".utf8))
        try again.add("empty.txt", [])
        #expect(again.finished() == bytes)
    }

    /// `zipfile.ZipFile(..., compression=ZIP_DEFLATED)` with `a/b.txt`, forty times the line `the same again`.
    private static let deflated: [UInt8] = {
        let text =
            """
            UEsDBBQAAAAIAAAAIQC/5olwGAAAAFgCAAAHAAAAYS9iLnR4dCvJSFUoTsxNVUhMT8zM4yoZ5Y5yqcEFAFBLAQIUAxQAAAAIAAAA\
            IQC/5olwGAAAAFgCAAAHAAAAAAAAAAAAAACAAQAAAABhL2IudHh0UEsFBgAAAAABAAEANQAAAD0AAAAAAA==
            """
        return [UInt8](Data(base64Encoded: text) ?? Data())
    }()

    @Test("Deflated files, as every other program writes them, are unpacked")
    func deflate() throws {
        let reader = try ZipReader(Self.deflated, limit: 10_000)
        let entry = try #require(reader.entries.first)
        #expect(entry.name == "a/b.txt")
        #expect(try reader.content(of: entry) == Array(String(repeating: "the same again\n", count: 40).utf8))
        #expect(throws: ZipError.self) { try ZipReader(Self.deflated, limit: 599) }
    }

    @Test("No more is unpacked than is allowed, and damage is noticed")
    func bounds() throws {
        var writer = ZipWriter()
        try writer.add("a.txt", [UInt8](repeating: 65, count: 1_000))
        let bytes = writer.finished()
        #expect(throws: ZipError.self) { try ZipReader(bytes, limit: 999) }
        #expect(throws: ZipError.self) { try ZipReader(Array(bytes.prefix(200)), limit: 10_000) }
        #expect(throws: ZipError.self) { try ZipReader([], limit: 10) }
        var broken = bytes
        broken[60] ^= 1
        let reader = try ZipReader(broken, limit: 10_000)
        let entry = try #require(reader.entries.first)
        #expect(throws: ZipError.self) { try reader.content(of: entry) }
    }

    @Test("Any byte of a zip may be wrong without more than an error", arguments: 0..<60)
    func everyByte(place: Int) throws {
        var writer = ZipWriter()
        try writer.add("a.txt", Array("hello".utf8))
        var bytes = writer.finished()
        bytes[place % bytes.count] = 0xFF
        guard let reader = try? ZipReader(bytes, limit: 1_000) else { return }
        for entry in reader.entries {
            let content = try? reader.content(of: entry)
            #expect(content == nil || content == Array("hello".utf8))
        }
    }

    @Test("XML is read without document types, with XML's own entities only, and no deeper than label files are")
    func xml() throws {
        let node = try XMLNode.read(
            Array("<?xml version='1.0'?><!-- x --><a k=\"1 &lt; 2\"><b>x &#65;&amp;</b><c/></a>".utf8))
        #expect(node.attributes["k"] == "1 < 2")
        #expect(node.word("b") == "x A&")
        #expect(node.children.map(\.name) == ["b", "c"])
        let hostile = [
            "<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><a>&x;</a>", "<a>&x;</a>", "<a><b></a>", "<a", "",
            "<a/><b/>", "<a k=1/>", String(repeating: "<a>", count: 100),
        ]
        for text in hostile {
            #expect(throws: XMLNode.Failure.self) { try XMLNode.read(Array(text.utf8)) }
        }
    }
}
