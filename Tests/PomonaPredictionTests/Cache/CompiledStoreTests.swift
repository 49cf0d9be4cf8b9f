import Foundation
import PomonaModelSamples
import Testing

@testable import PomonaPrediction

@Suite("CompiledStore")
struct CompiledStoreTests {
    private func fill(_ store: CompiledStore, _ text: String = "compiled") throws {
        try store.filling { folder in
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            try Data(text.utf8).write(to: URL(fileURLWithPath: "\(folder)/network.blob"))
        }
    }

    @Test("What was put there is sound until a byte of it changes, it is cut short, or something is added or gone")
    func damage() throws {
        let damages: [(String) throws -> Void] = [
            { try Data("compilee".utf8).write(to: URL(fileURLWithPath: "\($0)/network.blob")) },
            { try Data("comp".utf8).write(to: URL(fileURLWithPath: "\($0)/network.blob")) },
            { try Data("more".utf8).write(to: URL(fileURLWithPath: "\($0)/other.blob")) },
            { try FileManager.default.removeItem(atPath: "\($0)/network.blob") },
            { try Data("{}".utf8).write(to: URL(fileURLWithPath: "\($0)/hashes.json")) },
            { try FileManager.default.removeItem(atPath: "\($0)/hashes.json") },
        ]
        for damage in damages {
            try withTemporaryFolder { folder in
                let store = CompiledStore(folder: "\(folder)/compiled")
                #expect(!store.isSound)
                try fill(store)
                #expect(store.isSound)
                try damage(store.folder)
                #expect(!store.isSound)
                store.remove()
                try fill(store)
                #expect(store.isSound)
            }
        }
    }

    @Test("A compilation that fails, or keeps nothing, leaves nothing behind")
    func failing() throws {
        struct Fault: Error {}
        try withTemporaryFolder { folder in
            let store = CompiledStore(folder: "\(folder)/compiled")
            #expect(throws: Fault.self) {
                try store.filling { folder in
                    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
                    throw Fault()
                }
            }
            let result = try store.filling { _ in 7 }
            #expect(result == 7)
            #expect(!store.isSound)
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder).isEmpty)
        }
    }

    @Test("Who comes second keeps what the first one made")
    func race() throws {
        try withTemporaryFolder { folder in
            let store = CompiledStore(folder: "\(folder)/compiled")
            try fill(store, "first")
            try fill(store, "second")
            #expect(store.isSound)
            #expect(try String(contentsOfFile: "\(store.folder)/network.blob", encoding: .utf8) == "first")
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["compiled"])
        }
    }
}
