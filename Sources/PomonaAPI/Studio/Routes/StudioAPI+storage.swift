import Foundation
import HTTPTypes
import Hummingbird
import PomonaJobs
import PomonaStore

extension StudioAPI {
    static let storageRoutes: [StudioRoute] = [
        StudioRoute(.get, "/groups/{group}/accounts") { api, call in
            let group = try await api.store.catalog.group(try call.id("group"))
            let containers = try await api.store.catalog.containerSummaries(in: group.id)
            let accounts = try await api.store.catalog.accounts(in: group.id)
            return try StudioJSON.response(
                try StudioPage(call).list(of: accounts) {
                    AccountDocument($0, containers: containers, endpoint: api.settings.blobEndpoint)
                })
        },
        StudioRoute(.post, "/groups/{group}/accounts") { api, call in
            let body: TypedName = try await call.json()
            let account = try await api.store.catalog.createAccount(named: body.name, in: try call.id("group"))
            return try StudioJSON.response(try await api.document(account), status: .created)
        },
        StudioRoute(.get, "/accounts/{account}") { api, call in
            try StudioJSON.response(try await api.document(try await api.store.catalog.account(try call.id("account"))))
        },
        StudioRoute(.delete, "/accounts/{account}") { api, call in try await api.deleteAccount(call) },
        StudioRoute(.get, "/accounts/{account}/keys") { api, call in
            try api.keys(of: try await api.store.catalog.account(try call.id("account")))
        },
        StudioRoute(.post, "/accounts/{account}/keys/{key}:rotate") { api, call in
            guard let slot = KeyPair.Slot(rawValue: call.word("key")) else {
                throw StudioFailure.missing("key", call.word("key"))
            }
            return try api.keys(of: try await api.store.catalog.renewStorageKey(slot, of: try call.id("account")))
        },
        StudioRoute(.post, "/accounts/{account}/sas") { api, call in try await api.makeSignature(call) },
        StudioRoute(.get, "/groups/{group}/containers") { api, call in
            let group = try await api.store.catalog.group(try call.id("group"))
            return try await api.containers(call, in: group.id)
        },
        StudioRoute(.get, "/accounts/{account}/containers") { api, call in
            let account = try await api.store.catalog.account(try call.id("account"))
            return try await api.containers(call, of: account.id)
        },
        StudioRoute(.post, "/accounts/{account}/containers") { api, call in
            let body: TypedName = try await call.json()
            let account = try await api.store.catalog.account(try call.id("account"))
            let container = try await api.store.blobs.createContainer(
                ContainerAddress(account: account.name, name: body.name), metadata: [:], publicAccess: .none)
            return try StudioJSON.response(try await api.document(container.id), status: .created)
        },
        StudioRoute(.get, "/containers/{container}") { api, call in
            try StudioJSON.response(try await api.document(try call.id("container", RowID<BlobContainer>.self)))
        },
        StudioRoute(.delete, "/containers/{container}") { api, call in try await api.deleteContainer(call) },
    ]

    func document(_ account: StorageAccount) async throws -> AccountDocument {
        AccountDocument(
            account, containers: try await store.catalog.containerSummaries(of: account.id),
            endpoint: settings.blobEndpoint)
    }

    func document(_ container: BlobContainer.ID) async throws -> ContainerDocument {
        ContainerDocument(try await store.catalog.container(container), endpoint: settings.blobEndpoint)
    }

    private func containers(
        _ call: StudioCall, of account: StorageAccount.ID? = nil, in group: ResourceGroup.ID? = nil
    ) async throws -> Response {
        let containers = try await store.catalog.containerSummaries(of: account, in: group)
        return try StudioJSON.response(
            try StudioPage(call).list(of: containers) { ContainerDocument($0, endpoint: settings.blobEndpoint) })
    }

    private func keys(of account: StorageAccount) throws -> Response {
        try StudioJSON.response(AccountKeysDocument(account, endpoint: settings.blobEndpoint))
    }

    // MARK: Deleting

    private func deleteContainer(_ call: StudioCall) async throws -> Response {
        let typed: TypedName = try await call.json()
        let summary = try await store.catalog.container(try call.id("container"))
        let name = summary.container.address.name
        try typed.check(against: name, of: "container")
        if let user = summary.datasets.first {
            throw StudioFailure(
                .conflict, "inUse", "The dataset \"\(user.name)\" uses this container.",
                hint: "Delete the dataset first.")
        }
        try await store.blobs.deleteContainer(summary.container.address, conditions: .none)
        return try await cleanUp("Delete the container \(name)", in: summary.group, call)
    }

    private func deleteAccount(_ call: StudioCall) async throws -> Response {
        let typed: TypedName = try await call.json()
        let account = try await store.catalog.account(try call.id("account"))
        try typed.check(against: account.name, of: "storage account")
        try await store.catalog.deleteAccount(account.id)
        return try await cleanUp("Delete the storage account \(account.name)", in: account.group, call)
    }

    /// Queues the removal of bytes whose names are free already.
    private func cleanUp(_ title: String, in group: ResourceGroup.ID, _ call: StudioCall) async throws -> Response {
        let job = try await store.catalog.enqueue(
            try NewJob(.deletion, title: title, DeletionPayload(group: nil), group: group, person: try call.person.id))
        return try StudioJSON.response(JobAnswer(job: JobDocument(job)), status: .accepted)
    }

    // MARK: Signatures

    private struct SignatureBody: Decodable {
        var containerID: String?
        var permissions: String
        var startsAt: String?
        var expiresAt: String
    }

    private struct SignatureDocument: Encodable {
        var token: String
        var url: String
    }

    private func makeSignature(_ call: StudioCall) async throws -> Response {
        let body: SignatureBody = try await call.json()
        let account = try await store.catalog.account(try call.id("account"))
        var container: String?
        if let text = body.containerID, !text.isEmpty {
            guard let id = BlobContainer.ID(studioID: text) else { throw StudioFailure.missing("container", text) }
            let summary = try await store.catalog.container(id)
            guard summary.account == account.id else { throw StudioFailure.missing("container", text) }
            container = summary.container.address.name
        }
        let order = "racwdl"
        guard !body.permissions.isEmpty, body.permissions.allSatisfy(order.contains) else {
            throw StudioFailure.field("permissions", "Permissions are letters of \(order).")
        }
        let start = try time(body.startsAt, "startsAt")
        guard let end = try time(body.expiresAt, "expiresAt"), end > (start ?? Date()) else {
            throw StudioFailure.field("expiresAt", "The end has to lie in the future, and after the beginning.")
        }
        let request = SignatureRequest(
            account: account, container: container, permissions: order.filter(body.permissions.contains), start: start,
            end: end, allowsHTTP: !settings.blobEndpoint.hasPrefix("https"))
        guard let token = request.token else { throw StudioFailure.conflict("The account's key cannot sign.") }
        let base = [settings.blobEndpoint, account.name, container].compactMap { $0 }.joined(separator: "/")
        return try StudioJSON.response(SignatureDocument(token: token, url: "\(base)?\(token)"))
    }

    private func time(_ text: String?, _ field: String) throws(StudioFailure) -> Date? {
        guard let text, !text.isEmpty else { return nil }
        guard let date = ISO8601.date(text) else {
            throw .field(field, "\"\(text.prefix(40))\" is not a time such as 2030-01-31T12:00:00Z.")
        }
        return date
    }
}

/// A shared access signature to be made.
private struct SignatureRequest {
    var account: StorageAccount
    /// `nil` for the account as a whole.
    var container: String?
    var permissions: String
    var start: Date?
    var end: Date
    var allowsHTTP: Bool

    private static let version = "2022-11-02"

    /// The query of a URL; `nil` for a key that is none.
    var token: String? {
        guard let key = AccountKey(base64: account.keys.key1) else { return nil }
        var fields = [("sv", Self.version)]
        fields += container == nil ? [("ss", "b"), ("srt", "sco")] : [("sr", "c")]
        fields.append(("sp", permissions))
        if let start { fields.append(("st", Self.text(start))) }
        fields.append(("se", Self.text(end)))
        fields.append(("spr", allowsHTTP ? "https,http" : "https"))
        let unsigned = SharedAccessSignature(
            unsigned: Dictionary(fields, uniquingKeysWith: { first, _ in first }))
        let target = BlobTarget(account: account.name, container: container, blob: nil)
        guard let text = unsigned.stringToSign(for: target) else { return nil }
        fields.append(("sig", key.signature(of: text)))
        return fields.map { "\($0.0)=\(PercentCoding.encode($0.1))" }.joined(separator: "&")
    }

    private static func text(_ date: Date) -> String { ISO8601.string(date).prefix(19) + "Z" }
}
