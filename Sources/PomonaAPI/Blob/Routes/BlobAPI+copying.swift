import Crypto
import Foundation
import HTTPTypes
import Hummingbird
import PomonaCore
import PomonaStore

extension BlobAPI {
    /// Copy Blob: headers and metadata come along unless the request brings metadata. The copy is done with the answer.
    func copyBlob(_ call: BlobCall) async throws -> Response {
        let own = try BlobMetadata.read(call.request.headers)
        let source = try await copySource(call)
        let record = CopyRecord(
            id: UUID().uuidString.lowercased(), source: Self.withoutSignature(call.request), completedAt: now())
        let blob: Blob
        switch source {
        case .own(let address):
            blob = try await copy(address, call, headers: nil) { source in
                record.added(to: own.isEmpty ? source.metadata : own)
            }
        case .remote(let url): blob = try await download(url, call, headers: nil, metadata: record.added(to: own))
        }
        var headers = Self.version(of: blob)
        headers.set("x-ms-copy-id", record.id)
        headers.set("x-ms-copy-status", "success")
        return Response(status: .accepted, headers: headers)
    }

    /// Put Blob From URL: a new blob with metadata of its own and, unless asked otherwise, its source's headers.
    func putBlobFromURL(_ call: BlobCall) async throws -> Response {
        let request = call.request
        let metadata = try BlobMetadata.read(request.headers)
        let own = try request.blobHeaders(takesContentHeaders: false)
        let keepsHeaders = request.nonEmptyHeader("x-ms-copy-source-blob-properties")?.lowercased() != "false"
        let blob: Blob
        switch try await copySource(call) {
        case .own(let address):
            let source = try await sourceBlob(address, call)
            let headers = keepsHeaders ? own.over(source.headers) : own
            blob = try await copy(address, call, headers: headers) { _ in metadata }
        case .remote(let url):
            blob = try await download(url, call, headers: keepsHeaders ? nil : own, metadata: metadata)
        }
        return Self.created(blob, md5: blob.md5)
    }

    func putBlockFromURL(_ call: BlobCall) async throws -> Response {
        let request = call.request
        let id = try Self.blockID(request)
        let address = try call.blob
        let md5 = try request.md5("x-ms-source-content-md5")
        let range = try request.nonEmptyHeader("x-ms-source-range").map { text throws(StorageError) in
            try BlobRequest.range("x-ms-source-range", text)
        }
        switch try await copySource(call) {
        case .own(let source):
            let reading = try await fromSource {
                try await store.read(source, range: range, conditions: try request.conditions(prefix: "x-ms-source-"))
            }
            return Self.staged(
                try await store.stageBlock(
                    id, of: address, reading.bytes, expectedLength: Int64(reading.range.count), expectedMD5: md5,
                    maximumLength: Self.maximumLengthOfBlock))
        case .remote(let url):
            return try await opening(url, range: request.nonEmptyHeader("x-ms-source-range"), request) { opened in
                Self.staged(
                    try await store.stageBlock(
                        id, of: address, opened.bytes, expectedLength: opened.length, expectedMD5: md5,
                        maximumLength: Self.maximumLengthOfBlock))
            }
        }
    }

    /// - Throws: `Md5Mismatch` where the request says another MD5 of its source.
    private func checkMD5(of source: Blob, _ request: BlobRequest) async throws {
        if let expected = try request.md5("x-ms-source-content-md5"), try await md5(of: source) != expected {
            throw StorageError(.md5Mismatch, "The source has another MD5 than x-ms-source-content-md5 says.")
        }
    }

    /// The MD5 of a blob's bytes: the one that was measured when they came, or measured now.
    private func md5(of blob: Blob) async throws -> Data {
        if let known = blob.md5 { return known }
        var md5 = Insecure.MD5()
        let conditions = BlobConditions(ifMatch: .oneOf([blob.eTag]))
        for try await piece in try await store.read(blob.address, range: nil, conditions: conditions).bytes {
            md5.update(data: piece)
        }
        return Data(md5.finalize())
    }

    private func sourceBlob(_ source: BlobAddress, _ call: BlobCall) async throws -> Blob {
        try await fromSource {
            try await store.blob(source, conditions: try call.request.conditions(prefix: "x-ms-source-"))
        }
    }

    private func copy(
        _ source: BlobAddress, _ call: BlobCall, headers: BlobHeaders?, metadata: (Blob) -> [String: String]
    ) async throws -> Blob {
        let found = try await sourceBlob(source, call)
        try await checkMD5(of: found, call.request)
        // The metadata and the MD5 are those of the blob which was looked at, so it is this one that must be copied.
        let copy = BlobCopy(
            headers: headers, metadata: metadata(found),
            sourceConditions: BlobConditions(ifMatch: .oneOf([found.eTag])), conditions: try call.writeConditions())
        do {
            return try await store.copy(from: source, to: call.blob, copy)
        } catch {
            throw call.refusal(error)
        }
    }

    private func download(_ url: String, _ call: BlobCall, headers: BlobHeaders?, metadata: [String: String])
        async throws -> Blob
    {
        let (address, conditions) = (try call.blob, try call.writeConditions())
        let md5 = try call.request.md5("x-ms-source-content-md5")
        return try await opening(url, range: nil, call.request) { opened in
            let upload = BlobUpload(
                headers: headers ?? BlobHeaders(contentType: opened.contentType), metadata: metadata,
                expectedLength: opened.length, expectedMD5: md5, maximumLength: Self.maximumLengthOfBlob,
                conditions: conditions)
            do {
                return try await store.put(address, opened.bytes, upload)
            } catch {
                throw call.refusal(error)
            }
        }
    }

    private func opening<Result: Sendable>(
        _ url: String, range: String?, _ request: BlobRequest,
        use: @Sendable (RemoteContent.Opened) async throws -> Result
    ) async throws -> Result {
        // The server that has the source knows whether they hold.
        let conditions = ["If-Match", "If-None-Match", "If-Modified-Since", "If-Unmodified-Since"].compactMap { name in
            request.nonEmptyHeader("x-ms-source-\(name)").map { (name: name, value: $0) }
        }
        do {
            return try await remote.open(url, range: range, conditions: conditions, use: use)
        } catch RemoteError.status(_, let status) where !conditions.isEmpty && (status == 304 || status == 412) {
            throw StorageError(.sourceConditionNotMet, "The source is not in the state that x-ms-source-if-* asks for.")
        } catch let error as RemoteError {
            throw StorageError(.cannotVerifyCopySource, "The source of the copy cannot be read: \(error.message)")
        }
    }

    /// Says of a condition that it was one on the source.
    private func fromSource<Result>(_ read: () async throws -> Result) async throws -> Result {
        do {
            return try await read()
        } catch let error as BlobError {
            guard case .conditionNotMet = error else { throw error }
            throw StorageError(.sourceConditionNotMet, error.message)
        }
    }

    /// The source as later readers may see it.
    private static func withoutSignature(_ request: BlobRequest) -> String {
        let text = request.header("x-ms-copy-source") ?? ""
        return String(text.prefix { $0 != "?" })
    }
}

extension BlobHeaders {
    /// These headers, and those of `other` where these say nothing.
    fileprivate func over(_ other: BlobHeaders) -> BlobHeaders {
        BlobHeaders(
            contentType: contentType ?? other.contentType, contentEncoding: contentEncoding ?? other.contentEncoding,
            contentLanguage: contentLanguage ?? other.contentLanguage,
            contentDisposition: contentDisposition ?? other.contentDisposition,
            cacheControl: cacheControl ?? other.cacheControl, contentMD5: contentMD5 ?? other.contentMD5)
    }
}
