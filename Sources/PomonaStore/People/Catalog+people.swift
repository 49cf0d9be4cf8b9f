import Foundation
import GRDB

extension Catalog: PersonStoring {
    public func owner() async throws -> Person {
        try await read { database in
            let row = try Row.fetchOne(database, sql: "SELECT * FROM person WHERE role = 'owner' ORDER BY id LIMIT 1")
            guard let row else { throw StoreError.missing(Person.kindName, named: "with the role owner") }
            return try Person(row)
        }
    }

    public func person(_ id: Person.ID) async throws -> Person {
        try await read { try Person.fetch($0, id) }
    }

    public func renamePerson(_ id: Person.ID, to name: String) async throws -> Person {
        let name = try ItemName.validated(name, of: Person.kindName)
        return try await write { database in
            try database.execute(sql: "UPDATE person SET name = ? WHERE id = ?", arguments: [name, id.rawValue])
            return try Person.fetch(database, id)
        }
    }

    public func makeSignInLink(for person: Person.ID, validFor lifetime: Duration) async throws -> String {
        let token = Secrets.token()
        let time = now()
        try await write { database in
            _ = try Person.fetch(database, person)
            try database.execute(
                sql: "INSERT INTO signInLink (person, tokenHash, createdAt, expiresAt) VALUES (?, ?, ?, ?)",
                arguments: [
                    person.rawValue, Secrets.hash(ofToken: token), time.milliseconds,
                    time.milliseconds + lifetime.milliseconds,
                ])
        }
        return token
    }

    public func signIn(withLink token: String, validFor lifetime: Duration) async throws -> SignIn {
        let session = Secrets.token()
        let time = now()
        let expiry = Date(milliseconds: time.milliseconds + lifetime.milliseconds)
        return try await write { database in
            let link = try Row.fetchOne(
                database, sql: "DELETE FROM signInLink WHERE tokenHash = ? RETURNING person, expiresAt",
                arguments: [Secrets.hash(ofToken: token)])
            guard let link else { throw StoreError.notSignedIn(reason: "the link is unknown or was used already") }
            guard link.date("expiresAt") > time else { throw StoreError.notSignedIn(reason: "the link has expired") }
            let person = try Person.fetch(database, link.id("person"))
            try database.execute(
                sql: "INSERT INTO session (person, tokenHash, createdAt, expiresAt) VALUES (?, ?, ?, ?)",
                arguments: [
                    person.id.rawValue, Secrets.hash(ofToken: session), time.milliseconds, expiry.milliseconds,
                ])
            return SignIn(person: person, token: session, expiresAt: expiry)
        }
    }

    public func person(ofSession token: String) async throws -> Person {
        let time = now()
        return try await read { database in
            let row = try Row.fetchOne(
                database,
                sql: """
                    SELECT person.* FROM session JOIN person ON person.id = session.person
                    WHERE tokenHash = ? AND expiresAt > ?
                    """,
                arguments: [Secrets.hash(ofToken: token), time.milliseconds])
            guard let row else { throw StoreError.notSignedIn(reason: "the session is unknown or over") }
            return try Person(row)
        }
    }

    public func prolong(session token: String, validFor lifetime: Duration) async throws {
        let time = now().milliseconds
        try await write { database in
            try database.execute(
                sql: "UPDATE session SET expiresAt = ? WHERE tokenHash = ? AND expiresAt > ?",
                arguments: [time + lifetime.milliseconds, Secrets.hash(ofToken: token), time])
        }
    }

    public func signOut(session token: String) async throws {
        try await write { database in
            try database.execute(
                sql: "DELETE FROM session WHERE tokenHash = ?", arguments: [Secrets.hash(ofToken: token)])
        }
    }

    public func removeExpiredSignIns() async throws {
        let time = now().milliseconds
        try await write { database in
            try database.execute(sql: "DELETE FROM session WHERE expiresAt <= ?", arguments: [time])
            try database.execute(sql: "DELETE FROM signInLink WHERE expiresAt <= ?", arguments: [time])
        }
    }
}

extension Person {
    static let kindName = "person"

    init(_ row: Row) throws {
        self.init(id: row.id("id"), name: row["name"], role: try row.word("role"), createdAt: row.date("createdAt"))
    }

    static func fetch(_ database: Database, _ id: ID) throws -> Person {
        guard let row = try Row.fetchOne(database, sql: "SELECT * FROM person WHERE id = ?", arguments: [id.rawValue])
        else { throw StoreError.missing(kindName, named: "\(id)") }
        return try Person(row)
    }
}

extension Duration {
    var milliseconds: Int64 { components.seconds * 1_000 + components.attoseconds / 1_000_000_000_000_000 }
}
