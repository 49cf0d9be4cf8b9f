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

    /// What of a group was deleted lately and can be had back.
    func trash(of group: ResourceGroup) async throws -> [TrashItem] { [] }

    func restoreTrash(_ id: String) async throws -> Response { throw StudioFailure.missing("deleted thing", id) }

    func emptyTrash(_ id: String) async throws -> Response { throw StudioFailure.missing("deleted thing", id) }
}
