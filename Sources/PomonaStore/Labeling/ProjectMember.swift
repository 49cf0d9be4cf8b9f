public import Foundation

/// What somebody may do in a project.
public enum ProjectRole: String, Codable, Sendable, CaseIterable, Comparable {
    /// Labels photos.
    case labeler
    /// Also approves, rejects and exports.
    case reviewer
    /// Everything, people and categories included.
    case owner

    private var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }

    public static func < (a: ProjectRole, b: ProjectRole) -> Bool { a.rank < b.rank }
}

/// Somebody who works on a project.
public struct ProjectMember: Hashable, Sendable {
    public var person: PersonName
    public var role: ProjectRole
    public var lastSeenAt: Date?

    public init(person: PersonName, role: ProjectRole, lastSeenAt: Date?) {
        self.person = person
        self.role = role
        self.lastSeenAt = lastSeenAt
    }
}

/// A link that lets in whoever opens it first.
public struct ProjectInvitation: Identifiable, Hashable, Sendable {
    public typealias ID = RowID<ProjectInvitation>

    public var id: ID
    public var role: ProjectRole
    public var expiresAt: Date

    public init(id: ID, role: ProjectRole, expiresAt: Date) {
        self.id = id
        self.role = role
        self.expiresAt = expiresAt
    }
}
