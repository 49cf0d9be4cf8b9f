import HTTPTypes
import PomonaStore

/// The fields of a dataset that a request brings; `nil` for those it does not.
struct DatasetFields: Sendable {
    var kind: Dataset.Kind?
    var annotationFiles: [String]?
    var authentication: DatasetAuthentication?
    var customProperties: [String: String]?

    /// Azure's limits.
    static let maximumFiles = 10
    static let maximumProperties = 10

    /// - Parameter known: the authentication that the dataset has already. Its token is never told, so clients that send a
    ///   dataset back as they got it send none, and mean the same.
    /// - Throws: `InvalidRequest`, `DatasetInvalidAnnotationUri`.
    init(_ object: JSONObject, changing known: DatasetAuthentication? = nil) throws(VisionError) {
        if let text = try object.string("annotationKind") {
            let kind = Dataset.Kind.allCases.first { $0.annotationKind.lowercased() == text.lowercased() }
            guard let kind else {
                throw object.wrong(
                    "annotationKind", found: "\"\(text.prefix(100))\"",
                    expected: Dataset.Kind.allCases.map(\.annotationKind).joined(separator: " or "))
            }
            self.kind = kind
        }
        annotationFiles = try object.strings("annotationFileUris")
        if let annotationFiles { try Self.check(annotationFiles) }
        authentication = try Self.authentication(object, known)
        customProperties = try object.pairs("customProperties")
        if let count = customProperties?.count, count > Self.maximumProperties {
            throw object.wrong("customProperties", found: "\(count) pairs", expected: "at most 10")
        }
    }

    private static func check(_ files: [String]) throws(VisionError) {
        guard (1...maximumFiles).contains(files.count) else {
            throw .invalidAnnotationURI(
                "There are \(files.count) annotation files, and 1 to \(maximumFiles) are possible.")
        }
        for file in files where RemoteURL(file) == nil {
            throw .invalidAnnotationURI("\"\(file.prefix(200))\" is not the absolute URL of a blob.")
        }
    }

    private static func authentication(
        _ object: JSONObject, _ known: DatasetAuthentication?
    ) throws(VisionError) -> DatasetAuthentication? {
        guard let fields = try object.object("authentication"), let text = try fields.string("kind") else { return nil }
        let kind = DatasetAuthentication.Kind.allCases.first { $0.rawValue.lowercased() == text.lowercased() }
        guard let kind else {
            throw fields.wrong(
                "kind", found: "\"\(text.prefix(100))\"", expected: "none, managedIdentity or sas")
        }
        guard kind == .sas else { return DatasetAuthentication(kind: kind) }
        let sent = try fields.string("sasToken")
        if sent == nil, let known, known.kind == .sas { return known }
        let token = try fields.required("sasToken", sent)
        let query = token.hasPrefix("?") ? String(token.dropFirst()) : token
        guard query.contains("sig="), !query.contains("://") else {
            throw fields.wrong(
                "sasToken", found: "no signature", expected: "the query of a shared access signature, with sig=")
        }
        return DatasetAuthentication(kind: .sas, sasToken: query)
    }
}

extension VisionError {
    fileprivate static func invalidAnnotationURI(_ message: String) -> VisionError {
        VisionError(
            status: .badRequest, code: "DatasetInvalidAnnotationUri", message: message, target: "annotationFileUris")
    }
}
