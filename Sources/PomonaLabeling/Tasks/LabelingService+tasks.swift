import PomonaCore
public import PomonaStore

extension LabelingService {
    /// Saves what a person has drawn so far, in a project of any state.
    ///
    /// - Parameter dismissed: the ids of all suggestions that the person says are wrong; `nil` leaves them as they are.
    /// - Throws: ``LabelingError/conflict(_:)``, `StoreError.invalidValue` for annotations that cannot be.
    public func save(
        _ annotations: [TaskAnnotation], dismissed: [String]? = nil, to task: LabelingTask.ID,
        in project: LabelingProject.ID, _ change: TaskChange
    ) async throws -> TaskAnswer {
        try await catalog.changeTask(task, in: project, change) { task, scene in
            try scene.project.check(annotations, for: task)
            task.dismiss(dismissed, scene)
            task.take(annotations, by: change.person, &scene)
        }
    }

    /// Says that a photo is done; without any box it says "nothing here".
    ///
    /// - Parameter role: of the person.
    /// - Throws: as ``save(_:dismissed:to:in:_:)``; ``LabelingError/notRunning(project:)`` for a labeler's photo of the
    ///   queue.
    public func submit(
        _ annotations: [TaskAnnotation], to task: LabelingTask.ID, in project: LabelingProject.ID, _ change: TaskChange,
        as role: ProjectRole = .labeler
    ) async throws -> TaskAnswer {
        try await catalog.changeTask(task, in: project, change) { task, scene in
            try task.checkRunning(scene.project, for: role)
            try scene.project.check(annotations, for: task)
            if scene.project.kind == .imageClassification, annotations.isEmpty {
                throw StoreError.invalidValue(
                    of: "photo", field: "annotations", found: "empty", expected: "one tag, or the photo is skipped")
            }
            task.submit(annotations, by: change.person, &scene)
        }
    }

    /// Leaves a photo to a reviewer.
    ///
    /// - Parameter role: of the person.
    /// - Throws: ``LabelingError/wrongState(_:photo:action:)``, ``LabelingError/conflict(_:)``,
    ///   ``LabelingError/notRunning(project:)`` for a labeler's photo of the queue.
    public func skip(
        _ task: LabelingTask.ID, in project: LabelingProject.ID, _ change: TaskChange, as role: ProjectRole = .labeler
    ) async throws -> TaskAnswer {
        try await catalog.changeTask(task, in: project, change) { task, scene in
            guard task.state.isQueued || task.state == .skipped else {
                throw LabelingError.wrongState(task.state, photo: task.name, action: "skipped")
            }
            try task.checkRunning(scene.project, for: role)
            task.state = .skipped
            task.review = nil
            scene.endsLease = true
        }
    }

    /// Goes back to what a photo's labels were at a revision; what is gone back from stays in the history.
    ///
    /// - Throws: `StoreError.missing` also for a labeler who would see by it what another said, before it is decided.
    public func restore(
        _ task: LabelingTask.ID, to revision: Int, in project: LabelingProject.ID, _ change: TaskChange,
        as role: ProjectRole = .labeler
    ) async throws -> TaskAnswer {
        let isShared = try await catalog.project(project).settings.hasSeveralLabelers
        let annotations = try await catalog.annotations(
            of: task, at: revision, by: isShared && role < .reviewer ? change.person.id : nil)
        return try await catalog.changeTask(task, in: project, change) { task, scene in
            // A category that is gone since takes its boxes along.
            let known = Set(scene.project.categories.map(\.id))
            task.take(annotations.filter { known.contains($0.category) }, by: change.person, &scene)
        }
    }

    /// What a reviewer says of photos.
    public enum Verdict: String, Codable, CaseIterable, Sendable {
        case approve
        /// Back to the queue, with words.
        case reject
        /// A skipped photo is left out of the project.
        case accept
        /// A skipped photo goes back to the queue, also one that was left out.
        case `return`
    }

    /// Reviews photos; those whose state does not allow it stay as they are.
    ///
    /// - Parameters:
    ///   - tasks: which ones; `nil` for all that the query lets through.
    ///   - answer: makes of the outcome what the same edit is answered with again.
    public func review(
        _ tasks: [LabelingTask.ID]?, matching query: TaskQuery, in project: LabelingProject.ID, _ verdict: Verdict,
        edit: String, words: String, by person: PersonName,
        answer: @escaping @Sendable (_ changed: Int, _ refused: [(LabelingTask.ID, LabelingError)]) throws -> String
    ) async throws -> String {
        let change = TaskChange(edit: edit, person: person, baseRevision: nil, action: verdict.action, words: words)
        return try await catalog.changeTasks(
            tasks, matching: query, in: project, change,
            { task, scene in try task.review(verdict, words: words, by: person, &scene) }, answer: answer)
    }
}

extension LabelingService.Verdict {
    fileprivate var action: TaskEdit.Action {
        switch self {
        case .approve: .approved
        case .reject: .rejected
        case .accept: .approved
        case .return: .restored
        }
    }
}
