/// The versions of the Vision API that are spoken here.
enum VisionVersion: String, Sendable, CaseIterable {
    case preview202302 = "2023-02-01-preview"
    case preview202304 = "2023-04-01-preview"
    case general202310 = "2023-10-01"
    case general202402 = "2024-02-01"

    /// Whether it knows custom models; the versions after it do not.
    var isPreview: Bool { self == .preview202302 || self == .preview202304 }

    /// - Throws: `InvalidRequest` for a query that names none of them.
    init(_ query: QueryItems) throws(VisionError) {
        let known = Self.allCases.map(\.rawValue).joined(separator: ", ")
        guard let text = query.nonEmpty("api-version") else {
            throw .invalidRequest(
                "The query parameter api-version is missing; it is one of \(known).", inner: .badArgument,
                target: "api-version")
        }
        guard let version = VisionVersion(rawValue: text.lowercased()) else {
            throw .parameter("api-version", text, expected: "one of \(known)")
        }
        self = version
    }
}
