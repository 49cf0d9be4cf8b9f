import Foundation

/// How a dataset's COCO files, and the photos that they name by URL, are to be reached; what ``Dataset/authentication``
/// keeps as JSON.
public struct DatasetAuthentication: Codable, Hashable, Sendable {
    public enum Kind: String, Codable, Sendable, CaseIterable {
        /// They are open to everybody.
        case none
        /// By the right of the resource group itself.
        case managedIdentity
        /// By a shared access signature.
        case sas
    }

    public var kind: Kind

    /// The query of a shared access signature, without a question mark.
    public var sasToken: String?

    public init(kind: Kind, sasToken: String? = nil) {
        self.kind = kind
        self.sasToken = sasToken
    }

    /// Reads what a dataset keeps; `nil` for one that says nothing.
    ///
    /// - Throws: `DecodingError` for a text that is not of this form.
    public init?(of dataset: Dataset) throws {
        guard let text = dataset.authentication else { return nil }
        self = try JSONDecoder().decode(DatasetAuthentication.self, from: Data(text.utf8))
    }

    /// As a dataset keeps it.
    public func text() throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(self), as: UTF8.self)
    }
}
