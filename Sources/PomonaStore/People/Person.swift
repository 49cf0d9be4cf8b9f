public import Foundation

/// Somebody who works in the studio; every edit names its person. The first row is the owner.
public struct Person: Identifiable, Hashable, Sendable {
    public typealias ID = RowID<Person>

    public enum Role: String, Codable, Sendable {
        /// May do everything; the one-time link that the server prints signs in as this person.
        case owner
        case member
    }

    public var id: ID
    public var name: String
    public var role: Role
    public var createdAt: Date

    public init(id: ID, name: String, role: Role, createdAt: Date) {
        self.id = id
        self.name = name
        self.role = role
        self.createdAt = createdAt
    }
}

/// A person who just signed in.
public struct SignIn: Sendable {
    public var person: Person

    /// What the browser keeps in its cookie. The catalog keeps only a hash of it.
    public var token: String
    public var expiresAt: Date

    public init(person: Person, token: String, expiresAt: Date) {
        self.person = person
        self.token = token
        self.expiresAt = expiresAt
    }
}

/// People, and how they sign in.
public protocol PersonStoring: Sendable {
    /// The person that the first migration made.
    func owner() async throws -> Person

    /// - Throws: ``StoreError/missing(_:named:)``.
    func person(_ id: Person.ID) async throws -> Person

    /// - Throws: ``StoreError/invalidName(of:_:reason:)``.
    func renamePerson(_ id: Person.ID, to name: String) async throws -> Person

    /// A token for a link that signs a person in once.
    func makeSignInLink(for person: Person.ID, validFor lifetime: Duration) async throws -> String

    /// Uses up a link's token and begins a session.
    ///
    /// - Throws: ``StoreError/notSignedIn(reason:)`` for a token that is unknown, used or expired.
    func signIn(withLink token: String, validFor lifetime: Duration) async throws -> SignIn

    /// The person of a session.
    ///
    /// - Throws: ``StoreError/notSignedIn(reason:)`` for a token that is unknown or expired.
    func person(ofSession token: String) async throws -> Person

    /// Makes a session last so long from now on; one that is over already stays over.
    func prolong(session token: String, validFor lifetime: Duration) async throws

    /// Ends a session; one that is over already stays over.
    func signOut(session token: String) async throws

    /// Removes sessions and links that have expired.
    func removeExpiredSignIns() async throws
}
