import Foundation
import HTTPTypes
import NIOCore
import PomonaCore
import PomonaStore

/// What a request may do beyond the operation that it was let in for.
struct BlobAuthorization: Sendable {
    /// Whether what it writes may replace what is there.
    var mayOverwrite: Bool

    /// Whether it was signed with the account's key.
    var isOwner: Bool

    /// Headers that a shared access signature asks the answer to have.
    var responseHeaders: [(name: String, value: String)] = []
}

/// Decides who may do what in the Blob API: whoever has an account's key everything, whoever has a shared access signature
/// what it grants, and everybody else what a container's public access lets them.
struct BlobAuthorizer: Sendable {
    let accounts: any BlobAccounts
    let store: any BlobStoring
    let now: @Sendable () -> Date

    /// Whether requests come over TLS, which some signatures ask for.
    let isOverTLS: Bool

    /// Azure's tolerance for a client's clock; a captured request cannot be sent again after it.
    static let clockTolerance: TimeInterval = 15 * 60

    /// - Throws: ``StorageError`` with one of the codes of authentication and authorization.
    func authorize(_ request: BlobRequest, for operation: BlobOperation) async throws -> BlobAuthorization {
        let account = try await accounts.account(named: request.target.account)
        if let account, account.isLoopbackOnly, !(request.remoteAddress?.isLoopback ?? true) {
            throw StorageError(
                .authenticationFailed,
                "The storage account \"\(account.name)\" answers requests of its own machine only.")
        }
        if let authorization = request.nonEmptyHeader("Authorization") {
            try checkKey(authorization, request, account)
            return BlobAuthorization(mayOverwrite: true, isOwner: true)
        }
        if let signature = SharedAccessSignature(request.query) {
            return try await authorize(signature, request, account, operation.rights)
        }
        try await checkPublicAccess(request, operation.rights)
        return BlobAuthorization(mayOverwrite: false, isOwner: false)
    }

    private func checkKey(_ authorization: String, _ request: BlobRequest, _ account: BlobAccount?)
        throws(StorageError)
    {
        guard let sharedKey = SharedKey(authorization: authorization) else {
            let scheme = authorization.prefix { $0 != " " }.prefix(40)
            throw StorageError(
                .invalidAuthenticationInfo,
                "The authorization scheme \"\(scheme)\" is not known here; sign with SharedKey or a SAS.")
        }
        try checkDate(request)
        guard let account, sharedKey.account == account.name || sharedKey.account == "\(account.name)-secondary",
            sharedKey.isSigned(request, byAnyOf: account.keys)
        else {
            throw Self.notSigned("the SharedKey signature does not fit the request and the account's keys")
        }
    }

    private func checkDate(_ request: BlobRequest) throws(StorageError) {
        guard let text = request.nonEmptyHeader("x-ms-date") ?? request.nonEmptyHeader("Date"),
            let date = HTTPDate.date(text)
        else {
            throw Self.notSigned("there is no x-ms-date or Date header such as Sun, 06 Nov 1994 08:49:37 GMT")
        }
        guard abs(date.timeIntervalSince(now())) <= Self.clockTolerance else {
            throw Self.notSigned("it is dated \(text), and it is \(HTTPDate.string(now())) here")
        }
    }

    private func authorize(
        _ signature: SharedAccessSignature, _ request: BlobRequest, _ account: BlobAccount?, _ rights: BlobRights
    ) async throws -> BlobAuthorization {
        guard let account, signature.isSigned(for: request.target, byAnyOf: account.keys) else {
            throw Self.notSigned("the shared access signature does not fit its fields, this URL and the account's keys")
        }
        let policy = try await policy(of: signature, request.target)
        let constraints = try SASConstraints(signature, policy: policy)
        try constraints.check(at: now(), from: request.remoteAddress, overTLS: isOverTLS)
        let permissions =
            signature.isForAccount
            ? try Self.accountPermissions(signature, rights) : try Self.servicePermissions(rights)
        guard !permissions.isDisjoint(with: constraints.permissions) else {
            throw StorageError(
                .authorizationPermissionMismatch,
                "The shared access signature grants \"\(String(constraints.permissions.sorted()))\", and this operation "
                    + "needs \(permissions.sorted().map { "\"\($0)\"" }.joined(separator: " or ")).")
        }
        return BlobAuthorization(
            mayOverwrite: constraints.permissions.contains("w"), isOwner: false,
            responseHeaders: signature.responseHeaders)
    }

    private func policy(of signature: SharedAccessSignature, _ target: BlobTarget) async throws
        -> StoredAccessPolicy?
    {
        guard let name = signature.policyName else { return nil }
        let missing = Self.notSigned("there is no stored access policy \"\(name.prefix(64))\"")
        guard !signature.isForAccount, let address = target.containerAddress,
            let container = try await existing(address)
        else { throw missing }
        let policies = try SignedIdentifiersDocument.stored(container.accessPolicies)
        guard let policy = policies.first(where: { $0.id == name }) else { throw missing }
        return policy
    }

    private func existing(_ address: ContainerAddress) async throws -> BlobContainer? {
        do {
            return try await store.container(address)
        } catch let error as BlobError where error.kind == .missing || error.kind == .usage {
            return nil
        }
    }

    private static func accountPermissions(_ signature: SharedAccessSignature, _ rights: BlobRights)
        throws(StorageError) -> Set<Character>
    {
        guard signature["ss"]?.contains("b") ?? false else {
            throw StorageError(
                .authorizationServiceMismatch, "The shared access signature is not for the Blob service (ss without b)."
            )
        }
        guard rights.allowsAccountSignature else { throw Self.needsKey }
        if let type = rights.resourceType, !(signature["srt"]?.contains(type) ?? false) {
            throw StorageError(
                .authorizationResourceTypeMismatch,
                "The shared access signature is for the resource types \"\(signature["srt"] ?? "")\" (srt), and this "
                    + "operation needs \"\(type)\".")
        }
        return rights.accountPermissions
    }

    private static func servicePermissions(_ rights: BlobRights) throws(StorageError) -> Set<Character> {
        guard let permissions = rights.servicePermissions else { throw Self.needsKey }
        return permissions
    }

    /// The same answer whether there is such a container or not: names of private containers are nobody's business.
    private func checkPublicAccess(_ request: BlobRequest, _ rights: BlobRights) async throws {
        let closed = StorageError(
            .noAuthenticationInformation, "The request is not signed, and what it asks for is not open to everybody.")
        guard let needed = rights.publicAccess, let address = request.target.containerAddress,
            let container = try await existing(address)
        else { throw closed }
        guard container.publicAccess == .container || container.publicAccess == needed else { throw closed }
    }

    private static let needsKey = StorageError(
        .authorizationFailure, "This operation is not possible with such a shared access signature.")

    private static func notSigned(_ reason: String) -> StorageError {
        StorageError(
            .authenticationFailed, "The request could not be authenticated: \(reason).",
            details: [("AuthenticationErrorDetail", reason)])
    }
}

extension SocketAddress {
    /// Whether it is an address of this machine alone.
    var isLoopback: Bool {
        guard let text = ipAddress else { return true }
        return text.hasPrefix("127.") || text == "::1" || text.hasPrefix("::ffff:127.")
    }
}
