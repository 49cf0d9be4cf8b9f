import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import PomonaStore

extension BlobAPI {
    /// Azure's largest body of one Put Blob.
    static let maximumLengthOfBlob: Int64 = 5_000 << 20

    func putBlob(_ call: BlobCall) async throws -> Response {
        let request = call.request
        guard let type = request.nonEmptyHeader("x-ms-blob-type") else {
            throw StorageError.missingHeader("x-ms-blob-type")
        }
        guard type.lowercased() == "blockblob" else {
            throw StorageError.header("x-ms-blob-type", type, expected: "BlockBlob, the only type here,")
        }
        let upload = BlobUpload(
            headers: try request.blobHeaders(takesContentHeaders: true),
            metadata: try BlobMetadata.read(request.headers),
            expectedLength: try request.contentLength(upTo: Self.maximumLengthOfBlob),
            expectedMD5: try request.md5("Content-MD5"), conditions: try call.writeConditions())
        do {
            let blob = try await store.put(call.blob, UploadPieces(call.body), upload)
            return Self.created(blob, md5: blob.md5)
        } catch {
            throw call.refusal(error)
        }
    }

    func setBlobMetadata(_ call: BlobCall) async throws -> Response {
        let metadata = try BlobMetadata.read(call.request.headers)
        let conditions = try call.request.conditions()
        while true {
            // What tells of the copy that made the blob is among its metadata, and stays.
            let known = try await store.blob(call.blob, conditions: conditions)
            guard let record = CopyRecord(known) else {
                return try await setBlobMetadata(metadata, call, conditions)
            }
            do {
                let ofKnown = BlobConditions(ifMatch: .oneOf([known.eTag]))
                return try await setBlobMetadata(record.added(to: metadata), call, ofKnown)
            } catch BlobError.conditionNotMet {
                // Another request changed it meanwhile, so it is looked at anew.
                try Task.checkCancellation()
            }
        }
    }

    private func setBlobMetadata(
        _ metadata: [String: String], _ call: BlobCall, _ conditions: BlobConditions
    ) async throws -> Response {
        let blob = try await store.setMetadata(metadata, of: call.blob, conditions: conditions)
        return Response(status: .ok, headers: Self.version(of: blob))
    }

    /// Sets all headers of a blob; those that are not said are removed.
    func setBlobHeaders(_ call: BlobCall) async throws -> Response {
        let blob = try await store.setHeaders(
            call.request.blobHeaders(takesContentHeaders: false), of: call.blob,
            conditions: call.request.conditions())
        return Response(status: .ok, headers: Self.version(of: blob))
    }

    func deleteBlob(_ call: BlobCall) async throws -> Response {
        let request = call.request
        if let choice = request.nonEmptyHeader("x-ms-delete-snapshots") {
            switch choice.lowercased() {
            case "include": break
            // There are no snapshots, so there is nothing left to do.
            case "only":
                _ = try await store.blob(call.blob, conditions: request.conditions())
                return Response(status: .accepted)
            default: throw StorageError.header("x-ms-delete-snapshots", choice, expected: "include or only")
            }
        }
        try await store.deleteBlob(call.blob, conditions: request.conditions())
        var headers = HTTPFields()
        headers.set("x-ms-delete-type-permanent", "true")
        return Response(status: .accepted, headers: headers)
    }

    /// The answer to what made or replaced a blob.
    static func created(_ blob: Blob, md5: Data?) -> Response {
        var headers = version(of: blob)
        headers.set("Content-MD5", md5?.base64EncodedString())
        headers.set("x-ms-request-server-encrypted", "false")
        return Response(status: .created, headers: headers)
    }
}

/// The body of a request in the pieces in which it arrives.
struct UploadPieces: AsyncSequence, Sendable {
    typealias Element = [UInt8]
    typealias Failure = any Error

    private let body: RequestBody

    init(_ body: RequestBody) {
        self.body = body
    }

    struct AsyncIterator: AsyncIteratorProtocol {
        fileprivate var base: RequestBody.AsyncIterator

        @concurrent mutating func next() async throws -> [UInt8]? {
            try await base.next().map { Array($0.readableBytesView) }
        }
    }

    func makeAsyncIterator() -> AsyncIterator { AsyncIterator(base: body.makeAsyncIterator()) }
}

extension BlobCall {
    /// A small body as a whole.
    ///
    /// - Throws: `RequestBodyTooLarge`, `Md5Mismatch`.
    func document(upTo limit: Int) async throws -> [UInt8] {
        if request.nonEmptyHeader("Content-Length") != nil { _ = try request.contentLength(upTo: Int64(limit)) }
        var bytes: [UInt8] = []
        for try await piece in UploadPieces(body) {
            guard bytes.count + piece.count <= limit else {
                throw StorageError(
                    .requestBodyTooLarge, "The body has more than the \(limit) bytes that are taken here.",
                    details: [("MaxLimit", String(limit))])
            }
            bytes += piece
        }
        try BodyChecksum.check(bytes, against: request.md5("Content-MD5"))
        return bytes
    }
}
