import HTTPTypes
import Hummingbird
import PomonaStore

extension StudioAPI {
    static let visionRoutes: [StudioRoute] = [
        StudioRoute(.get, "/groups/{group}/vision") { api, call in
            let group = try await api.store.catalog.group(try call.id("group"))
            return try await api.answer(try await api.store.catalog.visionResource(of: group.id))
        },
        StudioRoute(.patch, "/groups/{group}/vision") { api, call in try await api.setDefaultModel(call) },
        StudioRoute(.post, "/groups/{group}/vision/keys/{key}:rotate") { api, call in
            guard let slot = KeyPair.Slot(rawValue: call.word("key")) else {
                throw StudioFailure.missing("key", call.word("key"))
            }
            let group = try await api.store.catalog.group(try call.id("group"))
            return try await api.answer(try await api.store.catalog.renewVisionKey(slot, of: group.id))
        },
    ]

    private struct VisionDocument: Encodable {
        var name: String
        var endpoint: String
        var keys: [KeyDocument]
        var defaultModelID: String?
    }

    private func answer(_ resource: VisionResource) async throws -> Response {
        let builtIn = resource.defaultModel == nil ? try await foundations.builtInModels().first?.id : nil
        return try StudioJSON.response(
            VisionDocument(
                name: resource.name, endpoint: settings.studioEndpoint, keys: KeyDocument.both(resource.keys),
                defaultModelID: resource.defaultModel?.studioID ?? builtIn))
    }

    private func setDefaultModel(_ call: StudioCall) async throws -> Response {
        struct Body: Decodable { var defaultModelID: String }
        let body: Body = try await call.json()
        let group = try await store.catalog.group(try call.id("group"))
        if try await foundations.builtInModels().contains(where: { $0.id == body.defaultModelID }) {
            return try await answer(try await store.catalog.setDefaultModel(nil, of: group.id))
        }
        guard let id = Model.ID(studioID: body.defaultModelID) else {
            throw StudioFailure.field("defaultModelID", "There is no such model.")
        }
        let model = try await store.catalog.model(id)
        guard !model.files.isEmpty else {
            throw StudioFailure.field("defaultModelID", "The model \"\(model.name)\" is not trained.")
        }
        return try await answer(try await store.catalog.setDefaultModel(id, of: group.id))
    }
}
