import PomonaStore

/// What a list of containers or blobs is to hold.
struct ListOptions: Sendable {
    var prefix: String
    var delimiter: String?
    var marker: String?
    var maximumCount: Int

    /// As the client wrote it; the answer repeats it.
    var statedCount: Int?
    var includes: Set<String>

    /// - Parameter includes: the words that `include` may hold.
    /// - Throws: `OutOfRangeQueryParameterValue`, `InvalidQueryParameterValue`.
    init(_ query: QueryItems, includes known: Set<String>) throws(StorageError) {
        prefix = query["prefix"] ?? ""
        delimiter = query.nonEmpty("delimiter")
        marker = query.nonEmpty("marker")
        if let text = query.nonEmpty("maxresults") {
            guard let count = Int(text) else {
                throw .parameter("maxresults", text, expected: "a number from 1 to \(BlobListQuery.maximumPageSize)")
            }
            guard count >= 1 else {
                throw .parameter(
                    "maxresults", text, expected: "a number of 1 or more", reason: .outOfRangeQueryParameterValue)
            }
            statedCount = count
        }
        maximumCount = min(statedCount ?? BlobListQuery.maximumPageSize, BlobListQuery.maximumPageSize)
        // Clients send `include=` with nothing in it.
        let words = (query["include"] ?? "").split(separator: ",").map { $0.trimmingSpaces().lowercased() }
        for word in words where !known.contains(word) {
            throw .parameter("include", word, expected: "one of \(known.sorted().joined(separator: ", "))")
        }
        includes = Set(words)
    }
}
