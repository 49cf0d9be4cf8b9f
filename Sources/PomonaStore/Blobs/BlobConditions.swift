public import Foundation

/// What must hold of a blob (or container) for an operation to go on, after RFC 9110 section 13. They are evaluated in the
/// same transaction as the change that they guard.
public struct BlobConditions: Hashable, Sendable {
    /// The thing must exist and have one of these tags.
    public var ifMatch: ETagCondition?

    /// The thing must not exist with one of these tags; ``ETagCondition/any`` means that it must not exist at all.
    public var ifNoneMatch: ETagCondition?

    /// The thing must have changed after this time. Compared in whole seconds, the precision of an HTTP date; ignored where
    /// `ifNoneMatch` is given.
    public var ifModifiedSince: Date?

    /// The thing must not have changed after this time. Compared in whole seconds; ignored where `ifMatch` is given.
    public var ifUnmodifiedSince: Date?

    public init(
        ifMatch: ETagCondition? = nil, ifNoneMatch: ETagCondition? = nil, ifModifiedSince: Date? = nil,
        ifUnmodifiedSince: Date? = nil
    ) {
        self.ifMatch = ifMatch
        self.ifNoneMatch = ifNoneMatch
        self.ifModifiedSince = ifModifiedSince
        self.ifUnmodifiedSince = ifUnmodifiedSince
    }

    /// No conditions.
    public static let none = BlobConditions()

    /// Only create, never replace: `If-None-Match: *`.
    public static let onlyIfAbsent = BlobConditions(ifNoneMatch: .any)

    /// The first condition that does not hold of a thing with this tag and time, `nil` where all hold. An absent thing
    /// (`nil` tag) fails `ifMatch` and passes the others.
    public func firstFailure(eTag: ETag?, modifiedAt: Date?) -> BlobCondition? {
        if let ifMatch {
            guard let eTag, ifMatch.contains(eTag) else { return .ifMatch }
        } else if let ifUnmodifiedSince, let modifiedAt, Self.seconds(modifiedAt) > Self.seconds(ifUnmodifiedSince) {
            return .ifUnmodifiedSince
        }
        if let ifNoneMatch {
            if let eTag, ifNoneMatch.contains(eTag) { return .ifNoneMatch }
        } else if let ifModifiedSince, let modifiedAt, Self.seconds(modifiedAt) <= Self.seconds(ifModifiedSince) {
            return .ifModifiedSince
        }
        return nil
    }

    private static func seconds(_ date: Date) -> Double { date.timeIntervalSince1970.rounded(.down) }
}

/// The tags of an `If-Match` or `If-None-Match`.
public enum ETagCondition: Hashable, Sendable {
    /// `*`: whatever tag the thing has.
    case any
    case oneOf(Set<ETag>)

    /// Whether a thing with this tag is meant.
    public func contains(_ eTag: ETag) -> Bool {
        switch self {
        case .any: true
        case .oneOf(let tags): tags.contains(eTag)
        }
    }
}

/// Which condition failed; a read answers 304 for the two that ask whether there is something new.
public enum BlobCondition: String, Sendable {
    case ifMatch = "If-Match"
    case ifNoneMatch = "If-None-Match"
    case ifModifiedSince = "If-Modified-Since"
    case ifUnmodifiedSince = "If-Unmodified-Since"

    /// Whether a read that fails on it means "you have the newest already" (304) rather than a conflict (412).
    public var meansNotModified: Bool { self == .ifNoneMatch || self == .ifModifiedSince }
}
