import Foundation
import HTTPTypes
import Hummingbird
import PomonaStore

// What was deleted lately and can be had back.
extension StudioAPI {
    struct TrashItem: Encodable, Sendable {
        var id: String
        var kind: String
        var name: String
        var deletedAt: Date
        var expiresAt: Date
        var bytes: Int64
    }

    /// What of a group was deleted lately and can be had back. Labels weigh next to nothing, so they count no bytes.
    func trash(of group: ResourceGroup) async throws -> [TrashItem] {
        try await store.catalog.trashedProjects(in: group.id).map {
            TrashItem(
                id: $0.id.studioID, kind: "project", name: $0.name, deletedAt: $0.deletedAt, expiresAt: $0.expiresAt,
                bytes: 0)
        }
    }

    func restoreTrash(_ id: String) async throws -> Response {
        struct Answer: Encodable {
            var kind: String
            var id: String
        }
        let project = try await store.catalog.restoreProject(try Self.trashed(id))
        return try StudioJSON.response(Answer(kind: "project", id: project.id.studioID))
    }

    func emptyTrash(_ id: String) async throws -> Response {
        try await store.catalog.removeTrashedProject(try Self.trashed(id))
        return StudioJSON.noContent
    }

    private static func trashed(_ id: String) throws(StudioFailure) -> LabelingProject.ID {
        guard let project = LabelingProject.ID(studioID: id) else { throw .missing("deleted thing", id) }
        return project
    }
}
