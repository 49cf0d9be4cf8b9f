import Foundation
import PomonaStore
import Testing

@Suite("How long sessions last")
struct SessionLengthTests {
    @Test("A session that is prolonged lasts, and one that is over stays over")
    func prolonging() async throws {
        let clock = TestClock()
        try await withStore(clock: clock.clock) { store in
            let owner = try await store.catalog.owner()
            func signIn() async throws -> String {
                let link = try await store.catalog.makeSignInLink(for: owner.id, validFor: .seconds(60))
                return try await store.catalog.signIn(withLink: link, validFor: .seconds(100)).token
            }
            let (kept, left) = (try await signIn(), try await signIn())
            clock.advance(seconds: 90)
            try await store.catalog.prolong(session: kept, validFor: .seconds(100))
            clock.advance(seconds: 90)
            #expect(try await store.catalog.person(ofSession: kept).id == owner.id)
            await #expect(throws: StoreError.self) { try await store.catalog.person(ofSession: left) }
            try await store.catalog.prolong(session: left, validFor: .seconds(100))
            await #expect(throws: StoreError.self) { try await store.catalog.person(ofSession: left) }
        }
    }
}
