import HTTPTypes
import Hummingbird
import PomonaStore

extension BlobAPI {
    func createContainer(_ call: BlobCall) async throws -> Response {
        let container = try await store.createContainer(
            call.container, metadata: BlobMetadata.read(call.request.headers),
            publicAccess: call.request.publicAccess())
        return Response(status: .created, headers: Self.version(of: container))
    }

    /// Properties and metadata; there is never a body, since clients would try to read it.
    func containerProperties(_ call: BlobCall) async throws -> Response {
        let container = try await store.container(call.container)
        try Self.check(call.request.conditions(), on: container)
        var headers = Self.version(of: container)
        headers.set("x-ms-lease-status", "unlocked")
        headers.set("x-ms-lease-state", "available")
        headers.set("x-ms-has-immutability-policy", "false")
        headers.set("x-ms-has-legal-hold", "false")
        headers.set("x-ms-blob-public-access", container.publicAccess.header)
        BlobMetadata.write(container.metadata, to: &headers)
        return Response(status: .ok, headers: headers)
    }

    func setContainerMetadata(_ call: BlobCall) async throws -> Response {
        let container = try await store.setMetadata(
            BlobMetadata.read(call.request.headers), of: call.container, conditions: call.request.conditions())
        return Response(status: .ok, headers: Self.version(of: container))
    }

    func deleteContainer(_ call: BlobCall) async throws -> Response {
        try await store.deleteContainer(call.container, conditions: call.request.conditions())
        return Response(status: .accepted)
    }

    /// Public access and stored access policies.
    func containerAccess(_ call: BlobCall) async throws -> Response {
        let container = try await store.container(call.container)
        var headers = Self.version(of: container)
        headers.set("x-ms-blob-public-access", container.publicAccess.header)
        let policies = try SignedIdentifiersDocument.stored(container.accessPolicies)
        return Self.xml(SignedIdentifiersDocument.write(policies), headers: headers)
    }

    /// Sets public access and stored access policies; what is not said is removed.
    func setContainerAccess(_ call: BlobCall) async throws -> Response {
        let body = try await call.document(upTo: 256 << 10)
        let policies = body.isEmpty ? [] : try SignedIdentifiersDocument.read(body)
        let container = try await store.setAccess(
            call.request.publicAccess(), policies: policies.isEmpty ? nil : SignedIdentifiersDocument.write(policies),
            of: call.container, conditions: call.request.conditions())
        return Response(status: .ok, headers: Self.version(of: container))
    }

    private static func check(_ conditions: BlobConditions, on container: BlobContainer) throws {
        if let failure = conditions.firstFailure(eTag: container.eTag, modifiedAt: container.modifiedAt) {
            throw BlobError.conditionNotMet("The container \"\(container.address)\"", failure)
        }
    }

    static func version(of container: BlobContainer) -> HTTPFields {
        [.eTag: EntityTags.header(container.eTag), .lastModified: HTTPDate.string(container.modifiedAt)]
    }
}

extension PublicAccess {
    /// The header's value; no access has no header.
    var header: String? { self == .none ? nil : rawValue }
}
