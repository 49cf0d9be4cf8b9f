import HTTPTypes

/// Metadata of blobs and containers: headers `x-ms-meta-NAME`.
enum BlobMetadata {
    private static let prefix = "x-ms-meta-"

    /// Azure's limit for all names and values of one blob together, in bytes.
    static let maximumLength = 8 << 10

    /// - Throws: `EmptyMetadataKey`, `InvalidMetadata`, `MetadataTooLarge`.
    static func read(_ headers: HTTPFields) throws(StorageError) -> [String: String] {
        var metadata: [String: String] = [:]
        var taken: Set<String> = []
        var length = 0
        for field in headers where field.name.canonicalName.hasPrefix(prefix) {
            // The name keeps the letter case in which it was sent.
            let name = String(field.name.rawName.dropFirst(prefix.count))
            guard !name.isEmpty else { throw StorageError(.emptyMetadataKey, "A metadata header has no name.") }
            guard isName(name) else {
                throw StorageError(
                    .invalidMetadata,
                    "\"\(name.prefix(80))\" cannot be a metadata name: letters, digits and _ are possible, and no digit first."
                )
            }
            guard taken.insert(name.lowercased()).inserted else {
                throw StorageError(.invalidMetadata, "The metadata \"\(name.prefix(80))\" is there twice.")
            }
            metadata[name] = field.value
            length += name.utf8.count + field.value.utf8.count
        }
        guard length <= maximumLength else {
            throw StorageError(
                .metadataTooLarge, "The metadata has \(length) bytes, and \(maximumLength) are possible.",
                details: [("MaxLimit", String(maximumLength))])
        }
        return metadata
    }

    /// Adds one header for each entry that a header can hold.
    static func write(_ metadata: [String: String], to headers: inout HTTPFields) {
        for (name, value) in metadata.sorted(by: { $0.key < $1.key }) where isName(name) {
            headers.set("\(prefix)\(name)", value)
        }
    }

    /// Whether it is an identifier, as Azure asks of names.
    static func isName(_ name: String) -> Bool {
        guard let first = name.utf8.first, !first.isDigit else { return false }
        return name.utf8.allSatisfy { $0.isLetterOrDigit || $0 == UInt8(ascii: "_") }
    }
}

extension HTTPFields {
    /// Sets a header; a `nil` value removes it.
    mutating func set(_ name: String, _ value: String?) {
        guard let name = HTTPField.Name(name) else { return }
        self[name] = value
    }
}
