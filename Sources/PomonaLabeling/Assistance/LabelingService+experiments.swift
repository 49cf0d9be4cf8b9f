import Foundation
import PomonaCore
public import PomonaDatasets
import PomonaJobs
public import PomonaStore

extension LabelingService {
    /// A model is taught from as many photos with labels as this: one cannot be learned from and held out at once.
    static let leastLabeled = 2

    /// Puts a training on what is submitted into the queue, and the inference on what is left behind it.
    ///
    /// The training gets a frozen revision of the submitted labels, as a training on a dataset does.
    ///
    /// - Throws: ``LabelingError/assistanceOff(project:)``, ``LabelingError/notEnoughLabels(found:needed:)``,
    ///   ``LabelingError/experimentRunning``; `DatasetError`, `StoreError`.
    public func startExperiments(
        of id: LabelingProject.ID, _ origin: Experiment.Origin, by person: Person.ID?
    ) async throws -> [Experiment] {
        let project = try await catalog.project(id)
        guard project.settings.assists else { throw LabelingError.assistanceOff(project: project.name) }
        guard try await catalog.experiments(of: id).allSatisfy(\.isOver) else { throw LabelingError.experimentRunning }
        let labels = try await labels(of: project)
        let count = labels.photos.count { !$0.annotations.isEmpty }
        guard count >= Self.leastLabeled else {
            throw LabelingError.notEnoughLabels(found: count, needed: Self.leastLabeled)
        }
        guard let dataset = project.dataset else {
            throw StoreError.missing("dataset of the labeling project", named: "\"\(project.name)\"")
        }
        let revision = try await datasets.freeze(try await catalog.dataset(dataset), labels)
        let (group, budget) = (project.group, settings.trainingBudgetSeconds)
        let number = (try await catalog.experiments(of: id).map(\.number).max() ?? 0) + 1
        return try await catalog.createExperiments(
            NewExperiments(
                project: id, origin: origin, labeledCount: labels.photos.count,
                model: NewModel(
                    name: "\(project.name.prefix(200)) \(number)",
                    kind: project.kind == .objectDetection ? .genericDetector : .genericClassifier,
                    parameters: try ModelParameters(
                        trainingDatasets: [project.datasetName], budgetSeconds: budget
                    ).text(), revisions: [revision.id]),
                training: { model in
                    try NewJob(
                        .training, title: "Learn from \(project.name)",
                        subject: JobSubject(kind: "model", row: model.rawValue),
                        TrainPayload(
                            model: model, trainingRevisions: [revision.id], budgetSeconds: budget,
                            foundation: project.settings.foundationID),
                        group: group, person: person)
                },
                inference: { experiment in
                    try NewJob(
                        .inference, title: "Suggest labels for \(project.name)",
                        subject: JobSubject(kind: "experiment", row: experiment.rawValue),
                        InferencePayload(project: id, experiment: experiment), group: group, person: person)
                }))
    }

    /// Starts a training by itself where enough was submitted since the last one.
    ///
    /// - Returns: whether one was started.
    @discardableResult
    public func startExperimentsIfDue(of id: LabelingProject.ID) async throws -> Bool {
        let project = try await catalog.project(id)
        let settings = project.settings
        guard project.state == .running, settings.assists, settings.automatic else { return false }
        let (count, isFirst) = try await catalog.submissionsSinceTraining(of: id)
        guard count >= (isFirst ? settings.firstExperimentAfter : settings.nextExperimentAfter) else { return false }
        do {
            return try await !startExperiments(of: id, .automatic, by: nil).isEmpty
        } catch LabelingError.experimentRunning, LabelingError.notEnoughLabels {
            return false
        }
    }

    /// Cancels an experiment; without its training the inference has nothing to ask, so it is cancelled along.
    public func cancelExperiment(_ id: Experiment.ID, of project: LabelingProject.ID) async throws -> Experiment {
        let experiments = try await catalog.experiments(of: project)
        guard let experiment = experiments.first(where: { $0.id == id }) else {
            throw StoreError.missing("experiment", named: "\(id)")
        }
        for other in experiments where other.number == experiment.number {
            guard other.id == id || experiment.kind == .training, let job = other.job else { continue }
            _ = try await catalog.cancelJob(job.id)
        }
        return try await catalog.experiment(id)
    }

    /// The labels of all photos that count, as a dataset has them: photos without any say "nothing here".
    ///
    /// - Parameter states: which photos count.
    public func labels(
        of project: LabelingProject, in states: Set<LabelingTask.State> = [.submitted, .approved]
    ) async throws -> DatasetLabels {
        let tasks = try await catalog.tasks(TaskQuery(states: states), in: project.id).tasks
        let used = Set(tasks.flatMap { $0.annotations.map(\.category) })
        let categories = project.categories.filter { used.contains($0.id) }
        let places = Dictionary(uniqueKeysWithValues: categories.enumerated().map { ($1.id, $0) })
        var photos: [DatasetLabels.Photo] = []
        var missing: [String] = []
        for task in tasks {
            guard project.kind == .objectDetection || !task.annotations.isEmpty else { continue }
            do {
                let blob = try await store.blobs.blob(try catalog.address(of: task, in: project))
                photos.append(
                    DatasetLabels.Photo(
                        address: blob.address, sha256: blob.sha256, size: task.size,
                        annotations: task.annotations.compactMap { annotation in
                            places[annotation.category].map {
                                Annotation(label: $0, box: annotation.box?.clipped(to: task.size))
                            }
                        }))
            } catch BlobError.blobMissing {
                missing.append(task.name)
            }
        }
        return DatasetLabels(labels: categories.map(\.name), photos: photos, missing: missing)
    }
}
