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

    /// Where a program is, if it is anywhere.
    private static func program(_ name: String) -> String? {
        (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").map { "\($0)/\(name)" }
            .first { FileManager.default.isExecutableFile(atPath: $0) }
    }

    /// Runs a program to its end; answers what it printed.
    private static func output(_ program: String, _ arguments: [String]) throws -> (status: Int32, text: String) {
        let process = Process()
        process.executableURL = URL(filePath: program)
        process.arguments = arguments
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = FileHandle.nullDevice
        try process.run()
        let text = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        return (process.terminationStatus, text)
    }

    /// More files than the format's first form can count.
    private static let many: [UInt8] = {
        var writer = ZipWriter()
        for number in 0..<66_000 { try? writer.add("labels/\(number).txt", Array("\(number)".utf8)) }
        return writer.finished()
    }()

    @Test("More than 65,535 files are written and read again")
    func manyFiles() throws {
        let reader = try ZipReader(Self.many, limit: 1_000_000)
        #expect(reader.entries.count == 66_000)
        let last = try #require(reader.entries.last)
        #expect(last.name == "labels/65999.txt")
        #expect(try reader.content(of: last) == Array("65999".utf8))
        // Where the long record is said to be must be one.
        var broken = Self.many
        broken[broken.count - 22 - 12] ^= 1
        #expect(throws: ZipError.self) { try ZipReader(broken, limit: 1_000_000) }
    }

    @Test(
        "Other programs read zips of few and of many files",
        .enabled(if: program("python3") != nil, "there is no python3"))
    func otherPrograms() throws {
        var writer = ZipWriter()
        try writer.add("labels/ä b.txt", Array("one\n".utf8))
        let script = """
            import sys, zipfile
            zip = zipfile.ZipFile(sys.argv[1])
            assert zip.testzip() is None
            last = zip.infolist()[-1]
            print(len(zip.infolist()), last.filename, zip.read(last).decode().strip())
            """
        for (bytes, words) in [
            (writer.finished(), "1 labels/ä b.txt one"), (Self.many, "66000 labels/65999.txt 65999"),
        ] {
            let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).zip")
            defer { try? FileManager.default.removeItem(at: file) }
            try Data(bytes).write(to: file)
            let python = try Self.output(
                try #require(Self.program("python3")), ["-X", "utf8", "-c", script, file.path])
            #expect(python.text.trimmingCharacters(in: .whitespacesAndNewlines) == words)
            if let unzip = Self.program("unzip") { #expect(try Self.output(unzip, ["-tqq", file.path]).status == 0) }
        }
    }

    @Test("Sizes and places in ZIP64's form are read, and a missing one is noticed")
    func longFields() throws {
        func number(_ value: Int, _ bytes: Int) -> [UInt8] {
            (0..<bytes).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
        }
        let (name, content) = (Array("a.txt".utf8), Array("hello".utf8))
        var writer = ZipWriter()
        try writer.add("a.txt", content)
        let local = Array(writer.finished().prefix(30 + name.count + content.count))
        /// The directory as a program writes it that does not know sizes before it is done.
        func zip(extra: [UInt8]) -> [UInt8] {
            var directory: [UInt8] = number(0x0201_4B50, 4) + number(45, 2) + local[4..<18]
            directory +=
                number(0xFFFF_FFFF, 4) + number(0xFFFF_FFFF, 4) + number(name.count, 2) + number(extra.count, 2)
            directory += number(0, 2) + number(0, 2) + number(0, 2) + number(0, 4) + number(0xFFFF_FFFF, 4)
            directory += name + extra
            let counts = number(1, 2) + number(1, 2)
            let end = number(0x0605_4B50, 4) + number(0, 4) + counts
            return local + directory + end + number(directory.count, 4) + number(local.count, 4) + number(0, 2)
        }
        let other = number(0x5455, 2) + number(1, 2) + [0]
        let long = number(1, 2) + number(24, 2) + number(content.count, 8) + number(content.count, 8) + number(0, 8)
        let reader = try ZipReader(zip(extra: other + long), limit: 100)
        let entry = try #require(reader.entries.first)
        #expect(try reader.content(of: entry) == content)
        for extra in [[], other, Array(long.prefix(20)), number(1, 2) + number(8, 2) + number(5, 8)] {
            #expect(throws: ZipError.self) { try ZipReader(zip(extra: extra), limit: 100) }
        }
        let huge = number(1, 2) + number(24, 2) + number(.max, 8) + number(5, 8) + number(0, 8)
        #expect(throws: ZipError.self) { try ZipReader(zip(extra: huge), limit: 100) }
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
