import HTTPTypes
import Hummingbird
import PomonaLabeling
import PomonaStore

extension StudioAPI {
    static var experimentRoutes: [StudioRoute] {
        let action = "run experiments"
        return [
            .project(.get, "/experiments") { call in
                let page = try StudioPage(call.call)
                let all = try await call.catalog.experiments(of: call.project.id)
                var list = StudioList<ExperimentDocument>(items: [], total: all.count, offset: page.offset)
                for experiment in all.dropFirst(page.offset).prefix(page.limit) {
                    list.items.append(try await call.api.document(experiment))
                }
                return try StudioJSON.response(list)
            },
            .project(.post, "/experiments", .reviewer, to: action) { call in
                struct Answer: Encodable { var items: [ExperimentDocument] }
                var answer = Answer(items: [])
                for experiment in try await call.service.startExperiments(
                    of: call.project.id, .onDemand, by: call.person.id)
                {
                    answer.items.append(try await call.api.document(experiment))
                }
                return try StudioJSON.response(answer, status: .accepted)
            },
            .project(.post, "/experiments/{experiment}:cancel", .reviewer, to: action) { call in
                let experiment = try await call.service.cancelExperiment(
                    try call.call.id("experiment"), of: call.project.id)
                return try StudioJSON.response(try await call.api.document(experiment))
            },
        ]
    }

    func document(_ experiment: Experiment) async throws -> ExperimentDocument {
        // A model that was deleted says nothing about its training any more.
        ExperimentDocument(experiment, summary: try? await labeling.summary(of: experiment))
    }
}
