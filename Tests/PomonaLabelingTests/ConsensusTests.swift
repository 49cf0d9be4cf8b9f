import Foundation
import PomonaCore
import PomonaStore
import Testing

@testable import PomonaLabeling

@Suite("Several labelers") struct ConsensusTests {
    private func settings(_ test: LabelingSettings = LabelingSettings()) -> LabelingSettings {
        LabelingSettings(automatic: false, minimumLabelers: 2, maximumLabelers: 3, agreementIoU: 0.5)
    }

    private func box(_ left: Double) -> Box { Box(xMin: left, yMin: 0, xMax: left + 20, yMax: 20) }

    @Test("As soon as two say the same, the photo is submitted with the mean of their boxes")
    func agreed() async throws {
        try await withProject(photos: 1, settings: settings()) { test in
            let guest = try await test.guest()
            let task = try #require(try await test.tasks().first)
            let first = try await test.service.submit(
                [test.apple(box(10))], to: task.id, in: test.id, test.change(.submitted, base: 0))
            #expect(first.task.state == .unlabeled)
            #expect(try await test.catalog.nextTasks(1, for: test.owner.id, holding: [], in: test.id).tasks.isEmpty)
            let theirs = try #require(
                try await test.catalog.nextTasks(1, for: guest.id, holding: [], in: test.id).tasks.first)
            let labelings = try await test.catalog.labelings(of: task.id)
            #expect(theirs.seen(by: guest.id, in: try await test.project(), labelings).annotations.isEmpty)
            #expect(theirs.seen(by: test.owner.id, in: try await test.project(), labelings).annotations.count == 1)
            let second = try await test.service.submit(
                [test.apple(box(12))], to: task.id, in: test.id,
                test.change(.submitted, base: theirs.revision, by: guest))
            #expect(second.task.state == .submitted)
            #expect(second.task.agreement == 1)
            #expect(second.task.annotations.map(\.box) == [box(11)])
        }
    }

    @Test("Where the last one who is asked agrees with nobody, a reviewer decides")
    func disagreed() async throws {
        try await withProject(photos: 1, settings: settings()) { test in
            let task = try #require(try await test.tasks().first)
            var last: TaskAnswer?
            for (index, left) in [0.0, 22, 44].enumerated() {
                let person = index == 0 ? test.owner : try await test.guest()
                last = try await test.service.submit(
                    [test.apple(box(left))], to: task.id, in: test.id,
                    test.change(.submitted, base: index, by: person))
                #expect(last?.task.state == (index < 2 ? .unlabeled : .needsReview))
            }
            #expect(last?.task.agreement == 0)
            #expect(last?.task.annotations.count == 1)
            #expect(try await review(test, [task.id], .approve) == "1 changed, 0 refused")
            #expect(try await test.catalog.labelings(of: task.id).count == 3)
        }
    }

    @Test("With one labeler a photo from now on, the latest that was submitted is its label, and nothing is stranded")
    func oneLabelerAfterSeveral() async throws {
        try await withProject(photos: 3, settings: settings()) { test in
            let guest = try await test.guest()
            let tasks = try await test.tasks()
            for (person, left, revision) in [(test.owner, 0.0, 0), (guest, 30, 1)] {
                let answer = try await test.service.submit(
                    [test.apple(box(left))], to: tasks[0].id, in: test.id,
                    test.change(.submitted, base: revision, by: person))
                #expect(answer.task.state == .unlabeled)
            }
            _ = try await test.service.save(
                [test.apple(box(5))], to: tasks[1].id, in: test.id, test.change(.saved, base: 0, by: guest))
            try await test.setSettings { ($0.minimumLabelers, $0.maximumLabelers) = (1, 1) }
            let now = try await test.tasks()
            #expect(now.map(\.state) == [.submitted, .unlabeled, .unlabeled])
            #expect(now[0].annotations.map(\.box) == [box(30)])
            #expect(now[0].submittedBy?.id == guest.id && now[0].agreement == nil)
            #expect(now[0].revision == 3)
            // A draft is there for whoever is handed the photo.
            #expect(now[1].annotations.map(\.box) == [box(5)])
            #expect(now[2].revision == 0)
            #expect(try await test.catalog.nextTasks(5, for: test.owner.id, holding: [], in: test.id).remaining == 2)
            let history = try await test.catalog.history(of: tasks[0].id, in: test.id, offset: 0, limit: 9).edits
            #expect(history.map(\.action) == [.submitted, .submitted, .submitted])
            #expect(history.first?.person == nil)
        }
    }

    @Test("Other settings for how many agree, and when, decide photos that wait")
    func otherSettings() async throws {
        try await withProject(photos: 2, settings: settings()) { test in
            let guest = try await test.guest()
            let tasks = try await test.tasks()
            for (place, second) in [(0, 10.0), (1, 30)] {
                for (person, left, revision) in [(test.owner, 0.0, 0), (guest, second, 1)] {
                    _ = try await test.service.submit(
                        [test.apple(box(left))], to: tasks[place].id, in: test.id,
                        test.change(.submitted, base: revision, by: person))
                }
            }
            // Boxes of 20 that lie 10 apart overlap by a third.
            #expect(try await test.tasks().map(\.state) == [.unlabeled, .unlabeled])
            try await test.setSettings { $0.order = .teaches }
            #expect(try await test.tasks().map(\.revision) == [2, 2])
            try await test.setSettings { $0.agreementIoU = 0.3 }
            #expect(try await test.tasks().map(\.state) == [.submitted, .unlabeled])
            #expect(try await test.tasks()[0].annotations.map(\.box) == [box(5)])
            try await test.setSettings { $0.maximumLabelers = 2 }
            #expect(try await test.tasks().map(\.state) == [.submitted, .needsReview])
        }
    }

    @Test("Labels agree by overlap and category, each with one partner")
    func agreement() {
        let apple = LabelCategory.ID(rawValue: 1)
        let pear = LabelCategory.ID(rawValue: 2)
        func label(_ left: Double, _ category: LabelCategory.ID) -> TaskAnnotation {
            TaskAnnotation(id: "\(left)", category: category, box: box(left))
        }
        #expect(Agreement([TaskAnnotation](), [], leastIoU: 0.5).share == 1)
        #expect(Agreement([label(0, apple)], [], leastIoU: 0.5).share == 0)
        #expect(Agreement([label(0, apple)], [label(0, pear)], leastIoU: 0.5).share == 0)
        let two = Agreement([label(0, apple), label(2, apple)], [label(1, apple)], leastIoU: 0.5)
        #expect(two.pairs.count == 1)
        #expect(abs(two.share - 2.0 / 3) < 1e-12)
        #expect(!two.isFull)
    }
}
