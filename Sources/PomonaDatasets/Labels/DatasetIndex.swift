public import PomonaCore
public import PomonaStore

/// A dataset as it is looked at: every photo of its container, with its labels.
public struct DatasetIndex: Sendable {
    public struct Photo: Sendable {
        public var item: BlobItem
        public var annotations: [Annotation]
    }

    /// Which photos are wanted.
    public struct Filter: Hashable, Sendable {
        public enum Labels: String, CaseIterable, Sendable {
            case any, with, without
        }

        /// Photos with any of these; all where it is empty.
        public var tags: [String]
        public var labels: Labels
        /// A part of the name, in any letter case.
        public var search: String

        public init(tags: [String] = [], labels: Labels = .any, search: String = "") {
            self.tags = tags
            self.labels = labels
            self.search = search
        }
    }

    /// A tag with how often it is used.
    public struct TagCount: Hashable, Codable, Sendable {
        public var name: String
        public var annotations: Int
        public var photos: Int
    }

    /// A COCO file that could not be read.
    public struct Failure: Sendable {
        public var reference: String
        public var error: any PomonaError
    }

    public var kind: Dataset.Kind
    /// Counts changes, from 1.
    public var version: Int
    public var tags: [TagCount]
    /// In the order of their names.
    public var photos: [Photo]
    public var files: [DatasetFile]
    public var failures: [Failure]
    /// Names of labelled photos that are nowhere.
    public var missing: [String]
    public var takenFromContainer: Int

    public var labelledCount: Int { photos.reduce(0) { $0 + ($1.annotations.isEmpty ? 0 : 1) } }
    public var annotationCount: Int { photos.reduce(0) { $0 + $1.annotations.count } }

    /// The photos that a filter lets through, as places in ``photos``.
    public func places(_ filter: Filter) -> [Int] {
        let wanted = Set(tags.indices.filter { filter.tags.contains(tags[$0].name) })
        let search = filter.search.lowercased()
        return photos.indices.filter { place in
            let photo = photos[place]
            switch filter.labels {
            case .any: break
            case .with: if photo.annotations.isEmpty { return false }
            case .without: if !photo.annotations.isEmpty { return false }
            }
            if !filter.tags.isEmpty, !photo.annotations.contains(where: { wanted.contains($0.label) }) { return false }
            return search.isEmpty || photo.item.address.name.lowercased().contains(search)
        }
    }
}
