import Foundation
import PomonaStore

/// A dataset as clients of this API know it.
struct DatasetDocument: Encodable, Sendable {
    struct Authentication: Encodable, Sendable {
        var kind: String
    }

    var name: String
    var annotationKind: String
    var annotationFileUris: [String]

    /// Only where it has a kind that Microsoft's sample client knows, and never with the token.
    var authentication: Authentication?
    var customProperties: [String: String]?
    var createdDateTime: String
    var updatedDateTime: String
    var eTag: String

    /// - Parameter blobEndpoint: where names of blobs in the dataset's container are turned into URLs.
    init(_ dataset: Dataset, blobEndpoint: String) throws {
        name = dataset.name
        annotationKind = dataset.kind.annotationKind
        annotationFileUris = dataset.cocoFiles.map { file in
            guard RemoteURL(file) == nil, let container = dataset.container else { return file }
            return "\(blobEndpoint)/\(container)/\(PercentCoding.encode(file, keeping: "/"))"
        }
        let kind = try DatasetAuthentication(of: dataset)?.kind
        authentication = kind.flatMap { $0 == .none ? nil : Authentication(kind: $0.rawValue) }
        customProperties = dataset.customProperties.isEmpty ? nil : dataset.customProperties
        createdDateTime = ISO8601.string(dataset.createdAt)
        updatedDateTime = ISO8601.string(dataset.modifiedAt)
        eTag = dataset.eTag.rawValue
    }
}

extension Dataset.Kind {
    /// The word of this API for it.
    var annotationKind: String {
        switch self {
        case .objectDetection: "imageObjectDetection"
        case .imageClassification: "imageClassification"
        }
    }
}
