import HTTPTypes
import Hummingbird
import PomonaJobs
import PomonaStore

extension StudioAPI {
    static let jobRoutes: [StudioRoute] = [
        StudioRoute(.get, "/jobs", .signedIn) { api, call in try await api.listJobs(call) },
        StudioRoute(.get, "/jobs/{job}") { api, call in
            try StudioJSON.response(JobDocument(try await api.store.catalog.job(try call.id("job"))))
        },
        StudioRoute(.post, "/jobs/{job}:cancel") { api, call in
            let id: Job.ID = try call.id("job")
            guard try await api.store.catalog.job(id).kind != JobKind.deletion.rawValue else {
                throw StudioFailure.conflict(
                    "A deletion cannot be cancelled: what it removes is out of reach already.", code: "deletionGoesOn")
            }
            let job = try await api.store.catalog.cancelJob(id)
            return try StudioJSON.response(JobDocument(job), status: .accepted)
        },
    ]

    private enum Which: String, CaseIterable { case all, active, done }

    private func listJobs(_ call: StudioCall) async throws -> Response {
        let page = try StudioPage(call)
        // The page asks for them whoever is signed in; they are the owner's business.
        guard try call.person.role == .owner else {
            return try StudioJSON.response(StudioList<JobDocument>(items: [], total: 0, offset: page.offset))
        }
        let states = Set(JobState.allCases)
        let wanted: Set<JobState> =
            switch try call.choice("state", default: Which.all) {
            case .all: states
            case .active: states.filter { !$0.isFinal }
            case .done: states.filter(\.isFinal)
            }
        var group: ResourceGroup.ID?
        if let text = call.value("groupID") {
            guard let id = ResourceGroup.ID(studioID: text) else { throw StudioFailure.missing("resource group", text) }
            group = id
        }
        let (jobs, total) = try await store.catalog.jobs(
            in: group, states: wanted, skip: page.offset, limit: page.limit)
        return try StudioJSON.response(
            StudioList(items: jobs.map(JobDocument.init), total: total, offset: page.offset))
    }
}
