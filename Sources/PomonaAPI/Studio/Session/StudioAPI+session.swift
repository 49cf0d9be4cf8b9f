import Foundation
import HTTPTypes
import Hummingbird
import PomonaCore
import PomonaStore

/// Who is signed in, and where the stream of events stands.
struct SessionDocument: Encodable, Sendable {
    struct PersonPart: Encodable, Sendable {
        var id: String
        var name: String
        var role: String
    }

    var person: PersonPart
    var version: String
    var defaultGroupID: String?
    var event: Int64
}

extension StudioAPI {
    static let sessionRoutes: [StudioRoute] = [
        StudioRoute(.get, "/session", .signedIn) { api, call in
            try StudioJSON.response(try await api.session(of: try call.person))
        },
        StudioRoute(.post, "/session", .everybody) { api, call in try await api.signIn(call) },
        StudioRoute(.patch, "/session", .signedIn) { api, call in try await api.rename(call) },
        StudioRoute(.delete, "/session", .signedIn) { api, call in
            if let session = call.session { try await api.store.catalog.signOut(session: session) }
            var response = StudioJSON.noContent
            response.headers[.setCookie] = SessionCookie.removal(isOverTLS: api.settings.isOverTLS)
            return response
        },
    ]

    func session(of person: Person) async throws -> SessionDocument {
        let groups = try await groups(visibleTo: person)
        return SessionDocument(
            person: SessionDocument.PersonPart(
                id: person.id.studioID, name: person.name, role: try await role(of: person)),
            version: ProgramVersion.current,
            defaultGroupID: groups.first { $0.deletingSince == nil }?.id.studioID, event: store.catalog.changes.newest)
    }

    private func signIn(_ call: StudioCall) async throws -> Response {
        struct Body: Decodable { var token: String }
        let body: Body = try await call.json()
        let signedIn: SignIn
        do {
            signedIn = try await store.catalog.signIn(withLink: body.token, validFor: settings.sessionLifetime)
        } catch StoreError.notSignedIn(let reason) {
            if let accepted = try await acceptInvitation(body.token, session: call.session) {
                if let new = accepted.signIn {
                    return try StudioJSON.response(
                        try await session(of: new.person), headers: [.setCookie: cookie(new.token)])
                }
                return try StudioJSON.response(try await session(of: try call.person))
            }
            throw StudioFailure(
                .unauthorized, "linkUsed", "That link signs nobody in: \(reason).",
                hint: "The server prints a new link when it starts.")
        }
        return try StudioJSON.response(
            try await session(of: signedIn.person), headers: [.setCookie: cookie(signedIn.token)])
    }

    private func rename(_ call: StudioCall) async throws -> Response {
        struct Body: Decodable { var name: String }
        let body: Body = try await call.json()
        let person = try await store.catalog.renamePerson(try call.person.id, to: body.name)
        return try StudioJSON.response(try await session(of: person))
    }

    private func cookie(_ token: String) -> String {
        SessionCookie.header(token, lifetime: settings.sessionLifetime, isOverTLS: settings.isOverTLS)
    }

    /// Takes a one-time link that a person opened.
    ///
    /// - Parameter session: of the browser, where it has one.
    func openLink(_ token: String, session: String?) async -> Response {
        do {
            let signedIn = try await store.catalog.signIn(withLink: token, validFor: settings.sessionLifetime)
            return Response(
                status: .seeOther,
                headers: [.location: "/", .setCookie: cookie(signedIn.token), .cacheControl: "no-store"])
        } catch {
            if let accepted = try? await acceptInvitation(token, session: session) {
                var response = Response(
                    status: .seeOther, headers: [.location: accepted.path, .cacheControl: "no-store"])
                if let new = accepted.signIn { response.headers[.setCookie] = cookie(new.token) }
                return response
            }
            return Response(status: .seeOther, headers: [.location: "/sign-in?failed=1", .cacheControl: "no-store"])
        }
    }
}
