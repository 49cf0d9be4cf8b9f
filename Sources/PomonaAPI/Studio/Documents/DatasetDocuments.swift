import Foundation
import PomonaCore
import PomonaDatasets
import PomonaStore

/// A dataset as the page knows it.
struct StudioDataset: Encodable, Sendable {
    struct ContainerPart: Encodable, Sendable {
        var id: String
        var name: String
        var accountName: String
    }

    struct ProjectPart: Encodable, Sendable {
        var id: String
        var name: String
        var state: String
    }

    var id: String
    var groupID: String
    var name: String
    var kind: String
    var container: ContainerPart?
    var allowsReadWrite = true
    var photoCount: Int
    var labeledPhotoCount: Int
    var annotationCount: Int
    var tags: [DatasetIndex.TagCount]
    var cocoFiles: [CocoFileDocument]
    var projects: [ProjectPart]
    var revision: Int
    var createdAt: Date
    var updatedAt: Date
}

/// A dataset's COCO file as the page knows it.
struct CocoFileDocument: Encodable, Sendable {
    var id: String
    var name: String
    var source: String
    var imageCount: Int
    var annotationCount: Int
    var findingCount: Int
    var addedAt: Date

    init(_ file: DatasetFile) {
        id = file.id.studioID
        name = file.reference
        source = file.source.rawValue
        imageCount = file.counts.images
        annotationCount = file.counts.annotations
        findingCount = file.counts.findings
        addedAt = file.addedAt
    }
}

/// A photo of a dataset with its labels.
struct PhotoDocument: Encodable, Sendable {
    struct Label: Encodable, Sendable {
        var tag: String
        var box: Box?
        var isCrowd: Bool?
    }

    var id: String
    var blobID: String
    var name: String
    var width: Int?
    var height: Int?
    var annotations: [Label]
    var index: Int?
    var previousID: String?
    var nextID: String?

    init(_ photo: DatasetIndex.Photo, of index: DatasetIndex) {
        id = photo.item.id.studioID
        blobID = id
        name = photo.item.address.name
        width = photo.item.width
        height = photo.item.height
        annotations = photo.annotations.map {
            Label(tag: index.tags[$0.label].name, box: $0.box, isCrowd: $0.isCrowd ? true : nil)
        }
    }
}

extension Dataset.Kind {
    /// The studio's word, which is the Vision API's with a small letter.
    var studioWord: String {
        switch self {
        case .objectDetection: "imageObjectDetection"
        case .imageClassification: "imageClassification"
        }
    }

    init(studioWord word: String, field: String = "kind") throws(StudioFailure) {
        guard let kind = Self.allCases.first(where: { $0.studioWord == word }) else {
            throw .field(field, "The kind is neither imageObjectDetection nor imageClassification.")
        }
        self = kind
    }
}
