import Foundation
import HTTPTypes
import Hummingbird
import PomonaStore

extension BlobAPI {
    /// Azure's largest block.
    static let maximumLengthOfBlock: Int64 = 4_000 << 20

    func putBlock(_ call: BlobCall) async throws -> Response {
        let request = call.request
        let id = try Self.blockID(request)
        let md5 = try await store.stageBlock(
            id, of: call.blob, UploadPieces(call.body),
            expectedLength: try request.contentLength(upTo: Self.maximumLengthOfBlock),
            expectedMD5: try request.md5("Content-MD5"), maximumLength: Self.maximumLengthOfBlock)
        return Self.staged(md5)
    }

    static func staged(_ md5: Data?) -> Response {
        var headers = HTTPFields()
        headers.set("Content-MD5", md5?.base64EncodedString())
        headers.set("x-ms-request-server-encrypted", "false")
        return Response(status: .created, headers: headers)
    }

    /// - Throws: `MissingRequiredQueryParameter`; `InvalidQueryParameterValue` unless it is base64 of 1 to 64 bytes.
    static func blockID(_ request: BlobRequest) throws(StorageError) -> String {
        guard let id = request.query.nonEmpty("blockid") else { throw .missingParameter("blockid") }
        guard let bytes = Data(base64Encoded: id), (1...64).contains(bytes.count) else {
            throw .parameter("blockid", id, expected: "base64 of 1 to 64 bytes")
        }
        return id
    }

    func putBlockList(_ call: BlobCall) async throws -> Response {
        let request = call.request
        let blocks = try BlockListDocument.read(await call.document(upTo: BlockListDocument.maximumLength))
        let upload = BlobUpload(
            headers: try request.blobHeaders(takesContentHeaders: false),
            metadata: try BlobMetadata.read(request.headers), conditions: try call.writeConditions())
        do {
            return Self.created(try await store.commitBlocks(blocks, to: call.blob, upload), md5: nil)
        } catch {
            throw call.refusal(error)
        }
    }

    func blockList(_ call: BlobCall) async throws -> Response {
        let type = call.request.query.nonEmpty("blocklisttype")?.lowercased() ?? "committed"
        guard ["committed", "uncommitted", "all"].contains(type) else {
            throw StorageError.parameter("blocklisttype", type, expected: "committed, uncommitted or all")
        }
        let list = try await store.blockList(of: call.blob)
        var headers = HTTPFields()
        if let blob = list.blob {
            headers = Self.version(of: blob)
            headers.set("x-ms-blob-content-length", String(blob.length))
        } else {
            headers.set("x-ms-blob-content-length", "0")
        }
        let text = BlockListDocument.write(
            committed: type == "uncommitted" ? nil : list.committed,
            uncommitted: type == "committed" ? nil : list.uncommitted)
        return Self.xml(text, headers: headers)
    }
}
