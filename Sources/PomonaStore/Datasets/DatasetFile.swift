public import Foundation

/// One COCO file of a dataset, with what is known of it.
public struct DatasetFile: Identifiable, Hashable, Sendable {
    public typealias ID = RowID<DatasetFile>

    /// Where it came from.
    public enum Source: String, Codable, Sendable, CaseIterable {
        case blob, upload, project
    }

    public var id: ID
    public var dataset: Dataset.ID

    /// As ``Dataset/cocoFiles`` has it: a name in the container, or an address.
    public var reference: String
    public var source: Source
    public var counts: Counts
    public var addedAt: Date

    /// What a file holds.
    public struct Counts: Hashable, Sendable {
        public var images: Int
        public var annotations: Int

        /// Rules that it offends against.
        public var findings: Int

        public init(images: Int = 0, annotations: Int = 0, findings: Int = 0) {
            self.images = images
            self.annotations = annotations
            self.findings = findings
        }
    }
}

/// What the page shows of a dataset beside ``Dataset``.
public struct DatasetLabelState: Hashable, Sendable {
    /// In the order a person gave them; also those that no photo has.
    public var tags: [String]

    /// Counts changes of labels, files and tags, from 1.
    public var version: Int
    public var files: [DatasetFile]
}
