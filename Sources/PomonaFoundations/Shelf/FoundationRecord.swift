/// What is known of a foundation that was added or pulled; kept beside its weights.
public struct FoundationRecord: Codable, Sendable, Equatable {
    /// The address or the file it came from.
    public var source: String
    /// Size and SHA-256 of what came from there, as it was first seen.
    public var bytes: Int
    public var sha256: String
    public var licence: String?

    public init(source: String, bytes: Int, sha256: String, licence: String? = nil) {
        self.source = source
        self.bytes = bytes
        self.sha256 = sha256
        self.licence = licence
    }
}
