import Foundation
import PomonaStore

/// The document `BlockList`: what a blob is to be made of, or is made of.
enum BlockListDocument {
    /// Azure's most blocks of one blob.
    static let maximumCount = 50_000

    /// Room for the longest ids, each in its element.
    static let maximumLength = 8 << 20

    /// - Throws: `InvalidXmlDocument` for another document, `BlockListTooLong`.
    static func read(_ bytes: [UInt8]) throws(StorageError) -> [BlockReference] {
        let blocks: [BlockReference]
        do {
            blocks = try parse(bytes)
        } catch {
            throw .xml(error)
        }
        guard blocks.count <= maximumCount else {
            throw StorageError(
                .blockListTooLong, "The list has \(blocks.count) blocks, and a blob can have \(maximumCount).")
        }
        return blocks
    }

    private static func parse(_ bytes: [UInt8]) throws(XMLError) -> [BlockReference] {
        var blocks: [BlockReference] = []
        var reader = try XMLReader(bytes)
        var depth = 0
        var source: BlockReference.Source?
        var id = ""
        while let event = try reader.next() {
            switch event {
            case .start(let name):
                depth += 1
                if depth == 1 {
                    guard name == "BlockList" else { throw .unexpectedElement(name, expected: "BlockList") }
                } else {
                    source = depth == 2 ? sources[name] : nil
                    guard source != nil else {
                        throw .unexpectedElement(name, expected: "Latest, Committed or Uncommitted")
                    }
                    id = ""
                }
            case .text(let piece): id += piece
            case .end:
                depth -= 1
                if let source { blocks.append(BlockReference(source, String(id.trimmingWhitespace()))) }
                source = nil
            }
        }
        return blocks
    }

    private static let sources: [String: BlockReference.Source] = [
        "Latest": .latest, "Committed": .committed, "Uncommitted": .uncommitted,
    ]

    /// The answer to a question for a blob's blocks; a list that was not asked for is `nil`.
    static func write(committed: [BlobBlock]?, uncommitted: [BlobBlock]?) -> String {
        var xml = XMLWriter()
        xml.element("BlockList") { xml in
            for (name, blocks) in [("CommittedBlocks", committed), ("UncommittedBlocks", uncommitted)] {
                guard let blocks else { continue }
                xml.element(name) { xml in
                    for block in blocks {
                        xml.element("Block") { xml in
                            xml.element("Name", block.id)
                            xml.element("Size", String(block.length))
                        }
                    }
                }
            }
        }
        return xml.text
    }
}
