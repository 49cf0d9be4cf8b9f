import Foundation
import PomonaCOCO
public import PomonaCore
import PomonaDatasets
public import PomonaStore

extension LabelingService {
    /// The bytes of a label file.
    ///
    /// - Throws: ``ExportError``, `COCOError`, `StoreError`.
    public func file(of project: LabelingProject, _ export: LabelExport) async throws -> [UInt8] {
        let set = try await trainingSet(of: project, in: export.states)
        switch export.format {
        case .coco: return try coco(set, form: export.form, container: project.container)
        case .csv: return CSVLabels.bytes(of: set)
        case .yolo, .voc:
            guard project.kind == .objectDetection else {
                throw ExportError.boxesOnly(export.format.rawValue, project: project.name)
            }
            return export.format == .yolo ? try YOLOLabels.zip(of: set) : try VOCLabels.zip(of: set)
        }
    }

    /// Writes a COCO file into the container of the project's dataset and attaches it to the dataset.
    ///
    /// - Parameter replaces: whether a file of that name may be written over.
    /// - Throws: `BlobError.blobExists` for a name that is taken, ``ExportError``; `DatasetRefusal`, and nothing is written.
    public func exportIntoContainer(
        _ project: LabelingProject, _ export: LabelExport, replaces: Bool
    ) async throws -> (item: BlobItem, file: DatasetFile) {
        guard export.format == .coco else { throw ExportError.downloadOnly(export.format.rawValue) }
        guard let container = project.container, let id = project.dataset else {
            throw ExportError.nowhere(project: project.name)
        }
        let dataset = try await catalog.dataset(id)
        let bytes = try await self.file(of: project, export)
        let address = BlobAddress(container: container, name: export.fileName)
        // First, because what is written over is gone.
        let report = try await datasets.check(.written(bytes: bytes, name: address.name), for: dataset)
        guard report.isAccepted else { throw DatasetRefusal(file: address.name, report: report) }
        try await store.blobs.put(
            address, bytes,
            BlobUpload(
                headers: BlobHeaders(contentType: "application/json"),
                conditions: replaces ? .none : .onlyIfAbsent))
        let file = try await datasets.add(.blob(name: address.name), as: .project, repairs: false, to: dataset).file
        let place = try await store.blobs.container(container).id
        guard let item = try await catalog.item(named: address.name, in: place) else {
            throw BlobError.blobMissing(address)
        }
        return (item, file)
    }

    /// The labels of photos in some states, with all categories of the project in their order.
    public func trainingSet(
        of project: LabelingProject, in states: Set<LabelingTask.State>
    ) async throws -> TrainingSet {
        let tasks = try await catalog.tasks(TaskQuery(states: states), in: project.id).tasks
        let places = Dictionary(uniqueKeysWithValues: project.categories.enumerated().map { ($1.id, $0) })
        let photos = tasks.filter { project.kind == .objectDetection || !$0.annotations.isEmpty }.map { task in
            LabeledPhoto(
                name: task.name, path: "", size: task.size,
                annotations: task.annotations.compactMap { annotation in
                    places[annotation.category].map {
                        Annotation(label: $0, box: annotation.box?.clipped(to: task.size))
                    }
                })
        }
        guard !photos.isEmpty else { throw ExportError.nothing(project: project.name) }
        return TrainingSet(
            labels: project.categories.map(\.name),
            photos: photos.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) })
    }

    private func coco(_ set: TrainingSet, form: BoxForm, container: ContainerAddress?) throws -> [UInt8] {
        let address = container.map { "\(settings.blobEndpoint)/\($0.account)/\($0.name)" }
        return try COCOWriter(sourceForm: .pixels, form: form, container: address).bytes(
            of: COCODocument(set), name: "the export")
    }
}

/// Why labels could not be exported.
public enum ExportError: PomonaError {
    case nothing(project: String)
    /// A format that knows no tags of whole photos.
    case boxesOnly(String, project: String)
    case downloadOnly(String)
    case nowhere(project: String)
    case downloadMissing

    public var code: String {
        switch self {
        case .nothing: "notEnoughLabels"
        case .boxesOnly, .downloadOnly: "invalidField"
        case .nowhere: "conflict"
        case .downloadMissing: "notFound"
        }
    }

    public var message: String {
        switch self {
        case .nothing(let project): "The project \"\(project)\" has no photos in these states to export."
        case .boxesOnly(let format, let project):
            "The format \(format) has boxes only, and \"\(project)\" tags whole photos."
        case .downloadOnly(let format): "A dataset reads COCO files only, so \(format) can be downloaded only."
        case .nowhere(let project): "The dataset of \"\(project)\" or its container is no longer there."
        case .downloadMissing: "That file is no longer kept."
        }
    }

    public var hint: String? {
        switch self {
        case .nothing: "Submit some photos first."
        case .boxesOnly: "Choose COCO or CSV."
        case .downloadMissing: "Export again."
        default: nil
        }
    }

    public var kind: ErrorKind {
        switch self {
        case .nothing, .nowhere: .conflict
        case .boxesOnly, .downloadOnly: .usage
        case .downloadMissing: .missing
        }
    }
}
