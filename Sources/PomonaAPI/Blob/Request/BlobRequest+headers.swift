import Foundation
import HTTPTypes
import PomonaStore

extension BlobRequest {
    /// Conditions on the blob or container itself, or with `prefix` on the source of a copy.
    func conditions(prefix: String = "") throws(StorageError) -> BlobConditions {
        BlobConditions(
            ifMatch: try tags("\(prefix)If-Match"), ifNoneMatch: try tags("\(prefix)If-None-Match"),
            ifModifiedSince: try date("\(prefix)If-Modified-Since"),
            ifUnmodifiedSince: try date("\(prefix)If-Unmodified-Since"))
    }

    private func tags(_ name: String) throws(StorageError) -> ETagCondition? {
        guard let text = nonEmptyHeader(name) else { return nil }
        guard let condition = EntityTags.condition(text) else {
            throw .header(name, text, expected: "* or an ETag such as \"0x8DC1F3A94B7E21D0\"")
        }
        return condition
    }

    private func date(_ name: String) throws(StorageError) -> Date? {
        guard let text = nonEmptyHeader(name) else { return nil }
        guard let date = HTTPDate.date(text) else {
            throw .header(name, text, expected: "a date such as Sun, 06 Nov 1994 08:49:37 GMT")
        }
        return date
    }

    /// The part of a blob that is asked for; Azure's own header goes before HTTP's.
    func range() throws(StorageError) -> ByteRange? {
        for name in ["x-ms-range", "Range"] {
            if let text = nonEmptyHeader(name) { return try Self.range(name, text) }
        }
        return nil
    }

    static func range(_ name: String, _ text: String) throws(StorageError) -> ByteRange {
        let expected = "one range such as bytes=0-499 or bytes=500-"
        guard text.hasPrefix("bytes=") else { throw .header(name, text, expected: expected) }
        let ends = text.dropFirst("bytes=".count).split(separator: "-", omittingEmptySubsequences: false)
            .map { $0.trimmingSpaces() }
        guard ends.count == 2, ends.allSatisfy({ $0.utf8.allSatisfy(\.isDigit) }) else {
            throw .header(name, text, expected: expected)
        }
        switch (Int64(ends[0]), Int64(ends[1])) {
        case (let first?, nil) where ends[1].isEmpty: return .from(first)
        case (let first?, let last?) where first <= last: return .bounds(first: first, last: last)
        case (nil, let count?) where ends[0].isEmpty: return .suffix(count)
        default: throw .header(name, text, expected: expected)
        }
    }

    /// - Throws: `InvalidMd5`.
    func md5(_ name: String) throws(StorageError) -> Data? {
        guard let text = nonEmptyHeader(name) else { return nil }
        guard let data = Data(base64Encoded: text), data.count == 16 else {
            throw StorageError(
                .invalidMd5, "The header \(name) is \"\(text.prefix(60))\", where 16 bytes in base64 are expected.",
                details: [("HeaderName", name), ("HeaderValue", String(text.prefix(60)))])
        }
        return data
    }

    /// The length of a body that must say it.
    ///
    /// - Throws: `MissingContentLengthHeader`, `RequestBodyTooLarge`.
    func contentLength(upTo limit: Int64) throws(StorageError) -> Int64 {
        guard let text = nonEmptyHeader("Content-Length") else {
            throw StorageError(.missingContentLengthHeader, "The header Content-Length is missing.")
        }
        guard let length = Int64(text), length >= 0 else {
            throw .header("Content-Length", text, expected: "a number of bytes")
        }
        guard length <= limit else {
            throw StorageError(
                .requestBodyTooLarge, "The body has \(length) bytes, and \(limit) are taken here.",
                details: [("MaxLimit", String(limit))])
        }
        return length
    }

    /// What the blob's readers are to be told.
    ///
    /// - Parameter takesContentHeaders: whether HTTP's own headers of the request speak of the blob too, as they do where
    ///   the body is the blob.
    func blobHeaders(takesContentHeaders: Bool) throws(StorageError) -> BlobHeaders {
        func value(_ name: String) -> String? {
            nonEmptyHeader("x-ms-blob-\(name)") ?? (takesContentHeaders ? nonEmptyHeader(name) : nil)
        }
        return BlobHeaders(
            contentType: value("content-type"), contentEncoding: value("content-encoding"),
            contentLanguage: value("content-language"),
            contentDisposition: nonEmptyHeader("x-ms-blob-content-disposition"), cacheControl: value("cache-control"),
            contentMD5: try md5("x-ms-blob-content-md5"))
    }

    /// - Throws: `InvalidHeaderValue`.
    func publicAccess() throws(StorageError) -> PublicAccess {
        guard let text = nonEmptyHeader("x-ms-blob-public-access") else { return .none }
        guard let access = PublicAccess(rawValue: text.lowercased()), access != .none else {
            throw .header("x-ms-blob-public-access", text, expected: "container or blob")
        }
        return access
    }

    /// Refuses what a client would take for done if it were passed over.
    ///
    /// - Throws: `UnsupportedHeader`, `InvalidHeaderValue`, and `LeaseNotPresentWithBlobOperation` or
    ///   `LeaseNotPresentWithContainerOperation`.
    func checkHeaders(for operation: BlobOperation) throws(StorageError) {
        for name in Self.unsupportedHeaders where nonEmptyHeader(name) != nil {
            throw StorageError(
                .unsupportedHeader, "The header \(name) is not supported by this server.",
                details: [("HeaderName", name), ("HeaderValue", header(name) ?? "")])
        }
        if let tier = nonEmptyHeader("x-ms-access-tier"), tier.lowercased() != "hot" {
            throw StorageError(
                .unsupportedHeader, "The header x-ms-access-tier is \"\(tier.prefix(40))\"; everything here is Hot.",
                details: [("HeaderName", "x-ms-access-tier"), ("HeaderValue", String(tier.prefix(40)))])
        }
        for name in ["x-ms-lease-id", "x-ms-source-lease-id"] where nonEmptyHeader(name) != nil {
            throw StorageError(
                operation.isOnBlob ? .leaseNotPresent : .leaseNotPresentOnContainer,
                "The header \(name) names a lease, and this server gives none.",
                details: [("HeaderName", name)])
        }
        if let version = nonEmptyHeader("x-ms-version"), ISO8601.date(version) == nil || version.count != 10 {
            throw .header("x-ms-version", version, expected: "a version such as 2021-12-02")
        }
        if let id = header("x-ms-client-request-id"), id.utf8.count > 1_024 {
            throw .header("x-ms-client-request-id", id, expected: "a text of at most 1,024 characters")
        }
    }

    /// Encryption with a customer's key, tags, framed bodies and checksums that nobody here would keep or compare.
    private static let unsupportedHeaders = [
        "x-ms-encryption-key", "x-ms-encryption-scope", "x-ms-tags", "x-ms-structured-body", "x-ms-content-crc64",
        "x-ms-source-content-crc64", "x-ms-if-tags", "x-ms-immutability-policy-until-date", "x-ms-legal-hold",
    ]
}

extension UInt8 {
    var isDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }
}
