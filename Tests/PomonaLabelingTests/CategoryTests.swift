import Foundation
import PomonaCore
import PomonaLabeling
import PomonaStore
import Testing

@Suite("Label categories") struct CategoryTests {
    @Test("Names and hotkeys stand once; a removed category frees both")
    func unique() async throws {
        try await withProject(photos: 1) { test in
            await #expect(throws: StoreError.self) {
                try await test.catalog.addCategory(named: "apple", color: "#000000", hotkey: nil, to: test.id)
            }
            let error = await #expect(throws: LabelingError.self) {
                try await test.catalog.addCategory(named: "pear", color: "#000000", hotkey: "a", to: test.id)
            }
            #expect(error?.code == "hotkeyTaken")
            try await test.service.deleteCategory(
                test.category(), of: test.id, isChosen: false, heir: nil, by: test.owner.id)
            _ = try await test.catalog.addCategory(named: "apple", color: "#000000", hotkey: "a", to: test.id)
            #expect(try await test.project().categories.map(\.name) == ["banana", "apple"])
        }
    }

    @Test(
        "Deleting a category with boxes needs a choice; moved boxes keep their place, deleted ones stay in the history")
    func deleteWithBoxes() async throws {
        try await withProject(photos: 2) { test in
            try await test.submit(2)
            let error = await #expect(throws: LabelingError.self) {
                try await test.service.deleteCategory(
                    test.category(), of: test.id, isChosen: false, heir: nil, by: test.owner.id)
            }
            #expect(error?.code == "choiceNeeded")
            let banana = test.category("banana")
            try await test.service.deleteCategory(
                test.category(), of: test.id, isChosen: true, heir: banana, by: test.owner.id)
            #expect(try await test.tasks().flatMap { $0.annotations.map(\.category) } == [banana, banana])
            #expect(try await test.catalog.categoryCounts(of: test.id)[banana]?.boxes == 2)
            try await test.service.deleteCategory(
                banana, of: test.id, isChosen: true, heir: nil, by: test.owner.id)
            let task = try #require(try await test.tasks().first)
            #expect(task.annotations.isEmpty)
            let history = try await test.catalog.history(of: task.id, in: test.id, offset: 0, limit: 10).edits
            #expect(history.map(\.annotations.count) == [0, 1, 1])
        }
    }

    @Test("The order is as given, and a category cannot be merged into itself")
    func order() async throws {
        try await withProject(photos: 1) { test in
            try await test.catalog.orderCategories([test.category("banana")], of: test.id)
            #expect(try await test.project().categories.map(\.name) == ["banana", "apple"])
            await #expect(throws: StoreError.self) {
                try await test.service.mergeCategory(
                    test.category(), into: test.category(), of: test.id, by: test.owner.id)
            }
        }
    }

    @Test("A change made for an older revision of the project is refused")
    func revisions() async throws {
        try await withProject(photos: 1) { test in
            let revision = try await test.project().revision
            _ = try await test.catalog.updateProject(test.id, ifRevision: revision) { $0.instructions = "Look." }
            await #expect(throws: StoreError.self) {
                try await test.catalog.updateProject(test.id, ifRevision: revision) { $0.instructions = "Do not." }
            }
            #expect(try await test.project().instructions == "Look.")
        }
    }

    @Test("A deleted project is in the trash with its labels, comes back, and goes for good after thirty days")
    func trash() async throws {
        let clock = TestClock()
        try await withProject(photos: 1, clock: clock.clock) { test in
            try await test.submit(1)
            try await test.catalog.trashProject(test.id)
            await #expect(throws: StoreError.self) { try await test.catalog.project(test.id) }
            #expect(try await test.catalog.trashedProjects(in: test.group.id).map(\.id) == [test.id])
            _ = try await test.catalog.restoreProject(test.id)
            #expect(try await test.catalog.taskCounts(of: test.id)[.submitted] == 1)
            try await test.catalog.trashProject(test.id)
            clock.advance(seconds: 31 * 86_400)
            #expect(try await test.catalog.trashedProjects(in: test.group.id).isEmpty)
            try await test.catalog.removeExpiredTrash()
            await #expect(throws: StoreError.self) { try await test.catalog.restoreProject(test.id) }
        }
    }

    @Test("An invitation lets one person in, with a role that allows no more than it says")
    func invitations() async throws {
        try await withProject(photos: 1) { test in
            let (invitation, token) = try await test.catalog.invite(as: .labeler, to: test.id)
            #expect(try await test.catalog.invitations(to: test.id).map(\.id) == [invitation.id])
            let accepted = try await test.catalog.acceptInvitation(token, signedIn: nil, validFor: .seconds(60))
            let person = try #require(accepted.signIn?.person)
            #expect(accepted.project == test.id)
            #expect(try await test.service.role(of: person, in: test.id) == .labeler)
            await #expect(throws: LabelingError.self) {
                try await test.service.role(of: person, in: test.id, atLeast: .reviewer, to: "approve photos")
            }
            await #expect(throws: LabelingError.self) {
                try await test.catalog.acceptInvitation(token, signedIn: nil, validFor: .seconds(60))
            }
            #expect(try await test.catalog.members(of: test.id).map(\.role) == [.owner, .labeler])
            try await test.catalog.setRole(nil, of: person.id, in: test.id)
            await #expect(throws: StoreError.self) { try await test.service.role(of: person, in: test.id) }
        }
    }
}
