import Foundation
import HTTPTypes
import Hummingbird
import PomonaCore
import PomonaDatasets
import PomonaJobs
import PomonaStore

extension StudioAPI {
    /// Seconds of a step on two cores, until this machine has trained something.
    private static let usualSecondsPerStep = 0.5

    /// A wish, with the datasets it names.
    private struct Plan {
        var kind: Model.Kind
        var training: [(dataset: Dataset, index: DatasetIndex)] = []
        var evaluation: (dataset: Dataset, index: DatasetIndex)?
        var problems: [TrainingEstimate.Problem] = []
    }

    /// What a training would take.
    func estimate(_ wish: TrainingWish, in group: ResourceGroup.ID) async throws -> TrainingEstimate {
        _ = try await store.catalog.group(group)
        return try await estimate(try await plan(wish, in: group), wish, in: group)
    }

    private func estimate(
        _ plan: Plan, _ wish: TrainingWish, in group: ResourceGroup.ID
    ) async throws -> TrainingEstimate {
        TrainingEstimate(
            kind: plan.kind, photoCount: plan.training.reduce(0) { $0 + $1.index.photos.count },
            labelledCount: plan.training.reduce(0) { $0 + $1.index.labelledCount },
            boxCount: plan.training.reduce(0) { $0 + $1.index.photos.reduce(0) { $0 + $1.annotations.count } },
            evaluationCount: plan.evaluation?.index.labelledCount ?? 0,
            startsFromNothing: wish.foundationID?.isEmpty ?? true,
            secondsPerStep: try await secondsPerStep(), device: try await machine.about().device.name,
            problems: plan.problems)
    }

    /// As the latest trainings on this machine had it.
    private func secondsPerStep() async throws -> Double {
        for group in try await store.catalog.groups().reversed() {
            for model in try await store.catalog.newestModels(in: group.id, skip: 0, limit: 10).models {
                guard let text = model.progress,
                    let point = try? JSONDecoder().decode(CurvePoint.self, from: Data(text.utf8)), point.step >= 20,
                    point.imagesPerSecond > 0
                else { continue }
                return 8 / point.imagesPerSecond
            }
        }
        return Self.usualSecondsPerStep
    }

    private func plan(_ wish: TrainingWish, in group: ResourceGroup.ID) async throws -> Plan {
        var plan = Plan(kind: try Model.Kind(studioWord: wish.kind))
        guard !wish.trainingDatasetIDs.isEmpty else {
            throw StudioFailure.field("trainingDatasetIDs", "At least one dataset is needed.")
        }
        for id in wish.trainingDatasetIDs {
            let found = try await usable(id, field: "trainingDatasetIDs", in: group, &plan)
            plan.training.append(found)
        }
        if let id = wish.evaluationDatasetID, !id.isEmpty {
            plan.evaluation = try await usable(id, field: "evaluationDatasetID", in: group, &plan)
        }
        return plan
    }

    private func usable(
        _ text: String, field: String, in group: ResourceGroup.ID, _ plan: inout Plan
    ) async throws -> (Dataset, DatasetIndex) {
        guard let id = Dataset.ID(studioID: text) else { throw StudioFailure.field(field, "There is no such dataset.") }
        let dataset = try await store.catalog.dataset(id)
        guard dataset.group == group else { throw StudioFailure.field(field, "There is no such dataset.") }
        let index = try await datasets.index(of: id)
        let isClassification = plan.kind == .genericClassifier
        func add(_ code: String, _ message: String, _ hint: String?) {
            plan.problems.append(.init(field: field, message: message, hint: hint, code: code))
        }
        if (dataset.kind == .imageClassification) != isClassification {
            add(
                "incorrectKind",
                "The dataset \"\(dataset.name)\" is for \(isClassification ? "object detection" : "classification").",
                "Choose a dataset of the model's own type.")
        } else if index.labelledCount == 0 {
            add(
                "datasetEmpty", "The dataset \"\(dataset.name)\" has no labels.",
                "Label some photos, or add a COCO file.")
        }
        for failure in index.failures {
            add("datasetCorrupt", failure.error.message, failure.error.hint)
        }
        return (dataset, index)
    }

    // MARK: Making

    /// Azure's longest time for one training, in seconds.
    private static let longestBudget = Double(VisionAPI.budgetRange.upperBound) * 3_600

    /// Makes a model and queues its training. The datasets are frozen first, so whatever is wrong with them is told at once.
    func createModel(_ call: StudioCall) async throws -> Response {
        let wish: TrainingWish = try await call.json()
        let group: ResourceGroup.ID = try call.id("group")
        guard let name = wish.name else { throw StudioFailure.field("name", "A name is needed.") }
        guard let budget = wish.budgetSeconds, budget.isFinite, budget > 0 else {
            throw StudioFailure.field("budgetSeconds", "A budget in seconds is needed.")
        }
        guard budget <= Self.longestBudget else {
            throw StudioFailure.field(
                "budgetSeconds", "A training may take \(VisionAPI.budgetRange.upperBound) hours at most.")
        }
        if let steps = wish.steps, !(1...1_000_000).contains(steps) {
            throw StudioFailure.field("steps", "The number of steps is \(steps); 1 to 1000000 are possible.")
        }
        let plan = try await plan(wish, in: group)
        if let problem = plan.problems.first {
            throw StudioFailure.field(problem.field, problem.message, code: problem.code, hint: problem.hint)
        }
        let estimate = try await estimate(plan, wish, in: group)
        guard budget >= estimate.minimumSeconds else {
            throw StudioFailure.field(
                "budgetSeconds", "A budget of \(Int(budget)) s is used up before anything is learned.",
                code: "notEnoughBudget", hint: "Give at least \(Int(estimate.minimumSeconds.rounded(.up))) s.")
        }
        var foundation: FoundationEntry?
        let start = wish.foundationID.flatMap { $0.isEmpty ? nil : $0 } ?? "none"
        if let id = wish.foundationID, !id.isEmpty {
            _ = try await foundations.weights(of: id)
            foundation = try await foundations.foundations().first { $0.id == id }
        }
        var revisions: [DatasetRevision.ID] = []
        for (dataset, _) in plan.training { revisions.append(try await datasets.freeze(dataset.id)) }
        var evaluationRevision: DatasetRevision.ID?
        if let dataset = plan.evaluation?.dataset { evaluationRevision = try await datasets.freeze(dataset.id) }

        let parameters = parameters(plan, wish, budget: budget, foundation)
        let new = NewModel(
            name: name, kind: plan.kind, parameters: try parameters.text(),
            revisions: revisions + [evaluationRevision].compactMap(\.self))
        let person = try call.person.id
        let payload = { @Sendable [revisions, evaluationRevision] (id: Model.ID) in
            TrainPayload(
                model: id, trainingRevisions: revisions, evaluationRevision: evaluationRevision,
                budgetSeconds: budget, steps: wish.steps, foundation: start, seed: wish.seed ?? 0)
        }
        let model = try await store.catalog.createModel(new, in: group) { id in
            try NewJob(
                .training, title: "Train \(name)", subject: JobSubject(kind: "model", row: id.rawValue), payload(id),
                group: group, person: person)
        }
        return try StudioJSON.response(try await document(model), status: .created)
    }

    private func parameters(
        _ plan: Plan, _ wish: TrainingWish, budget: Double, _ foundation: FoundationEntry?
    ) -> ModelParameters {
        func version(_ part: (dataset: Dataset, index: DatasetIndex)) -> ModelParameters.Choices.DatasetVersion {
            .init(id: part.dataset.id, name: part.dataset.name, version: part.index.version)
        }
        var labels: [String] = []
        for tag in plan.training.flatMap(\.index.tags) where tag.photos > 0 && !labels.contains(tag.name) {
            labels.append(tag.name)
        }
        return ModelParameters(
            trainingDatasets: plan.training.map(\.dataset.name), evaluationDataset: plan.evaluation?.dataset.name,
            budgetSeconds: budget,
            choices: .init(
                training: plan.training.map(version), evaluation: plan.evaluation.map(version),
                foundationID: foundation?.id, foundationName: foundation?.name, seed: wish.seed ?? 0, labels: labels))
    }
}
