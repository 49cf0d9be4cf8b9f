import Foundation
import HTTPTypes
import Hummingbird
import PomonaLabeling
import PomonaStore

extension StudioAPI {
    /// All of labeling.
    static var labelingRoutes: [StudioRoute] {
        projectRoutes + categoryRoutes + memberRoutes + taskRoutes + editRoutes + experimentRoutes + labelExchangeRoutes
    }

    var labeling: LabelingService {
        LabelingService(
            store: store, datasets: datasets, settings: LabelingServiceSettings(blobEndpoint: settings.blobEndpoint))
    }

    private static var projectRoutes: [StudioRoute] {
        [
            StudioRoute(.get, "/groups/{group}/projects", .signedIn) { api, call in try await api.listProjects(call) },
            StudioRoute(.post, "/datasets/{dataset}/projects") { api, call in
                struct Body: Decodable { var name: String }
                let body: Body = try await call.json()
                let dataset: Dataset.ID = try call.id("dataset")
                let project = try await api.labeling.createProject(NewProject(name: body.name, dataset: dataset))
                return try StudioJSON.response(try await api.document(project, role: .owner), status: .created)
            },
            .project(.get, "") { call in
                if call.person.role != .owner {
                    try await call.catalog.noteVisit(of: call.person.id, to: call.project.id)
                }
                return try await call.projectResponse()
            },
            .project(.patch, "", .owner, to: "change the project") { try await $0.change() },
            .project(.delete, "", .owner, to: "delete the project") { call in
                let typed: TypedName = try await call.call.json()
                try typed.check(against: call.project.name, of: "labeling project")
                try await call.catalog.trashProject(call.project.id)
                return StudioJSON.noContent
            },
            .project(.post, ":start", .owner, to: "start it") { call in
                _ = try await call.service.start(call.project.id)
                return try await call.projectResponse()
            },
            .project(.post, ":pause", .owner, to: "pause it") { call in
                _ = try await call.service.pause(call.project.id)
                return try await call.projectResponse()
            },
            .project(.get, "/dashboard", .reviewer, to: "see its figures") { try await $0.dashboard() },
        ]
    }

    private func listProjects(_ call: StudioCall) async throws -> Response {
        let person = try call.person
        let page = try StudioPage(call)
        let group: ResourceGroup.ID = try call.id("group")
        _ = try await store.catalog.group(group)
        var projects = try await store.catalog.projects(in: group)
        var roles: [LabelingProject.ID: ProjectRole] = [:]
        if person.role != .owner {
            roles = try await store.catalog.memberships(of: person.id)
            projects = projects.filter { roles[$0.id] != nil }
        }
        var list = StudioList<ProjectDocument>(items: [], total: projects.count, offset: page.offset)
        for project in projects.dropFirst(page.offset).prefix(page.limit) {
            list.items.append(try await document(project, role: roles[project.id] ?? .owner))
        }
        return try StudioJSON.response(list)
    }

    func document(_ project: LabelingProject, role: ProjectRole) async throws -> ProjectDocument {
        ProjectDocument(
            project, role: role, counts: try await store.catalog.taskCounts(of: project.id),
            categoryCounts: try await store.catalog.categoryCounts(of: project.id))
    }
}

extension ProjectCall {
    fileprivate func change() async throws -> Response {
        let body: ProjectChange = try await call.json()
        if let id = body.settings?.foundationID ?? nil, id != "none",
            !(try await api.foundations.foundations().contains { $0.id == id })
        {
            throw StudioFailure.field("settings.foundationID", "There is no foundation \"\(id)\" here.")
        }
        try await service.changeProject(project.id, ifRevision: body.revision) { project in
            if let name = body.name { project.name = name }
            if let instructions = body.instructions {
                guard instructions.utf8.count <= 200_000 else {
                    throw StoreError.invalidValue(
                        of: "labeling project", field: "instructions", found: "\(instructions.utf8.count) bytes",
                        expected: "at most 200,000")
                }
                project.instructions = instructions
            }
            body.settings?.apply(to: &project.settings)
        }
        return try await projectResponse()
    }

    fileprivate func dashboard() async throws -> Response {
        let counts = try await catalog.taskCounts(of: project.id)
        let categories = try await catalog.categoryCounts(of: project.id)
        let roles = Dictionary(
            try await catalog.members(of: project.id).map { ($0.person.id, $0.role) },
            uniquingKeysWith: { first, _ in first })
        let labelers = try await catalog.labelerFigures(of: project.id)
        let seconds = labelers.compactMap { figures in
            figures.medianSeconds.map { (seconds: $0, photos: Double(figures.submitted)) }
        }
        let photos = seconds.reduce(0) { $0 + $1.photos }
        let mean = photos > 0 ? seconds.reduce(0) { $0 + $1.seconds * $1.photos } / photos : nil
        return try StudioJSON.response(
            DashboardDocument(
                counts: ProjectDocument.Counts(counts),
                categories: project.categories.map { category in
                    DashboardDocument.Category(
                        id: category.id.studioID, boxes: categories[category.id]?.boxes ?? 0,
                        photos: categories[category.id]?.photos ?? 0)
                },
                labelers: labelers.map {
                    DashboardDocument.Labeler(
                        personID: $0.person.id.studioID, name: $0.person.name,
                        role: (roles[$0.person.id] ?? .labeler).rawValue, submitted: $0.submitted, skipped: $0.skipped,
                        approved: $0.approved, rejected: $0.rejected, medianSeconds: $0.medianSeconds)
                },
                days: try await catalog.dayFigures(of: project.id).map {
                    DashboardDocument.Day(date: $0.date, submitted: $0.submitted)
                },
                remainingSeconds: mean.map {
                    $0 * Double(counts.remaining * project.settings.minimumLabelers)
                }))
    }
}

/// What a request changes of a project.
private struct ProjectChange: Decodable, Sendable {
    struct Settings: Decodable, Sendable {
        var assists: Bool?
        var preLabels: Bool?
        var automatic: Bool?
        var firstExperimentAfter: Int?
        var nextExperimentAfter: Int?
        var order: LabelingSettings.Order?
        /// `nil` where it was not sent; a foundation, or none where it was sent as `null`.
        var foundationID: String??
        var minimumLabelers: Int?
        var maximumLabelers: Int?
        var agreementIoU: Double?
        var takesNewPhotos: Bool?

        private enum CodingKeys: String, CodingKey {
            case assists, preLabels, automatic, firstExperimentAfter, nextExperimentAfter, order, foundationID
            case minimumLabelers, maximumLabelers, agreementIoU, takesNewPhotos
        }

        init(from decoder: any Decoder) throws {
            let fields = try decoder.container(keyedBy: CodingKeys.self)
            assists = try fields.decodeIfPresent(Bool.self, forKey: .assists)
            preLabels = try fields.decodeIfPresent(Bool.self, forKey: .preLabels)
            automatic = try fields.decodeIfPresent(Bool.self, forKey: .automatic)
            firstExperimentAfter = try fields.decodeIfPresent(Int.self, forKey: .firstExperimentAfter)
            nextExperimentAfter = try fields.decodeIfPresent(Int.self, forKey: .nextExperimentAfter)
            order = try fields.decodeIfPresent(LabelingSettings.Order.self, forKey: .order)
            if fields.contains(.foundationID) {
                foundationID = .some(try fields.decodeIfPresent(String.self, forKey: .foundationID))
            }
            minimumLabelers = try fields.decodeIfPresent(Int.self, forKey: .minimumLabelers)
            maximumLabelers = try fields.decodeIfPresent(Int.self, forKey: .maximumLabelers)
            agreementIoU = try fields.decodeIfPresent(Double.self, forKey: .agreementIoU)
            takesNewPhotos = try fields.decodeIfPresent(Bool.self, forKey: .takesNewPhotos)
        }

        func apply(to settings: inout LabelingSettings) {
            if let assists { settings.assists = assists }
            if let preLabels { settings.preLabels = preLabels }
            if let automatic { settings.automatic = automatic }
            if let firstExperimentAfter { settings.firstExperimentAfter = firstExperimentAfter }
            if let nextExperimentAfter { settings.nextExperimentAfter = nextExperimentAfter }
            if let order { settings.order = order }
            if let foundationID { settings.foundationID = foundationID }
            if let minimumLabelers { settings.minimumLabelers = minimumLabelers }
            if let maximumLabelers { settings.maximumLabelers = maximumLabelers }
            if let agreementIoU { settings.agreementIoU = agreementIoU }
            if let takesNewPhotos { settings.takesNewPhotos = takesNewPhotos }
        }
    }

    var name: String?
    var instructions: String?
    var settings: Settings?
    var revision: Int?
}
