import Foundation
import HTTPTypes
import PomonaStore

/// What a blob tells of the copy that made it.
///
/// It is kept among the blob's metadata, under names that no client can set or see, so it goes where the blob goes: a write
/// over the blob removes it, as in Azure.
struct CopyRecord: Equatable, Sendable {
    var id: String
    var source: String
    var completedAt: Date

    private static let prefix = "copy:"

    init(id: String, source: String, completedAt: Date) {
        (self.id, self.source, self.completedAt) = (id, source, completedAt)
    }

    /// `nil` for a blob that no copy made.
    init?(_ blob: Blob) {
        guard let id = blob.metadata["\(Self.prefix)id"], let source = blob.metadata["\(Self.prefix)source"],
            let completedAt = blob.metadata["\(Self.prefix)completed"].flatMap(ISO8601.date)
        else { return nil }
        self.init(id: id, source: source, completedAt: completedAt)
    }

    /// Metadata with the record in it.
    func added(to metadata: [String: String]) -> [String: String] {
        var metadata = Self.visible(metadata)
        metadata["\(Self.prefix)id"] = id
        metadata["\(Self.prefix)source"] = source
        metadata["\(Self.prefix)completed"] = ISO8601.string(completedAt)
        return metadata
    }

    /// Metadata without a record.
    static func visible(_ metadata: [String: String]) -> [String: String] {
        metadata.filter { !$0.key.hasPrefix(prefix) }
    }

    func write(length: Int64, to headers: inout HTTPFields) {
        headers.set("x-ms-copy-id", id)
        headers.set("x-ms-copy-status", "success")
        headers.set("x-ms-copy-source", source)
        headers.set("x-ms-copy-progress", "\(length)/\(length)")
        headers.set("x-ms-copy-completion-time", HTTPDate.string(completedAt))
    }

    func write(to xml: inout XMLWriter) {
        xml.element("CopyId", id)
        xml.element("CopyStatus", "success")
        xml.element("CopySource", source)
        xml.element("CopyCompletionTime", HTTPDate.string(completedAt))
    }
}
