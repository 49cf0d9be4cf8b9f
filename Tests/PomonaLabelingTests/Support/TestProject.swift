import Foundation
import PomonaCore
import PomonaDatasets
import PomonaImaging
import PomonaLabeling
import PomonaStore

/// A project with small photos in a store of its own.
struct TestProject {
    let store: Store
    let service: LabelingService
    let group: ResourceGroup
    let container: ContainerAddress
    let dataset: Dataset
    let id: LabelingProject.ID
    let owner: PersonName

    /// The number of the category of a name.
    let categories: [String: LabelCategory.ID]

    var catalog: Catalog { store.catalog }

    func project() async throws -> LabelingProject { try await catalog.project(id) }

    func category(_ name: String = "apple") -> LabelCategory.ID { categories[name] ?? LabelCategory.ID(rawValue: 0) }

    /// All photos in the order of the queue.
    func tasks() async throws -> [LabelingTask] { try await catalog.tasks(in: id).tasks }

    func apple(_ box: Box = Box(xMin: 4, yMin: 4, xMax: 20, yMax: 20), id: String = UUID().uuidString) -> TaskAnnotation
    {
        TaskAnnotation(id: id, category: category(), box: box)
    }

    func change(
        _ action: TaskEdit.Action, base: Int?, edit: String = UUID().uuidString, by person: PersonName? = nil
    ) -> TaskChange {
        TaskChange(edit: edit, person: person ?? owner, baseRevision: base, action: action)
    }

    /// Submits photos of the queue with one apple each.
    func submit(_ count: Int, by person: PersonName? = nil) async throws {
        for task in try await tasks().filter(\.state.isQueued).prefix(count) {
            _ = try await service.submit(
                [apple()], to: task.id, in: id, change(.submitted, base: task.revision, by: person))
        }
    }

    /// Somebody else who was let in.
    func guest(_ role: ProjectRole = .labeler) async throws -> PersonName {
        let token = try await catalog.invite(as: role, to: id).token
        let accepted = try await catalog.acceptInvitation(token, signedIn: nil, validFor: .seconds(60))
        guard let person = accepted.signIn?.person else { throw StoreError.missing("person", named: "guest") }
        return PersonName(id: person.id, name: person.name)
    }

    func setSettings(_ change: @escaping @Sendable (inout LabelingSettings) -> Void) async throws {
        try await service.changeProject(id) { change(&$0.settings) }
    }

    static let photo: [UInt8] = {
        let image = RGBImage(size: ImageSize(width: 64, height: 48), filledWith: 128)
        return (try? image.encoded(as: .jpeg(quality: 90))) ?? []
    }()
}

/// A new project of so many photos of 64 x 48 pixels, with the categories apple and banana; running.
func withProject(
    photos count: Int = 5, kind: Dataset.Kind = .objectDetection, clock: StoreClock = .system,
    settings: LabelingSettings = LabelingSettings(automatic: false), isRunning: Bool = true,
    _ body: (TestProject) async throws -> Void
) async throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "pomona-labeling-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    let store = try Store(opening: DataFolder(folder), clock: clock)
    defer { try? store.close() }
    let group = try await store.catalog.createGroup(named: "fruit")
    _ = try await store.catalog.createAccount(named: "fruitstore", in: group.id, keys: nil)
    let container = ContainerAddress(account: "fruitstore", name: "training-images")
    try await store.blobs.createContainer(container, metadata: [:], publicAccess: .none)
    for number in 0..<count {
        try await store.blobs.put(BlobAddress(container: container, name: "photo-\(number).jpg"), TestProject.photo)
    }
    let dataset = try await store.catalog.createDataset(
        NewDataset(name: "fruit", kind: kind, container: container), in: group.id)
    let service = LabelingService(store: store, datasets: DatasetService(store: store))
    let project = try await service.createProject(
        NewProject(name: "label fruit", dataset: dataset.id, settings: settings, seed: 7))
    var categories: [String: LabelCategory.ID] = [:]
    for name in ["apple", "banana"] {
        categories[name] = try await store.catalog.addCategory(
            named: name, color: "#aa3333", hotkey: name.first.map(String.init), to: project.id)
    }
    if isRunning { _ = try await service.start(project.id) }
    let owner = try await store.catalog.owner()
    try await body(
        TestProject(
            store: store, service: service, group: group, container: container, dataset: dataset, id: project.id,
            owner: PersonName(id: owner.id, name: owner.name), categories: categories))
}
