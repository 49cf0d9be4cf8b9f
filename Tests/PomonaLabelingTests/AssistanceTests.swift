import Foundation
import Logging
import PomonaCore
import PomonaDatasets
import PomonaEngine
import PomonaEvaluation
import PomonaImaging
import PomonaJobs
import PomonaStore
import Testing

@testable import PomonaLabeling

/// Sees the same in every photo.
private struct FixedModel: LabelSuggesting {
    var labels: [SuggestedLabel]

    func suggestions(for photo: [UInt8], from model: Model, threshold: Double) async throws -> [SuggestedLabel] {
        labels.filter { $0.confidence >= threshold }
    }
}

/// Ends a training with the figures of photos on which one finding of each tag was right and a weaker one wrong.
private struct FixedTraining: JobHandler {
    let store: Store
    var fails = false

    func run(_ job: Job, _ context: JobContext) async throws -> JobEnd {
        let payload = try job.body(TrainPayload.self)
        if fails { throw AssistanceError.trainingCancelled }
        let right = Box(xMin: 0, yMin: 0, xMax: 20, yMax: 20)
        let wrong = Box(xMin: 40, yMin: 20, xMax: 60, yMax: 40)
        let metrics = try DetectionEvaluator(labels: ["apple"]).evaluate([
            PhotoResult(
                annotations: [Annotation(label: 0, box: right)],
                detections: [
                    Detection(label: 0, confidence: 0.6, box: right), Detection(label: 0, confidence: 0.4, box: wrong),
                ])
        ])
        let result = EvaluationResult(evaluatedOn: .heldOut, detection: metrics, photos: ["a"], skipped: [])
        let text = String(decoding: try JSONEncoder().encode(result), as: UTF8.self)
        _ = try await store.catalog.updateModel(payload.model, lease: context.lease) { model in
            model.status = .succeeded
            model.performance = text
            model.revision = payload.trainingRevisions.first
        }
        return .succeeded
    }
}

@Suite("ML-assisted labeling") struct AssistanceTests {
    private static let seen = [
        SuggestedLabel(tag: "apple", confidence: 0.8, box: Box(xMin: 4, yMin: 4, xMax: 20, yMax: 20)),
        SuggestedLabel(tag: "apple", confidence: 0.45, box: Box(xMin: 30, yMin: 4, xMax: 50, yMax: 20)),
        SuggestedLabel(tag: "cherry", confidence: 0.9, box: Box(xMin: 0, yMin: 0, xMax: 9, yMax: 9)),
    ]

    /// Runs the queue until both experiments are over.
    private func run(
        _ test: TestProject, labels: [SuggestedLabel] = seen, fails: Bool = false,
        meanwhile: @Sendable () async throws -> Void = {}
    ) async throws -> [Experiment] {
        let queue = JobQueue(
            store: test.store,
            handlers: [
                JobKind.training.rawValue: FixedTraining(store: test.store, fails: fails),
                JobKind.inference.rawValue: InferenceHandler(
                    service: test.service, model: FixedModel(labels: labels)),
            ], places: ["engine": 1], logger: Logger(label: "test"))
        let ticks = test.catalog.jobChanges()
        let running = Task { await queue.run() }
        defer { running.cancel() }
        try await meanwhile()
        for await _ in ticks {
            let experiments = try await test.catalog.experiments(of: test.id)
            if experiments.allSatisfy(\.isOver) { return experiments }
        }
        return []
    }

    @Test("A training on the submitted labels, frozen, is followed by suggestions above the held-out threshold")
    func experiments() async throws {
        try await withProject { test in
            try await test.submit(2)
            let started = try await test.service.startExperiments(of: test.id, .onDemand, by: test.owner.id)
            #expect(started.map(\.kind) == [.training, .inference])
            #expect(started.map(\.labeledCount) == [2, 2])
            await #expect(throws: LabelingError.self) {
                try await test.service.startExperiments(of: test.id, .onDemand, by: test.owner.id)
            }
            let done = try await run(test)
            #expect(done.map(\.job?.state) == [.succeeded, .succeeded])
            #expect(try await test.service.summary(of: done[0]) == "3 photos, 3 pre-labeled, threshold 0.50")
            #expect(try await test.service.summary(of: done[1])?.hasPrefix("2 photos, AP50 1.00") == true)
            let tasks = try await test.tasks()
            for task in tasks where task.state == .preLabeled {
                #expect(task.suggestions.map(\.confidence) == [0.8])
                #expect(task.annotations.isEmpty)
            }
            #expect(tasks.count { $0.state == .preLabeled } == 3)
            // The model sees exactly what was submitted.
            #expect(tasks.filter { $0.state == .submitted }.map(\.disagreement) == [0, 0])
            let model = try #require(done[0].model)
            let revision = try #require(try await test.catalog.model(model).revision)
            let set = try await test.service.datasets.trainingSet(of: [revision]).set
            #expect(set.photos.count == 2)
            #expect(set.labels == ["apple"])
        }
    }

    @Test(
        "Of several findings of one thing the surest is suggested, whatever their tags say; what lies in it is another thing"
    )
    func oneSuggestionForOneThing() async throws {
        try await withProject { test in
            try await test.submit(2)
            _ = try await test.service.startExperiments(of: test.id, .onDemand, by: nil)
            _ = try await run(
                test,
                labels: [
                    SuggestedLabel(tag: "banana", confidence: 0.9, box: Box(xMin: 4, yMin: 4, xMax: 44, yMax: 24)),
                    SuggestedLabel(tag: "apple", confidence: 0.8, box: Box(xMin: 5, yMin: 4, xMax: 44, yMax: 25)),
                    SuggestedLabel(tag: "apple", confidence: 0.7, box: Box(xMin: 5, yMin: 5, xMax: 24, yMax: 24)),
                ])
            let task = try #require(try await test.tasks().first { $0.state == .preLabeled })
            #expect(task.suggestions.map(\.confidence) == [0.9, 0.7])
        }
    }

    @Test("What a person decides while the model looks stays as it is")
    func personWins() async throws {
        try await withProject { test in
            try await test.submit(2)
            _ = try await test.service.startExperiments(of: test.id, .onDemand, by: nil)
            let held = try #require(
                try await test.catalog.nextTasks(1, for: test.owner.id, holding: [], in: test.id).tasks.first)
            _ = try await run(test)
            // Suggestions came to the photo that is held, and the revision the person saw still stands.
            let saved = try await test.service.save(
                [test.apple()], to: held.id, in: test.id, test.change(.saved, base: held.revision))
            #expect(saved.task.suggestions.count == 1)
            _ = try await test.service.submit(
                [], to: held.id, in: test.id, test.change(.submitted, base: saved.task.revision))
            let keeping = TaskInference(
                task: held.id, sha256: held.sha256,
                suggestions: [TaskSuggestion(id: "late", category: test.category(), box: nil, confidence: 1)],
                disagreement: 1, teaching: 1, certainty: 0)
            try await test.catalog.keepInferences([keeping], in: test.id, lease: nil)
            let task = try await test.catalog.task(held.id, in: test.id)
            #expect(task.state == .submitted)
            #expect(task.annotations.isEmpty)
            #expect(task.suggestions.isEmpty)
            #expect(task.disagreement == 1)
        }
    }

    @Test("Where the training fails, the inference says so")
    func failedTraining() async throws {
        try await withProject { test in
            try await test.submit(2)
            _ = try await test.service.startExperiments(of: test.id, .onDemand, by: nil)
            let done = try await run(test, fails: true)
            #expect(done.map(\.job?.state) == [.failed, .failed])
            #expect(done[0].job?.failure?.code == "trainingFailed")
        }
    }

    @Test("Cancelling the training cancels the inference behind it, and another can be started")
    func cancelling() async throws {
        try await withProject { test in
            try await test.submit(2)
            let started = try await test.service.startExperiments(of: test.id, .onDemand, by: nil)
            _ = try await test.service.cancelExperiment(started[0].id, of: test.id)
            #expect(try await test.catalog.experiments(of: test.id).map(\.job?.state) == [.cancelled, .cancelled])
            let again = try await test.service.startExperiments(of: test.id, .onDemand, by: nil)
            #expect(again.map(\.number) == [2, 2])
        }
    }

    @Test("An experiment starts by itself after the first submitted photos and again after enough more")
    func automatic() async throws {
        let settings = LabelingSettings(automatic: true, firstExperimentAfter: 3, nextExperimentAfter: 2)
        try await withProject(photos: 8, settings: settings) { test in
            try await test.submit(2)
            #expect(try await !test.service.startExperimentsIfDue(of: test.id))
            try await test.submit(1)
            #expect(try await test.service.startExperimentsIfDue(of: test.id))
            #expect(try await test.catalog.experiments(of: test.id).map(\.origin) == [.automatic, .automatic])
            try await test.submit(2)
            #expect(try await !test.service.startExperimentsIfDue(of: test.id))
            _ = try await run(test)
            #expect(try await test.service.startExperimentsIfDue(of: test.id))
            try await test.setSettings { $0.automatic = false }
            _ = try await run(test)
            try await test.submit(2)
            #expect(try await !test.service.startExperimentsIfDue(of: test.id))
        }
    }

    @Test("Nothing starts with assistance off or with fewer photos than can be learned from")
    func refusals() async throws {
        try await withProject { test in
            try await test.submit(1)
            let few = await #expect(throws: LabelingError.self) {
                try await test.service.startExperiments(of: test.id, .onDemand, by: nil)
            }
            #expect(few?.code == "notEnoughLabels")
            try await test.setSettings { $0.assists = false }
            let off = await #expect(throws: LabelingError.self) {
                try await test.service.startExperiments(of: test.id, .onDemand, by: nil)
            }
            #expect(off?.code == "assistanceOff")
        }
    }

    @Test("The queue offers what teaches most, or what is quickest to confirm")
    func orders() async throws {
        try await withProject(photos: 3) { test in
            let tasks = try await test.tasks()
            let inferences = zip(tasks, [(0.1, 0.9), (0.9, 0.1), (0.5, 0.5)]).map { task, values in
                TaskInference(
                    task: task.id, sha256: task.sha256, suggestions: nil, disagreement: nil, teaching: values.0,
                    certainty: values.1)
            }
            try await test.catalog.keepInferences(inferences, in: test.id, lease: nil)
            func numbers(_ order: LabelingSettings.Order) async throws -> [Int] {
                try await test.setSettings { $0.order = order }
                return try await test.catalog.nextTasks(3, for: test.owner.id, holding: [], in: test.id).tasks.map(
                    \.number)
            }
            #expect(try await numbers(.teaches) == [2, 3, 1])
            #expect(try await numbers(.confirms) == [1, 3, 2])
            #expect(try await numbers(.shuffled) == [1, 2, 3])
        }
    }

    @Test("Things that look like a box are found elsewhere in the photo, and nothing where there is nothing")
    func similar() throws {
        let size = ImageSize(width: 200, height: 120)
        var image = RGBImage(size: size, filledWith: 200)
        let places = [(20, 20), (120, 30), (60, 80)]
        for (left, top) in places {
            for y in top..<top + 24 {
                for x in left..<left + 24
                where (x - left - 12) * (x - left - 12) + (y - top - 12) * (y - top - 12) < 130 {
                    image.pixels.replaceSubrange((y * 200 + x) * 3..<(y * 200 + x) * 3 + 3, with: [210, 40, 30])
                }
            }
        }
        let box = Box(xMin: 20, yMin: 20, xMax: 44, yMax: 44)
        let found = try SimilarSearch.places(like: box, in: image, of: size, avoiding: [])
        for (left, top) in places.dropFirst() {
            let wanted = Box(
                xMin: Double(left), yMin: Double(top), xMax: Double(left + 24), yMax: Double(top + 24))
            #expect(found.contains { $0.box.intersectionOverUnion(wanted) > 0.5 })
        }
        #expect(found.prefix(2).allSatisfy { $0.likeness > 0.8 })
        let plain = RGBImage(size: size, filledWith: 90)
        #expect(try SimilarSearch.places(like: box, in: plain, of: size, avoiding: []).isEmpty)
    }

    @Test("A box of a few pixels of a large photo is not sought in an enlarged one")
    func similarToSpeck() throws {
        let size = ImageSize(width: 40_000, height: 30_000)
        let image = RGBImage(size: ImageSize(width: 200, height: 150), filledWith: 200)
        let speck = Box(xMin: 10, yMin: 10, xMax: 11, yMax: 11)
        #expect(try SimilarSearch.places(like: speck, in: image, of: size, avoiding: []).isEmpty)
        let own = Box(xMin: 10, yMin: 10, xMax: 14, yMax: 14)
        #expect(try SimilarSearch.places(like: own, in: image, of: image.size, avoiding: []).isEmpty)
    }

    @Test("What a model found of a category that has gone meanwhile is not suggested")
    func goneCategory() async throws {
        try await withProject(photos: 1) { test in
            let task = try #require(try await test.tasks().first)
            try await test.service.deleteCategory(
                test.category("banana"), of: test.id, isChosen: true, heir: nil, by: test.owner.id)
            let inference = TaskInference(
                task: task.id, sha256: task.sha256,
                suggestions: ["apple", "banana"].map {
                    TaskSuggestion(
                        id: $0, category: test.category($0), box: Box(xMin: 1, yMin: 1, xMax: 9, yMax: 9),
                        confidence: 0.9)
                },
                disagreement: nil, teaching: 1, certainty: 1)
            try await test.catalog.keepInferences([inference], in: test.id, lease: nil)
            #expect(try await test.tasks().first?.suggestions.map(\.id) == ["apple"])
        }
    }
}
