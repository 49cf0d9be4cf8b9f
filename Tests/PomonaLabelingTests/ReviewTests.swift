import Foundation
import PomonaCore
import PomonaLabeling
import PomonaStore
import Testing

@Suite("Review") struct ReviewTests {
    @Test("Approving all that a filter shows leaves out what nobody submitted, and the same edit answers again")
    func approveFilter() async throws {
        try await withProject { test in
            try await test.submit(3)
            let answer = try await review(test, nil, .approve, edit: "all")
            #expect(answer == "3 changed, 2 refused")
            try await test.submit(1)
            #expect(try await review(test, nil, .approve, edit: "all") == answer)
            let counts = try await test.catalog.taskCounts(of: test.id)
            #expect(counts[.approved] == 3)
            #expect(counts[.submitted] == 1)
        }
    }

    @Test("A rejected photo is back in the queue with the reviewer's words until it is submitted again")
    func reject() async throws {
        try await withProject(photos: 2) { test in
            try await test.submit(2)
            let task = try #require(try await test.tasks().first)
            _ = try await review(test, [task.id], .reject, words: "the left one is missing")
            let queue = try await test.catalog.nextTasks(2, for: test.owner.id, holding: [], in: test.id)
            #expect(queue.tasks.map(\.id) == [task.id])
            #expect(queue.tasks.first?.review?.words == "the left one is missing")
            #expect(queue.tasks.first?.annotations.count == 1)
            let again = try await test.service.submit(
                [test.apple()], to: task.id, in: test.id, test.change(.submitted, base: queue.tasks[0].revision))
            #expect(again.task.review == nil)
            #expect(try await test.catalog.taskCounts(of: test.id)[.rejected] == 0)
        }
    }

    @Test("Of skipped photos one that is accepted leaves the project, one that is returned is back in the queue")
    func skipped() async throws {
        try await withProject(photos: 2) { test in
            for task in try await test.tasks() {
                _ = try await test.service.skip(task.id, in: test.id, test.change(.skipped, base: 0))
            }
            let tasks = try await test.tasks()
            #expect(try await review(test, [tasks[0].id], .accept) == "1 changed, 0 refused")
            #expect(try await review(test, [tasks[1].id], .return) == "1 changed, 0 refused")
            #expect(try await test.catalog.taskCounts(of: test.id).total == 1)
            #expect(try await test.tasks().map(\.state) == [.unlabeled])
        }
    }

    @Test("A photo that was left out is listed apart, and can be put back")
    func leftOut() async throws {
        try await withProject(photos: 2) { test in
            let task = try #require(try await test.tasks().first)
            _ = try await test.service.skip(task.id, in: test.id, test.change(.skipped, base: 0))
            _ = try await review(test, [task.id], .accept)
            let query = TaskQuery(isLeftOut: true)
            #expect(try await test.catalog.tasks(query, in: test.id).tasks.map(\.id) == [task.id])
            let counts = try await test.catalog.taskCounts(of: test.id)
            #expect(counts.leftOut == 1 && counts.total == 1 && counts[.skipped] == 0)
            #expect(try await review(test, nil, .return, query: query) == "1 changed, 0 refused")
            #expect(try await test.catalog.tasks(query, in: test.id).total == 0)
            let after = try await test.catalog.taskCounts(of: test.id)
            #expect(after.leftOut == 0 && after.total == 2)
            #expect(try await test.tasks().map(\.state) == [.unlabeled, .unlabeled])
        }
    }

    @Test("Lists are filtered by state, category, labeler and name")
    func filters() async throws {
        try await withProject { test in
            let guest = try await test.guest()
            try await test.submit(1, by: guest)
            try await test.submit(1)
            func count(_ query: TaskQuery) async throws -> Int {
                try await test.catalog.tasks(query, in: test.id, limit: 1).total
            }
            #expect(try await count(TaskQuery(states: [.submitted])) == 2)
            #expect(try await count(TaskQuery(states: [.submitted, .unlabeled])) == 5)
            #expect(try await count(TaskQuery(category: test.category())) == 2)
            #expect(try await count(TaskQuery(category: test.category("banana"))) == 0)
            #expect(try await count(TaskQuery(labeler: guest.id)) == 1)
            #expect(try await count(TaskQuery(search: "PHOTO-3")) == 1)
            #expect(try await count(TaskQuery(search: "%")) == 0)
            #expect(try await count(TaskQuery(disagreement: 0.1)) == 0)
        }
    }

    @Test("The dashboard counts photos by person and day, with the median of their seconds")
    func figures() async throws {
        let clock = TestClock()
        try await withProject(photos: 4, clock: clock.clock) { test in
            for (task, seconds) in zip(try await test.tasks(), [3.0, 10, 5]) {
                var change = test.change(.submitted, base: 0)
                change.seconds = seconds
                _ = try await test.service.submit([test.apple()], to: task.id, in: test.id, change)
            }
            let skipped = try #require(try await test.tasks().last)
            _ = try await test.service.skip(skipped.id, in: test.id, test.change(.skipped, base: 0))
            let figures = try #require(try await test.catalog.labelerFigures(of: test.id).first)
            #expect(figures.submitted == 3)
            #expect(figures.skipped == 1)
            #expect(figures.medianSeconds == 5)
            #expect(try await test.catalog.dayFigures(of: test.id).map(\.submitted) == [3])
            #expect(try await test.catalog.dayFigures(of: test.id).first?.date == "2023-11-14")
            let counts = try await test.catalog.categoryCounts(of: test.id)
            #expect(counts[test.category()] == CategoryCount(boxes: 3, photos: 3))
        }
    }
}
