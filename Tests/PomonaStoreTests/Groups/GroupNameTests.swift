import Foundation
import PomonaStore
import Testing

@Suite("Names of resource groups")
struct GroupNameTests {
    @Test(
        "Text of any alphabet and markup is a name, and comes back as it was",
        arguments: ["<b>Obst & Gemüse", "'; DROP TABLE blob; --", "果物", "فاكهة", "🍎🍌", "..a", "100 %", "a.b.c"])
    func taken(_ name: String) async throws {
        try await withStore { store in
            let group = try await store.catalog.createGroup(named: name)
            #expect(group.name == name)
            #expect(try await store.catalog.group(named: name).id == group.id)
            #expect(try await store.catalog.groups().map(\.name) == [name])
        }
    }

    @Test(
        "What could not be part of a URL, or could not be typed again, is refused with the reason, and nothing is made",
        arguments: [
            ("", "empty"), ("a/b", "slash"), ("a\\b", "slash"), (".", "path"), ("..", "path"), (" a", "space"),
            ("a ", "space"), ("a\nb", "line break"), ("a\u{0}b", "control"),
            (String(repeating: "ü", count: 300), "300 characters"),
        ])
    func refused(_ name: String, _ reason: String) async throws {
        try await withStore { store in
            let error = await #expect(throws: StoreError.self) {
                _ = try await store.catalog.createGroup(named: name)
            }
            #expect(error?.code == "invalidName")
            #expect(error?.message.contains(reason) == true, "\(error?.message ?? "")")
            let groups = try await store.catalog.groups()
            #expect(groups.isEmpty)
        }
    }

    @Test("Two spellings of one letter are one name")
    func composed() async throws {
        try await withStore { store in
            let group = try await store.catalog.createGroup(named: "Ku\u{308}che")
            #expect(try await store.catalog.group(named: "K\u{fc}che").id == group.id)
            await #expect(throws: StoreError.self) { _ = try await store.catalog.createGroup(named: "K\u{fc}che") }
        }
    }

    @Test("Of twenty that create one name at once, one succeeds and the others hear that it is taken")
    func race() async throws {
        try await withStore { store in
            let results = await withTaskGroup(of: Result<ResourceGroup, any Error>.self) { group in
                for _ in 0..<20 {
                    group.addTask {
                        do { return .success(try await store.catalog.createGroup(named: "Orchard")) } catch {
                            return .failure(error)
                        }
                    }
                }
                return await group.reduce(into: []) { $0.append($1) }
            }
            let codes = results.compactMap { result -> String? in
                if case .failure(let error) = result { return (error as? StoreError)?.code ?? "\(error)" }
                return nil
            }
            #expect(codes == Array(repeating: "nameTaken", count: 19))
            let groups = try await store.catalog.groups()
            #expect(groups.count == 1)
        }
    }
}
