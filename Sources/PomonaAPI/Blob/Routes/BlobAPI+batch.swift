import Foundation
import HTTPTypes
import Hummingbird
import NIOCore

extension BlobAPI {
    /// Azure's limits for a batch.
    static let maximumCountInBatch = 256
    static let maximumLengthOfBatch = 4 << 20

    /// Does several deletions, each signed by itself, and answers each by itself.
    func batch(_ call: BlobCall) async throws -> Response {
        guard let contentType = call.request.nonEmptyHeader("Content-Type"),
            let boundary = Multipart.boundary(inContentType: contentType)
        else {
            throw StorageError.header(
                "Content-Type", call.request.header("Content-Type") ?? "", expected: "multipart/mixed with a boundary")
        }
        let body = try await call.document(upTo: Self.maximumLengthOfBatch)
        let batch = try BlobBatch(body, boundary: boundary)
        var answers: [BlobBatch.Answer] = []
        for part in batch.parts {
            answers.append(BlobBatch.Answer(contentID: part.contentID, response: await answer(part, of: call)))
        }
        let separator = "batchresponse_\(UUID().uuidString.lowercased())"
        var headers = HTTPFields()
        headers[.contentType] = "multipart/mixed; boundary=\(separator)"
        let text = BlobBatch.text(answers, separator: separator)
        return Response(
            status: .accepted, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
    }

    private func answer(_ part: BlobBatch.Part, of call: BlobCall) async -> Response {
        var head = part.head
        head.authority = call.request.authority
        var response: Response
        do {
            let request = try BlobRequest(head, remoteAddress: call.request.remoteAddress)
            guard try BlobOperation(request) == .deleteBlob else {
                throw StorageError(.invalidInput, "A batch here can hold deletions of blobs only.")
            }
            guard request.target.account == call.request.target.account,
                call.request.target.container == nil || request.target.container == call.request.target.container
            else {
                throw StorageError(.invalidInput, "A batch can delete blobs of its own account and container only.")
            }
            response = try await answer(request, RequestBody(buffer: ByteBuffer()), logger: call.logger)
        } catch {
            // With the method HEAD there is no body, which is what fits into a batch's answer.
            response = Self.refusal(error, of: .head, logger: call.logger)
        }
        stamp(&response, for: part.head.headerFields)
        return response
    }
}

/// The bodies of a batch: multipart/mixed with an HTTP message in each part.
struct BlobBatch {
    struct Part {
        var contentID: String?
        var head: HTTPRequest
    }

    struct Answer {
        var contentID: String?
        var response: Response
    }

    var parts: [Part]

    /// - Throws: `InvalidInput`.
    init(_ body: [UInt8], boundary: String) throws(StorageError) {
        guard let multipart = Multipart(body[...], boundary: boundary, maximumParts: BlobAPI.maximumCountInBatch + 1)
        else { throw StorageError(.invalidInput, "The body is no multipart/mixed with the boundary that was named.") }
        guard (1...BlobAPI.maximumCountInBatch).contains(multipart.parts.count) else {
            throw StorageError(
                .invalidInput,
                "The batch has \(multipart.parts.count) requests; 1 to \(BlobAPI.maximumCountInBatch) are possible.")
        }
        var parts: [Part] = []
        for part in multipart.parts {
            guard let head = Self.head(part.body) else {
                throw StorageError(.invalidInput, "Part \(parts.count + 1) of the batch is not an HTTP request.")
            }
            parts.append(Part(contentID: part.header("content-id"), head: head))
        }
        self.parts = parts
    }

    /// Reads a request line and its headers.
    private static func head(_ bytes: ArraySlice<UInt8>) -> HTTPRequest? {
        var lines = LineReader(bytes)
        guard let line = lines.next() else { return nil }
        let words = String(decoding: line, as: UTF8.self).split(separator: " ")
        guard words.count == 3, words[2].hasPrefix("HTTP/1."), words[1].hasPrefix("/"),
            let method = HTTPRequest.Method(String(words[0])),
            let headers = HeaderLines(bytes[lines.position...] + Array("\r\n\r\n".utf8))
        else { return nil }
        var head = HTTPRequest(method: method, scheme: "http", authority: nil, path: String(words[1]))
        for (name, value) in headers.fields {
            guard let name = HTTPField.Name(name) else { return nil }
            head.headerFields.append(HTTPField(name: name, value: value))
        }
        return head
    }

    static func text(_ answers: [Answer], separator: String) -> String {
        var text = ""
        for answer in answers {
            text += "--\(separator)\r\nContent-Type: application/http\r\n"
            if let id = answer.contentID { text += "Content-ID: \(id)\r\n" }
            let status = answer.response.status
            text += "\r\nHTTP/1.1 \(status.code) \(status.reasonPhrase)\r\n"
            for field in answer.response.headers { text += "\(field.name.rawName): \(field.value)\r\n" }
            text += "\r\n"
        }
        return text + "--\(separator)--\r\n"
    }
}
