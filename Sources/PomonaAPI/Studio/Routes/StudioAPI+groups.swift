import Foundation
import HTTPTypes
import Hummingbird
import PomonaJobs
import PomonaStore

extension StudioAPI {
    static let groupRoutes: [StudioRoute] = [
        StudioRoute(.get, "/groups", .signedIn) { api, call in
            let groups = try await api.groups(visibleTo: try call.person)
            let page = try StudioPage(call)
            var list = StudioList<GroupDocument>(items: [], total: groups.count, offset: page.offset)
            for group in groups.dropFirst(page.offset).prefix(page.limit) {
                list.items.append(try await api.document(group))
            }
            return try StudioJSON.response(list)
        },
        StudioRoute(.post, "/groups") { api, call in try await api.createGroup(call) },
        StudioRoute(.get, "/groups/{group}", .signedIn) { api, call in
            let id: ResourceGroup.ID = try call.id("group")
            guard try await api.groups(visibleTo: try call.person).contains(where: { $0.id == id }) else {
                throw StudioFailure.missing(ResourceGroup.studioName, call.word("group"))
            }
            return try StudioJSON.response(try await api.document(try await api.store.catalog.group(id)))
        },
        StudioRoute(.get, "/groups/{group}/contents") { api, call in
            try StudioJSON.response(try await api.contents(of: try call.id("group")))
        },
        StudioRoute(.delete, "/groups/{group}") { api, call in try await api.deleteGroup(call) },
        StudioRoute(.post, "/sample") { api, call in try await api.startSample(call) },
        StudioRoute(.get, "/groups/{group}/trash") { api, call in
            let group = try await api.store.catalog.group(try call.id("group"))
            return try StudioJSON.response(try StudioPage(call).list(of: try await api.trash(of: group)) { $0 })
        },
        StudioRoute(.post, "/trash/{item}:restore") { api, call in try await api.restoreTrash(call.word("item")) },
        StudioRoute(.delete, "/trash/{item}") { api, call in try await api.emptyTrash(call.word("item")) },
    ]

    /// All groups for the owner, those with a project of theirs for who was invited.
    func groups(visibleTo person: Person) async throws -> [ResourceGroup] {
        let groups = try await store.catalog.groups()
        if person.role == .owner { return groups }
        let visible = try await store.catalog.groups(visibleTo: person.id)
        return groups.filter { visible.contains($0.id) }
    }

    func document(_ group: ResourceGroup) async throws -> GroupDocument {
        GroupDocument(group, try await store.catalog.totals(in: group.id))
    }

    private func createGroup(_ call: StudioCall) async throws -> Response {
        struct Body: Decodable {
            var name: String
            var storageAccount: String?
        }
        let body: Body = try await call.json()
        let account = body.storageAccount.flatMap { $0.isEmpty ? nil : $0 }
        if let account {
            // Looked at first: a group without the account that was asked for would be half of what was wanted.
            do {
                _ = try await store.catalog.account(named: account)
                throw StudioFailure(
                    .conflict, "nameTaken", "There is a storage account named \"\(account)\" already.",
                    field: "storageAccount")
            } catch StoreError.missing {}
        }
        let group = try await store.catalog.createGroup(named: body.name)
        if let account {
            do { _ = try await store.catalog.createAccount(named: account, in: group.id) } catch {
                try await discard(group)
                var failure = StudioFailure(of: error)
                if failure.field == "name" { failure.field = "storageAccount" }
                throw failure
            }
        }
        return try StudioJSON.response(try await document(group), status: .created)
    }

    /// Takes back a group that was just made.
    private func discard(_ group: ResourceGroup) async throws {
        _ = try await store.catalog.beginDeleting(group.id, typed: group.name) { group in
            try NewJob(
                .deletion, title: "Delete \(group.name)", DeletionPayload(group: group.id), group: nil, person: nil)
        }
    }

    private func deleteGroup(_ call: StudioCall) async throws -> Response {
        let typed: TypedName = try await call.json()
        let person = try call.person.id
        let job = try await store.catalog.beginDeleting(try call.id("group"), typed: typed.name) { group in
            try NewJob(
                .deletion, title: "Delete the resource group \(group.name)",
                subject: JobSubject(kind: "group", row: group.id.rawValue), DeletionPayload(group: group.id),
                group: nil, person: person)
        }
        return try StudioJSON.response(JobAnswer(job: JobDocument(job)), status: .accepted)
    }

    private func contents(of id: ResourceGroup.ID) async throws -> GroupContents {
        let catalog = store.catalog
        _ = try await catalog.group(id)
        let totals = try await catalog.totals(in: id)
        let containers = try await catalog.containerSummaries(in: id)
        let accounts = try await catalog.accounts(in: id).map { account in
            GroupContents.Account(
                name: account.name,
                containers: containers.filter { $0.account == account.id }.map {
                    GroupContents.Container(
                        name: $0.container.address.name, blobCount: $0.totals.blobs, bytes: $0.totals.bytes)
                })
        }
        return GroupContents(
            bytes: totals.bytes, accounts: accounts,
            datasets: try await catalog.datasets(in: id, skip: 0, limit: 10_000).map {
                GroupContents.Item(name: $0.name, bytes: 0)
            },
            projects: try await projectNames(in: id).map { GroupContents.Item(name: $0, bytes: 0) },
            models: try await catalog.models(in: id, skip: 0, limit: 10_000).map { model in
                GroupContents.Item(name: model.name, bytes: model.files.reduce(0) { $0 + $1.length })
            },
            runningJobs: try await catalog.activeJobCount(in: id))
    }

    private func startSample(_ call: StudioCall) async throws -> Response {
        struct Body: Decodable { var name: String }
        let body: Body = try await call.json()
        let group = try await store.catalog.createGroup(named: body.name)
        try await store.catalog.markSample(group.id)
        let account = try await sampleAccount(in: group.id)
        let job = try await store.catalog.enqueue(
            try NewJob(
                .sample, title: "Render the sample photos", subject: JobSubject(kind: "group", row: group.id.rawValue),
                SamplePayload(group: group.id, account: account), group: group.id, person: try call.person.id))
        return try StudioJSON.response(
            JobAnswer(job: JobDocument(job), group: try await document(group)), status: .accepted)
    }

    /// Names of accounts are unique on the whole server, so there is a number behind a taken one.
    private func sampleAccount(in group: ResourceGroup.ID) async throws -> String {
        var number = group.rawValue
        while true {
            do {
                return try await store.catalog.createAccount(named: "sample\(number)", in: group).name
            } catch StoreError.nameTaken { number += 1 }
        }
    }
}

/// A name that a person typed to confirm.
struct TypedName: Decodable, Sendable {
    var name: String

    /// - Throws: `422 nameDiffers`.
    func check(against name: String, of kind: String) throws(StudioFailure) {
        guard self.name.precomposedStringWithCanonicalMapping == name else {
            throw .field(
                "name", "To delete the \(kind) \"\(name)\" its name has to be typed exactly.", code: "nameDiffers")
        }
    }
}
