import Foundation
import PomonaCore
import PomonaLabeling
import PomonaStore
import Testing

@Suite("What becomes of a photo") struct TaskStateTests {
    enum Person: CaseIterable, Sendable { case ada, bob, eve }

    enum Event: Sendable {
        /// A model proposes something, or takes its proposal back.
        case suggest, unsuggest
        case save(Person = .ada, left: Double = 0)
        case submit(Person = .ada, left: Double = 0)
        case skip(Person = .ada)
        case approve, reject, accept, putBack
        /// Back to what the first edit said.
        case restore
    }

    /// Events in their order, and where the photo is then.
    struct Story: Sendable {
        var events: [Event]
        var state: LabelingTask.State
        /// The places of events that are refused and change nothing.
        var refused: [Int] = []
        var isLeftOut = false
    }

    static let alone: [Story] = [
        Story(events: [], state: .unlabeled),
        Story(events: [.suggest], state: .preLabeled),
        Story(events: [.suggest, .unsuggest], state: .unlabeled),
        Story(events: [.save()], state: .unlabeled),
        Story(events: [.suggest, .save()], state: .preLabeled),
        Story(events: [.submit()], state: .submitted),
        Story(events: [.suggest, .submit()], state: .submitted),
        Story(events: [.submit(), .submit()], state: .submitted),
        Story(events: [.submit(), .save()], state: .submitted),
        Story(events: [.submit(), .suggest], state: .submitted),
        Story(events: [.submit(), .skip()], state: .submitted, refused: [1]),
        Story(events: [.approve], state: .unlabeled, refused: [0]),
        Story(events: [.suggest, .reject], state: .preLabeled, refused: [1]),
        Story(events: [.submit(), .approve], state: .approved),
        Story(events: [.submit(), .approve, .approve], state: .approved),
        Story(events: [.submit(), .approve, .skip()], state: .approved, refused: [2]),
        Story(events: [.submit(), .approve, .save()], state: .submitted),
        Story(events: [.submit(), .approve, .submit()], state: .submitted),
        Story(events: [.submit(), .approve, .restore], state: .submitted),
        Story(events: [.submit(), .approve, .reject], state: .rejected),
        Story(events: [.submit(), .reject], state: .rejected),
        Story(events: [.submit(), .reject, .save()], state: .rejected),
        Story(events: [.submit(), .reject, .suggest], state: .rejected),
        Story(events: [.submit(), .reject, .approve], state: .rejected, refused: [2]),
        Story(events: [.submit(), .reject, .submit(), .approve], state: .approved),
        Story(events: [.submit(), .reject, .skip()], state: .skipped),
        Story(events: [.skip()], state: .skipped),
        Story(events: [.skip(), .skip()], state: .skipped),
        Story(events: [.skip(), .save()], state: .skipped),
        Story(events: [.skip(), .submit()], state: .submitted),
        Story(events: [.skip(), .approve], state: .skipped, refused: [1]),
        Story(events: [.skip(), .putBack], state: .unlabeled),
        Story(events: [.suggest, .skip(), .putBack], state: .preLabeled),
        Story(events: [.skip(), .accept], state: .skipped, isLeftOut: true),
        Story(events: [.skip(), .accept, .putBack], state: .unlabeled),
        Story(events: [.skip(), .accept, .submit()], state: .submitted),
        Story(events: [.submit(), .accept], state: .submitted, refused: [1]),
        Story(events: [.putBack], state: .unlabeled, refused: [0]),
    ]

    /// Two of at most three have to agree.
    static let together: [Story] = [
        Story(events: [.submit(.ada)], state: .unlabeled),
        Story(events: [.submit(.ada), .submit(.ada)], state: .unlabeled),
        Story(events: [.submit(.ada), .save(.bob)], state: .unlabeled),
        Story(events: [.submit(.ada), .submit(.bob)], state: .submitted),
        Story(events: [.submit(.ada), .submit(.bob, left: 22)], state: .unlabeled),
        Story(events: [.submit(.ada), .submit(.bob, left: 22), .submit(.bob)], state: .submitted),
        Story(events: [.submit(.ada), .submit(.bob, left: 22), .submit(.eve)], state: .submitted),
        Story(events: [.submit(.ada), .submit(.bob, left: 22), .submit(.eve, left: 44)], state: .needsReview),
        Story(events: [.submit(.ada), .submit(.bob, left: 22), .submit(.eve, left: 44), .approve], state: .approved),
        Story(events: [.submit(.ada), .submit(.bob, left: 22), .submit(.eve, left: 44), .save()], state: .submitted),
        Story(events: [.submit(.ada), .submit(.bob, left: 22), .submit(.eve, left: 44), .reject], state: .rejected),
        Story(
            events: [
                .submit(.ada), .submit(.bob, left: 22), .submit(.eve, left: 44), .reject, .submit(.ada), .submit(.bob),
            ], state: .submitted),
        Story(events: [.submit(.ada), .approve], state: .unlabeled, refused: [1]),
        Story(events: [.submit(.ada), .skip(.bob)], state: .skipped),
        Story(events: [.submit(.ada), .skip(.bob), .putBack, .submit(.bob)], state: .submitted),
    ]

    @Test("With one labeler", arguments: alone)
    func oneLabeler(story: Story) async throws {
        try await tell(story, LabelingSettings(automatic: false))
    }

    @Test("With several labelers", arguments: together)
    func severalLabelers(story: Story) async throws {
        try await tell(
            story, LabelingSettings(automatic: false, minimumLabelers: 2, maximumLabelers: 3, agreementIoU: 0.5))
    }

    private func tell(_ story: Story, _ settings: LabelingSettings) async throws {
        try await withProject(photos: 1, settings: settings) { test in
            let task = try #require(try await test.tasks().first)
            let people = [Person.ada: test.owner, .bob: try await test.guest(), .eve: try await test.guest()]
            var refused: [Int] = []
            for (place, event) in story.events.enumerated() {
                let before = try await test.catalog.task(task.id, in: test.id)
                guard try await !happens(event, to: task, people, test) else { continue }
                refused.append(place)
                #expect(try await test.catalog.task(task.id, in: test.id) == before)
            }
            #expect(refused == story.refused)
            let now = try await test.catalog.task(task.id, in: test.id)
            #expect(now.state == story.state)
            #expect(now.isDropped == story.isLeftOut)
            let counts = try await test.catalog.taskCounts(of: test.id)
            #expect(counts[story.state] == (story.isLeftOut ? 0 : 1) && counts.leftOut == (story.isLeftOut ? 1 : 0))
            // Who has said nothing of it yet is handed it exactly while it waits.
            let stranger = try await test.guest()
            let handout = try await test.catalog.nextTasks(1, for: stranger.id, holding: [], in: test.id)
            #expect(handout.tasks.isEmpty == !(story.state.isQueued && !story.isLeftOut))
        }
    }

    /// - Returns: whether it was not refused.
    private func happens(
        _ event: Event, to task: LabelingTask, _ people: [Person: PersonName], _ test: TestProject
    ) async throws -> Bool {
        func change(_ action: TaskEdit.Action, _ person: Person) -> TaskChange {
            test.change(action, base: nil, by: people[person])
        }
        func apple(_ left: Double) -> TaskAnnotation {
            test.apple(Box(xMin: left, yMin: 0, xMax: left + 20, yMax: 20))
        }
        func suggest(_ suggestions: [TaskSuggestion]) async throws {
            let inference = TaskInference(
                task: task.id, sha256: task.sha256, suggestions: suggestions, disagreement: nil, teaching: 0.5,
                certainty: 0.5)
            try await test.catalog.keepInferences([inference], in: test.id, lease: nil)
        }
        func reviewed(_ verdict: LabelingService.Verdict) async throws -> Bool {
            try await review(test, [task.id], verdict) == "1 changed, 0 refused"
        }
        do {
            switch event {
            case .suggest:
                let box = Box(xMin: 0, yMin: 0, xMax: 20, yMax: 20)
                try await suggest([TaskSuggestion(id: "one", category: test.category(), box: box, confidence: 0.9)])
            case .unsuggest: try await suggest([])
            case .save(let person, let left):
                _ = try await test.service.save([apple(left)], to: task.id, in: test.id, change(.saved, person))
            case .submit(let person, let left):
                _ = try await test.service.submit([apple(left)], to: task.id, in: test.id, change(.submitted, person))
            case .skip(let person):
                _ = try await test.service.skip(task.id, in: test.id, change(.skipped, person))
            case .approve: return try await reviewed(.approve)
            case .reject: return try await reviewed(.reject)
            case .accept: return try await reviewed(.accept)
            case .putBack: return try await reviewed(.return)
            case .restore:
                _ = try await test.service.restore(task.id, to: 1, in: test.id, change(.restored, .ada))
            }
            return true
        } catch is LabelingError {
            return false
        }
    }
}
