import PomonaCore
import PomonaDatasets
public import PomonaStore

extension LabelingService {
    // MARK: Projects

    /// Makes a project of a dataset, with the photos of its container.
    ///
    /// - Throws: `StoreError`.
    public func createProject(_ project: NewProject) async throws -> LabelingProject {
        let made = try await catalog.createProject(project)
        _ = try await takePhotos(into: made)
        return try await catalog.project(made.id)
    }

    /// Brings a project's photos to what its container holds.
    @discardableResult
    public func takePhotos(into project: LabelingProject) async throws -> PhotoChanges {
        guard let address = project.container else { return PhotoChanges() }
        do {
            let container = try await store.blobs.container(address)
            try await datasets.examiner.readHeaders(in: container.id)
        } catch BlobError.containerMissing {
            // What was labeled stays; there is nothing more to come.
            return PhotoChanges()
        }
        return try await catalog.takePhotos(into: project.id)
    }

    /// Hands photos out from now on.
    ///
    /// - Throws: ``LabelingError/categoriesMissing(project:)``.
    public func start(_ id: LabelingProject.ID) async throws -> LabelingProject {
        let project = try await catalog.updateProject(id) { project in
            if project.categories.isEmpty { throw LabelingError.categoriesMissing(project: project.name) }
            project.state = .running
        }
        if project.settings.takesNewPhotos { try await takePhotos(into: project) }
        return project
    }

    /// Hands nothing out any more.
    public func pause(_ id: LabelingProject.ID) async throws -> LabelingProject {
        try await catalog.updateProject(id) { project in
            if project.state == .running { project.state = .paused }
        }
    }

    /// Changes a project's name, instructions and settings. Photos that wait although enough people labeled them, as the
    /// settings have it now, are decided with it.
    ///
    /// - Parameter revision: the one the change was made for, `nil` for whichever is there.
    /// - Throws: `StoreError`, as `Catalog.updateProject` and ``check(_:)``.
    @discardableResult
    public func changeProject(
        _ id: LabelingProject.ID, ifRevision revision: Int? = nil,
        _ change: @escaping @Sendable (inout LabelingProject) throws -> Void
    ) async throws -> LabelingProject {
        try await catalog.updateProject(
            id, ifRevision: revision, deciding: { task, scene in task.decideAgain(&scene) }
        ) { project in
            try change(&project)
            try Self.check(project.settings)
        }
    }

    /// Holds settings within their limits.
    ///
    /// - Throws: `StoreError.invalidValue` that names the setting.
    public static func check(_ settings: LabelingSettings) throws(StoreError) {
        func refuse(_ field: String, _ found: some CustomStringConvertible, _ expected: String) -> StoreError {
            .invalidValue(of: "labeling project", field: "settings.\(field)", found: "\(found)", expected: expected)
        }
        for (field, value) in [
            ("firstExperimentAfter", settings.firstExperimentAfter),
            ("nextExperimentAfter", settings.nextExperimentAfter),
        ] where !(1...1_000_000).contains(value) {
            throw refuse(field, value, "a whole number from 1")
        }
        guard (1...5).contains(settings.minimumLabelers) else {
            throw refuse("minimumLabelers", settings.minimumLabelers, "from 1 to 5")
        }
        guard (settings.minimumLabelers...5).contains(settings.maximumLabelers) else {
            throw refuse("maximumLabelers", settings.maximumLabelers, "from minimumLabelers to 5")
        }
        guard (0.1...0.95).contains(settings.agreementIoU) else {
            throw refuse("agreementIoU", settings.agreementIoU, "from 0.1 to 0.95")
        }
    }

    // MARK: Categories

    /// Takes a category out of a project.
    ///
    /// - Parameters:
    ///   - isChosen: whether somebody said what happens to its boxes.
    ///   - heir: the category they get; `nil` deletes them.
    /// - Throws: ``LabelingError/categoryInUse(_:boxes:)``.
    public func deleteCategory(
        _ id: LabelCategory.ID, of project: LabelingProject.ID, isChosen: Bool, heir: LabelCategory.ID?,
        by person: Person.ID
    ) async throws {
        let boxes = try await catalog.categoryCounts(of: project)[id]?.boxes ?? 0
        let name = try await catalog.project(project).categories.first { $0.id == id }?.name
        if boxes > 0, !isChosen, let name { throw LabelingError.categoryInUse(name, boxes: boxes) }
        try await mergeCategory(id, into: heir, of: project, by: person)
    }

    /// Gives the boxes of a category another one, or deletes them, and takes the category out.
    ///
    /// - Throws: `StoreError.invalidValue` for one that is merged into itself.
    public func mergeCategory(
        _ id: LabelCategory.ID, into heir: LabelCategory.ID?, of project: LabelingProject.ID, by person: Person.ID
    ) async throws {
        guard id != heir else {
            throw StoreError.invalidValue(
                of: "label category", field: "into", found: "the category itself", expected: "another category")
        }
        try await catalog.removeCategory(id, of: project, heir: heir, by: person)
    }

    // MARK: People

    /// What somebody may do in a project.
    ///
    /// - Parameters:
    ///   - least: the role that is needed.
    ///   - action: what for, as the end of "you may not ...".
    /// - Throws: `StoreError.missing` for who has nothing to do with it, so that they do not learn that it is there;
    ///   ``LabelingError/forbidden(action:role:)``.
    @discardableResult
    public func role(
        of person: Person, in project: LabelingProject.ID, atLeast least: ProjectRole = .labeler,
        to action: String = "see it"
    ) async throws -> ProjectRole {
        guard let role = try await catalog.role(of: person, in: project) else {
            throw StoreError.missing("labeling project", named: "\(project)")
        }
        guard role >= least else { throw LabelingError.forbidden(action: action, role: role.rawValue) }
        return role
    }
}
