import Foundation
import GRDB

extension Catalog {
    /// How long an invitation can be used.
    public static let invitationLifetime = Duration.seconds(14 * 86_400)

    /// What somebody may do in a project; the studio's owner owns all of them.
    ///
    /// - Returns: `nil` for who has nothing to do with it.
    public func role(of person: Person, in project: LabelingProject.ID) async throws -> ProjectRole? {
        if person.role == .owner { return .owner }
        return try await read { database in
            try String.fetchOne(
                database, sql: "SELECT role FROM membership WHERE project = ? AND person = ?",
                arguments: [project.rawValue, person.id.rawValue]
            ).flatMap(ProjectRole.init(rawValue:))
        }
    }

    /// The projects that somebody was invited to, with what they may do there.
    public func memberships(of person: Person.ID) async throws -> [LabelingProject.ID: ProjectRole] {
        try await read { database in
            let rows = try Row.fetchAll(
                database,
                sql: """
                    SELECT membership.project, membership.role FROM membership
                    JOIN project ON project.id = membership.project AND project.deletedAt IS NULL WHERE person = ?
                    """,
                arguments: [person.rawValue])
            var roles: [LabelingProject.ID: ProjectRole] = [:]
            for row in rows { roles[row.id("project")] = try row.word("role") }
            return roles
        }
    }

    /// Who works on a project, the studio's owner first.
    public func members(of project: LabelingProject.ID) async throws -> [ProjectMember] {
        try await read { database in
            _ = try LabelingProject.fetch(database, project)
            let rows = try Row.fetchAll(
                database,
                sql: """
                    SELECT person.id, person.name, ifnull(membership.role, 'owner') AS projectRole,
                        max(ifnull(membership.lastSeenAt, 0), ifnull(
                            (SELECT max(taskEdit.createdAt) FROM taskEdit JOIN task ON task.id = taskEdit.task
                            WHERE taskEdit.person = person.id AND task.project = :project), 0)) AS seen
                    FROM person
                    LEFT JOIN membership ON membership.person = person.id AND membership.project = :project
                    WHERE person.role = 'owner' OR membership.role IS NOT NULL
                    ORDER BY person.role = 'owner' DESC, person.id
                    """,
                arguments: ["project": project.rawValue])
            return try rows.map { row in
                let seen: Int64 = row["seen"]
                return ProjectMember(
                    person: PersonName(id: row.id("id"), name: row["name"]), role: try row.word("projectRole"),
                    lastSeenAt: seen > 0 ? Date(milliseconds: seen) : nil)
            }
        }
    }

    /// Changes what a member may do, or removes them; what they labeled stays.
    ///
    /// - Parameter role: `nil` removes.
    /// - Throws: ``StoreError/missing(_:named:)`` for who is no member.
    public func setRole(
        _ role: ProjectRole?, of person: Person.ID, in project: LabelingProject.ID
    ) async throws {
        try await write { [self] database in
            _ = try LabelingProject.fetch(database, project)
            if let role {
                try database.execute(
                    sql: "UPDATE membership SET role = ? WHERE project = ? AND person = ?",
                    arguments: [role.rawValue, project.rawValue, person.rawValue])
            } else {
                try database.execute(
                    sql: "DELETE FROM membership WHERE project = ? AND person = ?",
                    arguments: [project.rawValue, person.rawValue])
            }
            guard database.changesCount > 0 else { throw StoreError.missing("member", named: "\(person)") }
            try database.execute(
                sql: """
                    UPDATE task SET leasePerson = NULL, leaseBoot = NULL, leaseExpiry = NULL
                    WHERE project = ? AND leasePerson = ? AND ?
                    """,
                arguments: [project.rawValue, person.rawValue, role == nil])
            noteChange(of: project)
        }
    }

    /// Notes that a member was here.
    public func noteVisit(of person: Person.ID, to project: LabelingProject.ID) async throws {
        let time = now().milliseconds
        try await write { database in
            try database.execute(
                sql: "UPDATE membership SET lastSeenAt = ? WHERE project = ? AND person = ?",
                arguments: [time, project.rawValue, person.rawValue])
        }
    }

    // MARK: Invitations

    /// Makes an invitation.
    ///
    /// - Returns: it, and the token of its link, of which only a hash is kept.
    public func invite(
        as role: ProjectRole, to project: LabelingProject.ID
    ) async throws -> (invitation: ProjectInvitation, token: String) {
        let token = Secrets.token()
        let time = now()
        let expiry = Date(milliseconds: time.milliseconds + Self.invitationLifetime.milliseconds)
        let invitation = try await write { database in
            _ = try LabelingProject.fetch(database, project)
            try database.execute(
                sql: "INSERT INTO invitation (project, role, tokenHash, createdAt, expiresAt) VALUES (?, ?, ?, ?, ?)",
                arguments: [
                    project.rawValue, role.rawValue, Secrets.hash(ofToken: token), time.milliseconds,
                    expiry.milliseconds,
                ])
            return ProjectInvitation(
                id: ProjectInvitation.ID(rawValue: database.lastInsertedRowID), role: role, expiresAt: expiry)
        }
        return (invitation, token)
    }

    /// Invitations that nobody has used yet.
    public func invitations(to project: LabelingProject.ID) async throws -> [ProjectInvitation] {
        let time = now().milliseconds
        return try await read { database in
            try Row.fetchAll(
                database, sql: "SELECT * FROM invitation WHERE project = ? AND expiresAt > ? ORDER BY id",
                arguments: [project.rawValue, time]
            ).map {
                ProjectInvitation(
                    id: $0.id("id"), role: try $0.word("role"), expiresAt: $0.date("expiresAt"))
            }
        }
    }

    /// Takes an invitation back; one that was used or is gone stays so.
    public func takeBackInvitation(_ id: ProjectInvitation.ID, to project: LabelingProject.ID) async throws {
        try await write { database in
            try database.execute(
                sql: "DELETE FROM invitation WHERE id = ? AND project = ?", arguments: [id.rawValue, project.rawValue])
        }
    }

    /// Uses an invitation up: whoever is signed in joins the project, anybody else becomes a new person and is signed in.
    ///
    /// - Parameters:
    ///   - person: who is signed in already.
    ///   - lifetime: how long a new session lasts.
    /// - Returns: the project, and the session of a new person.
    /// - Throws: ``LabelingError/invitationOver`` for a token of none.
    public func acceptInvitation(
        _ token: String, signedIn person: Person.ID?, validFor lifetime: Duration
    ) async throws -> (project: LabelingProject.ID, signIn: SignIn?) {
        let session = Secrets.token()
        let time = now()
        let expiry = Date(milliseconds: time.milliseconds + lifetime.milliseconds)
        return try await write { [self] database in
            let row = try Row.fetchOne(
                database, sql: "DELETE FROM invitation WHERE tokenHash = ? RETURNING project, role, expiresAt",
                arguments: [Secrets.hash(ofToken: token)])
            guard let row, row.date("expiresAt") > time else { throw LabelingError.invitationOver }
            let project = try LabelingProject.fetch(database, row.id("project"))
            let role: ProjectRole = try row.word("role")
            var signIn: SignIn?
            if person == nil {
                let number = try Int.fetchOne(database, sql: "SELECT count(*) FROM person") ?? 1
                try database.execute(
                    sql: "INSERT INTO person (name, role, createdAt) VALUES (?, 'member', ?)",
                    arguments: ["Guest \(number)", time.milliseconds])
                let guest = try Person.fetch(database, Person.ID(rawValue: database.lastInsertedRowID))
                try database.execute(
                    sql: "INSERT INTO session (person, tokenHash, createdAt, expiresAt) VALUES (?, ?, ?, ?)",
                    arguments: [
                        guest.id.rawValue, Secrets.hash(ofToken: session), time.milliseconds, expiry.milliseconds,
                    ])
                signIn = SignIn(person: guest, token: session, expiresAt: expiry)
            }
            try database.execute(
                sql: """
                    INSERT INTO membership (project, person, role, createdAt) VALUES (?, ?, ?, ?)
                    ON CONFLICT (project, person) DO UPDATE SET role = excluded.role
                    """,
                arguments: [
                    project.id.rawValue, (person ?? signIn?.person.id)?.rawValue, role.rawValue, time.milliseconds,
                ])
            noteChange(of: project.id)
            return (project.id, signIn)
        }
    }
}
