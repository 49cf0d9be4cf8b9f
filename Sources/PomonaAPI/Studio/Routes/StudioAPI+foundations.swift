import HTTPTypes
import Hummingbird
import PomonaStore

extension StudioAPI {
    static let foundationRoutes: [StudioRoute] = [
        StudioRoute(.get, "/foundations", .signedIn) { api, call in
            try StudioJSON.response(try StudioPage(call).list(of: try await api.foundations.foundations()) { $0 })
        },
        StudioRoute(.post, "/foundations/{foundation}:pull") { api, call in
            let job = try await api.foundations.pull(call.word("foundation"), for: try call.person.id)
            let queued = try await api.store.catalog.enqueue(job)
            return try StudioJSON.response(JobAnswer(job: JobDocument(queued)), status: .accepted)
        },
        StudioRoute(.get, "/built-in-models", .signedIn) { api, call in
            let models = try await api.foundations.builtInModels()
            return try StudioJSON.response(try StudioPage(call).list(of: models, StudioModel.init(builtIn:)))
        },
    ]
}

extension StudioModel {
    init(builtIn model: BuiltInModel) {
        self.init(
            id: model.id, name: model.name, kind: model.kind, status: ModelStatus.succeeded.rawValue, isBuiltIn: true,
            labels: model.labels, trainingDatasets: [], wasInterrupted: false, bytes: model.bytes)
    }
}
