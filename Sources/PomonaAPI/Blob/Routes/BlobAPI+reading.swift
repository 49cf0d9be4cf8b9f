import Crypto
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import PomonaStore

extension BlobAPI {
    /// The longest part of a blob whose MD5 a client may ask for, in bytes.
    static let maximumLengthOfRangeMD5: Int64 = 4 << 20

    func listBlobs(_ call: BlobCall) async throws -> Response {
        // Azure's other words ask for kinds of blobs that there are none of here.
        let options = try ListOptions(
            call.request.query,
            includes: [
                "metadata", "copy", "snapshots", "uncommittedblobs", "deleted", "tags", "versions",
                "deletedwithversions", "immutabilitypolicy", "legalhold", "permissions",
            ])
        let query = BlobListQuery(
            prefix: options.prefix, delimiter: options.delimiter, marker: options.marker,
            maximumCount: options.maximumCount)
        let page = try await store.blobs(in: call.container, query)
        return Self.xml(ListDocuments.blobs(page, options, endpoint: endpoint(call)))
    }

    func getBlob(_ call: BlobCall) async throws -> Response {
        let range = try call.request.range()
        let reading = try await store.read(call.blob, range: range, conditions: call.request.conditions())
        var headers = Self.headers(of: reading.blob)
        let length = reading.range.count
        headers[.contentLength] = String(length)
        for (name, value) in call.authorization.responseHeaders { headers.set(name, value) }
        guard range != nil else {
            return Response(status: .ok, headers: headers, body: Self.body(reading.bytes, length: length))
        }
        headers[.contentRange] =
            "bytes \(reading.range.lowerBound)-\(reading.range.upperBound - 1)/\(reading.blob.length)"
        // Content-MD5 speaks of what is in the body, and that is a part only.
        headers.set("x-ms-blob-content-md5", reading.blob.headers.contentMD5?.base64EncodedString())
        headers.set("Content-MD5", nil)
        guard call.request.nonEmptyHeader("x-ms-range-get-content-md5")?.lowercased() == "true" else {
            return Response(status: .partialContent, headers: headers, body: Self.body(reading.bytes, length: length))
        }
        guard length <= Self.maximumLengthOfRangeMD5 else {
            throw StorageError.header(
                "x-ms-range-get-content-md5", "true", expected: "a range of at most 4 MiB with it")
        }
        let bytes = try await reading.bytes.collected(upTo: length)
        headers.set("Content-MD5", Data(Insecure.MD5.hash(data: bytes)).base64EncodedString())
        return Response(
            status: .partialContent, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
    }

    func blobProperties(_ call: BlobCall) async throws -> Response {
        let blob = try await store.blob(call.blob, conditions: call.request.conditions())
        var headers = Self.headers(of: blob)
        headers[.contentLength] = String(blob.length)
        for (name, value) in call.authorization.responseHeaders { headers.set(name, value) }
        return Response(status: .ok, headers: headers)
    }

    func blobMetadata(_ call: BlobCall) async throws -> Response {
        let blob = try await store.blob(call.blob, conditions: call.request.conditions())
        var headers = Self.version(of: blob)
        BlobMetadata.write(blob.metadata, to: &headers)
        return Response(status: .ok, headers: headers)
    }

    static func version(of blob: Blob) -> HTTPFields {
        [.eTag: EntityTags.header(blob.eTag), .lastModified: HTTPDate.string(blob.modifiedAt)]
    }

    /// All that a reader is told of a blob beside its length.
    private static func headers(of blob: Blob) -> HTTPFields {
        var headers = version(of: blob)
        headers[.contentType] = blob.headers.contentType ?? Blob.defaultContentType
        headers[.contentEncoding] = blob.headers.contentEncoding
        headers[.contentLanguage] = blob.headers.contentLanguage
        headers[.contentDisposition] = blob.headers.contentDisposition
        headers[.cacheControl] = blob.headers.cacheControl
        headers.set("Content-MD5", blob.headers.contentMD5?.base64EncodedString())
        headers[.acceptRanges] = "bytes"
        headers.set("x-ms-blob-type", "BlockBlob")
        headers.set("x-ms-creation-time", HTTPDate.string(blob.createdAt))
        headers.set("x-ms-lease-status", "unlocked")
        headers.set("x-ms-lease-state", "available")
        headers.set("x-ms-server-encrypted", "false")
        CopyRecord(blob)?.write(length: blob.length, to: &headers)
        BlobMetadata.write(blob.metadata, to: &headers)
        return headers
    }

    private static func body(_ bytes: BlobBytes, length: Int) -> ResponseBody {
        ResponseBody(contentLength: length) { writer in
            for try await piece in bytes { try await writer.write(ByteBuffer(bytes: piece)) }
            try await writer.finish(nil)
        }
    }
}
