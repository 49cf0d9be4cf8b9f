import Foundation
import PomonaCOCO
import PomonaCore
import PomonaDatasets
import PomonaLabeling
import PomonaStore

// What the rest of the studio asks of labeling projects.
extension StudioAPI {
    /// The names of a group's projects.
    func projectNames(in group: ResourceGroup.ID) async throws -> [String] {
        try await store.catalog.projects(in: group).map(\.name)
    }

    /// The projects that label a dataset.
    func projects(of dataset: Dataset) async throws -> [StudioDataset.ProjectPart] {
        try await store.catalog.projects(of: dataset.id).map {
            StudioDataset.ProjectPart(id: $0.id.studioID, name: $0.name, state: $0.state.rawValue)
        }
    }

    /// A project's labels as a COCO file.
    ///
    /// - Throws: `404` for a project that is none.
    func projectLabels(_ text: String) async throws -> (bytes: [UInt8], name: String) {
        guard let id = LabelingProject.ID(studioID: text) else { throw StudioFailure.missing("labeling project", text) }
        let project = try await store.catalog.project(id)
        let labels = try await labeling.labels(of: project)
        let set = TrainingSet(
            labels: labels.labels,
            photos: labels.photos.map {
                LabeledPhoto(name: $0.address.name, path: "", size: $0.size, annotations: $0.annotations)
            })
        return (try COCOWriter().bytes(of: COCODocument(set), name: "the labels of \(project.name)"), project.name)
    }
}
