import Foundation
import HTTPTypes
import Hummingbird
import PomonaLabeling
import PomonaStore

extension StudioAPI {
    static var memberRoutes: [StudioRoute] {
        let action = "decide who works on it"
        return [
            .project(.get, "/people", .reviewer, to: "see who works on it") { call in
                let page = try StudioPage(call.call)
                let members = try await call.catalog.members(of: call.project.id)
                let invitations = try await call.catalog.invitations(to: call.project.id)
                let all = members.map { ProjectPersonDocument($0) } + invitations.map { ProjectPersonDocument($0) }
                return try StudioJSON.response(page.list(of: all) { $0 })
            },
            .project(.post, "/invitations", .owner, to: action) { call in
                let role: ProjectRole = try await call.askedRole()
                let (invitation, token) = try await call.catalog.invite(as: role, to: call.project.id)
                let link = "\(call.api.settings.studioEndpoint)/sign-in?token=\(token)"
                return try StudioJSON.response(ProjectPersonDocument(invitation, link: link), status: .created)
            },
            .project(.delete, "/invitations/{invitation}", .owner, to: action) { call in
                try await call.catalog.takeBackInvitation(try call.call.id("invitation"), to: call.project.id)
                return StudioJSON.noContent
            },
            .project(.patch, "/people/{person}", .owner, to: action) { call in
                let id: Person.ID = try call.call.id("person")
                try await call.catalog.setRole(try await call.askedRole(), of: id, in: call.project.id)
                let member = try await call.catalog.members(of: call.project.id).first { $0.person.id == id }
                guard let member else { throw StudioFailure.missing("person", call.call.word("person")) }
                return try StudioJSON.response(ProjectPersonDocument(member))
            },
            .project(.delete, "/people/{person}", .owner, to: action) { call in
                try await call.catalog.setRole(nil, of: try call.call.id("person"), in: call.project.id)
                return StudioJSON.noContent
            },
        ]
    }

    /// A person's role as the page shows it: the largest that they have anywhere.
    func role(of person: Person) async throws -> String {
        if person.role == .owner { return ProjectRole.owner.rawValue }
        let largest = try await store.catalog.memberships(of: person.id).values.max() ?? .labeler
        // Who owns one project is not the owner of the studio.
        return min(largest, .reviewer).rawValue
    }

    /// Uses a project's invitation.
    ///
    /// - Parameter session: of the browser that opened it; whoever is signed in there joins as who they are.
    /// - Returns: the project's page, and the session of a person who is new here; `nil` for a token of no invitation.
    func acceptInvitation(_ token: String, session: String?) async throws -> (path: String, signIn: SignIn?)? {
        var person: Person?
        if let session { person = try? await store.catalog.person(ofSession: session) }
        do {
            let (project, signIn) = try await store.catalog.acceptInvitation(
                token, signedIn: person?.id, validFor: settings.sessionLifetime)
            return ("/projects/\(project.studioID)", signIn)
        } catch LabelingError.invitationOver {
            return nil
        }
    }
}

extension ProjectCall {
    fileprivate func askedRole() async throws -> ProjectRole {
        struct Body: Decodable { var role: String }
        let body: Body = try await call.json()
        guard let role = ProjectRole(rawValue: body.role) else {
            throw StudioFailure.field("role", "\"\(body.role.prefix(40))\" is neither owner, reviewer nor labeler.")
        }
        return role
    }
}
