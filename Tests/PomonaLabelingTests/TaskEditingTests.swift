import Foundation
import PomonaCore
import PomonaLabeling
import PomonaStore
import Testing

@Suite("Editing photos") struct TaskEditingTests {
    @Test("A save counts the revision and keeps the boxes, and is there after the store was opened again")
    func savesLast() async throws {
        try await withProject { test in
            let task = try #require(try await test.tasks().first)
            let box = Box(xMin: 1, yMin: 2, xMax: 30, yMax: 40)
            let answer = try await test.service.save(
                [test.apple(box)], to: task.id, in: test.id, test.change(.saved, base: 0))
            #expect(answer.task.revision == 1)
            #expect(!answer.isRepeated)
            // Closing without a checkpoint and opening anew reads what is on disk.
            let other = try await test.catalog.task(task.id, in: test.id)
            #expect(other.annotations.map(\.box) == [box])
            #expect(other.state == .unlabeled)
        }
    }

    @Test("The same edit again answers as the first time and changes nothing")
    func repeatedEdit() async throws {
        try await withProject { test in
            let task = try #require(try await test.tasks().first)
            let first = try await test.service.save(
                [test.apple()], to: task.id, in: test.id, test.change(.saved, base: 0, edit: "one"))
            _ = try await test.service.submit([], to: task.id, in: test.id, test.change(.submitted, base: 1))
            let again = try await test.service.save(
                [test.apple(), test.apple()], to: task.id, in: test.id, test.change(.saved, base: 0, edit: "one"))
            #expect(again.isRepeated)
            #expect(again.task.revision == first.task.revision)
            #expect(again.savedAt == first.savedAt)
            let now = try await test.catalog.task(task.id, in: test.id)
            #expect(now.revision == 2)
            #expect(now.annotations.isEmpty)
            #expect(now.state == .submitted)
        }
    }

    @Test("An edit on another revision than the present one is a conflict that shows the photo as it is")
    func conflict() async throws {
        try await withProject { test in
            let task = try #require(try await test.tasks().first)
            _ = try await test.service.save([test.apple()], to: task.id, in: test.id, test.change(.saved, base: 0))
            let error = await #expect(throws: LabelingError.self) {
                try await test.service.save([], to: task.id, in: test.id, test.change(.saved, base: 0))
            }
            guard case .conflict(let present) = error else {
                Issue.record("found \(String(describing: error))")
                return
            }
            #expect(present.revision == 1)
            #expect(present.annotations.count == 1)
        }
    }

    @Test("Submitting without a box says that nothing is there; skipping leaves it to a reviewer")
    func submitEmptyAndSkip() async throws {
        try await withProject { test in
            let tasks = try await test.tasks()
            let empty = try await test.service.submit(
                [], to: tasks[0].id, in: test.id, test.change(.submitted, base: 0))
            #expect(empty.task.state == .submitted)
            let skipped = try await test.service.skip(tasks[1].id, in: test.id, test.change(.skipped, base: 0))
            #expect(skipped.task.state == .skipped)
            let counts = try await test.catalog.taskCounts(of: test.id)
            #expect(counts[.submitted] == 1)
            #expect(counts[.skipped] == 1)
            #expect(counts.remaining == 3)
            await #expect(throws: LabelingError.self) {
                try await test.service.skip(tasks[0].id, in: test.id, test.change(.skipped, base: 1))
            }
        }
    }

    @Test("A save on an approved photo makes it submitted again")
    func saveAfterApproval() async throws {
        try await withProject { test in
            try await test.submit(1)
            let task = try #require(try await test.tasks().first { $0.state == .submitted })
            _ = try await review(test, [task.id], .approve)
            let approved = try await test.catalog.task(task.id, in: test.id)
            #expect(approved.state == .approved)
            let answer = try await test.service.save(
                [test.apple(), test.apple()], to: task.id, in: test.id, test.change(.saved, base: approved.revision))
            #expect(answer.task.state == .submitted)
            #expect(answer.task.review == nil)
        }
    }

    @Test(
        "Boxes that cannot be are refused with the field's path",
        arguments: [
            (Box(xMin: 0, yMin: 0, xMax: 0, yMax: 10), "annotations.0.box"),
            (Box(xMin: 0, yMin: 0, xMax: 100, yMax: 10), "annotations.0.box"),
            (Box(xMin: 0, yMin: .nan, xMax: 10, yMax: 10), "annotations.0.box"),
        ])
    func impossibleBoxes(box: Box, field: String) async throws {
        try await withProject(photos: 1) { test in
            let task = try #require(try await test.tasks().first)
            let error = await #expect(throws: StoreError.self) {
                try await test.service.save([test.apple(box)], to: task.id, in: test.id, test.change(.saved, base: 0))
            }
            guard case .invalidValue(_, let found, _, _) = error else {
                Issue.record("found \(String(describing: error))")
                return
            }
            #expect(found == field)
            #expect(try await test.catalog.task(task.id, in: test.id).revision == 0)
        }
    }

    @Test("Two annotations of one id and unknown categories are refused")
    func impossibleAnnotations() async throws {
        try await withProject(photos: 1) { test in
            let task = try #require(try await test.tasks().first)
            await #expect(throws: StoreError.self) {
                try await test.service.save(
                    [test.apple(id: "a"), test.apple(id: "a")], to: task.id, in: test.id, test.change(.saved, base: 0))
            }
            let stranger = TaskAnnotation(
                id: "x", category: LabelCategory.ID(rawValue: 999), box: Box(xMin: 0, yMin: 0, xMax: 5, yMax: 5))
            await #expect(throws: StoreError.self) {
                try await test.service.save([stranger], to: task.id, in: test.id, test.change(.saved, base: 0))
            }
        }
    }

    @Test("A photo of a classification project has one tag, and submitting none is refused")
    func classification() async throws {
        try await withProject(photos: 1, kind: .imageClassification) { test in
            let task = try #require(try await test.tasks().first)
            let tag = TaskAnnotation(id: "a", category: test.category(), box: nil)
            await #expect(throws: StoreError.self) {
                try await test.service.submit([], to: task.id, in: test.id, test.change(.submitted, base: 0))
            }
            await #expect(throws: StoreError.self) {
                try await test.service.submit(
                    [test.apple()], to: task.id, in: test.id, test.change(.submitted, base: 0))
            }
            let answer = try await test.service.submit(
                [tag], to: task.id, in: test.id, test.change(.submitted, base: 0))
            #expect(answer.task.state == .submitted)
        }
    }

    @Test("The history keeps what was submitted, merges saves that follow one another, and a photo goes back to it")
    func historyAndRestore() async throws {
        let clock = TestClock()
        try await withProject(photos: 1, clock: clock.clock) { test in
            let task = try #require(try await test.tasks().first)
            for base in 0..<3 {
                clock.advance(seconds: 5)
                let boxes = (0...base).map { test.apple(id: "\($0)") }
                _ = try await test.service.save(boxes, to: task.id, in: test.id, test.change(.saved, base: base))
            }
            _ = try await test.service.submit([], to: task.id, in: test.id, test.change(.submitted, base: 3))
            let history = try await test.catalog.history(of: task.id, in: test.id, offset: 0, limit: 10)
            #expect(history.edits.map(\.action) == [.submitted, .saved])
            #expect(history.edits.map(\.annotations.count) == [0, 3])
            #expect(history.edits.allSatisfy { $0.person == test.owner })
            let restored = try await test.service.restore(
                task.id, to: history.edits[1].revision, in: test.id, test.change(.restored, base: 4))
            #expect(restored.task.annotations.count == 3)
            #expect(restored.task.state == .submitted)
            await #expect(throws: StoreError.self) {
                try await test.service.restore(task.id, to: 77, in: test.id, test.change(.restored, base: 5))
            }
        }
    }

    @Test("Where several people label, restoring shows a labeler nothing of what another said")
    func restoresOwnOnly() async throws {
        let settings = LabelingSettings(automatic: false, minimumLabelers: 2, maximumLabelers: 2)
        try await withProject(photos: 1, settings: settings) { test in
            let task = try #require(try await test.tasks().first)
            let (one, other) = (try await test.guest(), try await test.guest())
            let said = try await test.service.submit(
                [test.apple()], to: task.id, in: test.id, test.change(.submitted, base: 0, by: one))
            await #expect(throws: StoreError.self) {
                try await test.service.restore(
                    task.id, to: said.task.revision, in: test.id, test.change(.restored, base: nil, by: other))
            }
            let seen = try await test.service.restore(
                task.id, to: said.task.revision, in: test.id, test.change(.restored, base: nil), as: .reviewer)
            #expect(seen.task.revision > said.task.revision)
        }
    }

    @Test("What was deleted stays in the history, however soon after it was drawn")
    func historyKeepsDeleted() async throws {
        let clock = TestClock()
        try await withProject(photos: 1, clock: clock.clock) { test in
            let task = try #require(try await test.tasks().first)
            let drawn = [["a"], ["a", "b"], [], ["c"]]
            for (base, ids) in drawn.enumerated() {
                clock.advance(seconds: 5)
                _ = try await test.service.save(
                    ids.map { test.apple(id: $0) }, to: task.id, in: test.id, test.change(.saved, base: base))
            }
            let history = try await test.catalog.history(of: task.id, in: test.id, offset: 0, limit: 10).edits
            #expect(history.map { $0.annotations.map(\.id) } == [["c"], ["a", "b"]])
            let restored = try await test.service.restore(
                task.id, to: history[1].revision, in: test.id, test.change(.restored, base: 4))
            #expect(restored.task.annotations.map(\.id) == ["a", "b"])
        }
    }

    @Test("Saves that follow one another for long are a line of the history each minute")
    func historyEachMinute() async throws {
        let clock = TestClock()
        try await withProject(photos: 1, clock: clock.clock) { test in
            let task = try #require(try await test.tasks().first)
            for base in 0..<10 {
                clock.advance(seconds: 20)
                _ = try await test.service.save(
                    (0...base).map { test.apple(id: "\($0)") }, to: task.id, in: test.id,
                    test.change(.saved, base: base))
            }
            // Saves at 20, 40, 60; 80, 100, 120; 140, 160, 180; 200.
            let history = try await test.catalog.history(of: task.id, in: test.id, offset: 0, limit: 10).edits
            #expect(history.map(\.annotations.count) == [10, 9, 6, 3])
        }
    }

    @Test("A dismissed suggestion stays dismissed until the person takes that back")
    func dismissing() async throws {
        try await withProject(photos: 1) { test in
            let task = try #require(try await test.tasks().first)
            let box = Box(xMin: 4, yMin: 4, xMax: 20, yMax: 20)
            let suggestions = ["one", "two"].map {
                TaskSuggestion(id: $0, category: test.category(), box: box, confidence: 0.8)
            }
            _ = try await test.catalog.importSuggestions([task.id: suggestions], in: test.id, by: test.owner.id)
            func dismissed() async throws -> [String] {
                try await test.catalog.task(task.id, in: test.id).suggestions
                    .filter { $0.isDismissed == true }.map(\.id)
            }
            _ = try await test.service.save(
                [], dismissed: ["two", "unknown"], to: task.id, in: test.id, test.change(.saved, base: 1))
            #expect(try await dismissed() == ["two"])
            // A script that does not know of it leaves it as it is.
            _ = try await test.service.save([test.apple()], to: task.id, in: test.id, test.change(.saved, base: 2))
            #expect(try await dismissed() == ["two"])
            _ = try await test.service.save(
                [], dismissed: ["one"], to: task.id, in: test.id, test.change(.saved, base: 3))
            #expect(try await dismissed() == ["one"])
            _ = try await test.service.save([], dismissed: [], to: task.id, in: test.id, test.change(.saved, base: 4))
            #expect(try await dismissed().isEmpty)
        }
    }

    @Test("Before a project starts and while it is paused labelers save and do not submit or skip; reviewers may")
    func notRunning() async throws {
        try await withProject(photos: 2, isRunning: false) { test in
            let tasks = try await test.tasks()
            _ = try await test.service.save([test.apple()], to: tasks[0].id, in: test.id, test.change(.saved, base: 0))
            let refused = await #expect(throws: LabelingError.self) {
                try await test.service.submit(
                    [test.apple()], to: tasks[0].id, in: test.id, test.change(.submitted, base: 1))
            }
            #expect(refused?.code == "notRunning")
            await #expect(throws: LabelingError.self) {
                try await test.service.skip(tasks[1].id, in: test.id, test.change(.skipped, base: 0))
            }
            #expect(try await test.catalog.taskCounts(of: test.id).remaining == 2)
            let answer = try await test.service.submit(
                [test.apple()], to: tasks[0].id, in: test.id, test.change(.submitted, base: 1), as: .reviewer)
            #expect(answer.task.state == .submitted)
            // What is decided already can be mended at any time.
            let mended = try await test.service.submit(
                [], to: tasks[0].id, in: test.id, test.change(.submitted, base: 2))
            #expect(mended.task.revision == 3)
        }
    }
}

/// Reviews photos; gives how many changed and which refused.
func review(
    _ test: TestProject, _ tasks: [LabelingTask.ID]?, _ verdict: LabelingService.Verdict,
    query: TaskQuery = TaskQuery(),
    edit: String = UUID().uuidString, words: String = ""
) async throws -> String {
    try await test.service.review(
        tasks, matching: query, in: test.id, verdict, edit: edit, words: words, by: test.owner
    ) { changed, refused in "\(changed) changed, \(refused.count) refused" }
}
