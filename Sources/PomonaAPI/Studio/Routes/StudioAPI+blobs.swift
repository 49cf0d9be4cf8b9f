import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import PomonaDatasets
import PomonaStore

extension StudioAPI {
    static let blobRoutes: [StudioRoute] = [
        StudioRoute(.get, "/containers/{container}/blobs") { api, call in try await api.listBlobs(call) },
        StudioRoute(.put, "/containers/{container}/blobs") { api, call in try await api.upload(call) },
        StudioRoute(.post, "/containers/{container}/blobs:existing") { api, call in
            struct Body: Decodable { var names: [String] }
            struct Answer: Encodable { var names: [String] }
            let body: Body = try await call.json()
            guard body.names.count <= 1_000 else {
                throw StudioFailure.field("names", "At most 1000 names are possible.")
            }
            let names = try await api.store.catalog.existingNames(body.names, in: try call.id("container"))
            return try StudioJSON.response(Answer(names: names))
        },
        StudioRoute(.post, "/containers/{container}/blobs:delete") { api, call in try await api.deleteBlobs(call) },
        StudioRoute(.get, "/blobs/{blob}", .signedIn) { api, call in
            let item = try await api.visibleItem(call)
            let known = try await api.examiner.withHeaders([item])
            return try StudioJSON.response(BlobDocument(known.first ?? item, endpoint: api.settings.blobEndpoint))
        },
        StudioRoute(.get, "/blobs/{blob}/content") { api, call in try await api.content(call) },
        StudioRoute(.get, "/blobs/{blob}/image", .signedIn) { api, call in
            let side = try call.number("side", in: 16...65_000).map { DatasetService.imageSide(atLeast: Int($0)) }
            return try await api.view(call, variant: "image-\(side ?? 0)") {
                try await api.datasets.image(of: $0, side: side)
            }
        },
        StudioRoute(.get, "/blobs/{blob}/thumbnail", .signedIn) { api, call in
            let side = Int(try call.number("side", in: 1...65_000) ?? 256)
            guard DatasetService.thumbnailSides.contains(side) else {
                throw StudioFailure.field("side", "Thumbnails have a side of 256 or 512.")
            }
            return try await api.view(call, variant: "thumbnail-\(side)") {
                try await api.datasets.thumbnail(of: $0, side: side)
            }
        },
    ]

    /// The blob that the path names, where the person may see it.
    private func visibleItem(_ call: StudioCall) async throws -> BlobItem {
        let id: BlobItem.ID = try call.id("blob")
        let person = try call.person
        if person.role != .owner, !(try await store.catalog.maySee(id, person.id)) {
            throw StudioFailure.missing(BlobItem.studioName, call.word("blob"))
        }
        return try await store.catalog.item(id)
    }

    private func listBlobs(_ call: StudioCall) async throws -> Response {
        let page = try StudioPage(call)
        let query = BlobItemQuery(
            kind: try call.choice("kind", default: .all), search: call.value("search") ?? "",
            hasProblem: call.value("problem") == "1", order: try call.choice("sort", default: .name))
        let container: BlobContainer.ID = try call.id("container")
        _ = try await store.catalog.container(container)
        if query.hasProblem { try await examiner.readHeaders(in: container) }
        let (items, total) = try await store.catalog.items(
            in: container, query, skip: page.offset, limit: page.limit)
        let known = try await examiner.withHeaders(items)
        return try StudioJSON.response(
            StudioList(
                items: known.map { BlobDocument($0, endpoint: settings.blobEndpoint) }, total: total,
                offset: page.offset))
    }

    private func content(_ call: StudioCall) async throws -> Response {
        let item = try await store.catalog.item(try call.id("blob"))
        let reading = try await store.blobs.read(item.address)
        guard reading.blob.sha256 == item.sha256 else { throw StudioFailure.missing("blob", call.word("blob")) }
        var headers: HTTPFields = [
            .contentType: item.contentType ?? "application/octet-stream", .cacheControl: "private, no-cache",
            .contentLength: String(reading.range.count), .xContentTypeOptions: "nosniff",
        ]
        headers[.contentDisposition] = Attachment.header(item.address.name.split(separator: "/").last.map(String.init))
        // Whatever was uploaded is never a page of this server.
        headers.set("Content-Security-Policy", "sandbox")
        return Response(
            status: .ok, headers: headers,
            body: ResponseBody(contentLength: reading.range.count) { writer in
                for try await piece in reading.bytes { try await writer.write(ByteBuffer(bytes: piece)) }
                try await writer.finish(nil)
            })
    }

    /// Answers with a picture, which never changes under its id.
    private func view(
        _ call: StudioCall, variant: String, _ make: (BlobItem) async throws -> PhotoView
    ) async throws -> Response {
        let item = try await visibleItem(call)
        let tag = "\"\(item.id.studioID)-\(variant)\""
        var headers: HTTPFields = [.eTag: tag, .cacheControl: "private, max-age=31536000, immutable"]
        if call.headers[.ifNoneMatch]?.contains(tag) == true { return Response(status: .notModified, headers: headers) }
        let view = try await make(item)
        headers[.contentType] = view.mediaType
        headers[.xContentTypeOptions] = "nosniff"
        return Response(
            status: .ok, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: view.bytes)))
    }

    // MARK: Uploading

    private enum IfExists: String, CaseIterable { case fail, replace, rename }

    private func upload(_ call: StudioCall) async throws -> Response {
        let name = try call.encodedHeader("X-Pomona-Name")
        guard let id = call.header("X-Pomona-Upload").flatMap(UUID.init(uuidString:))?.uuidString else {
            throw StudioFailure.invalid("The header X-Pomona-Upload is no UUID.")
        }
        guard let ifExists = IfExists(rawValue: call.header("X-Pomona-If-Exists") ?? IfExists.fail.rawValue) else {
            throw StudioFailure.invalid("The header X-Pomona-If-Exists is none of fail, replace and rename.")
        }
        if let known = try await store.catalog.item(ofUpload: id) {
            // The answer of the first time was lost on its way; what comes now has to be read all the same.
            for try await _ in call.body {}
            return try StudioJSON.response(BlobDocument(known, endpoint: settings.blobEndpoint))
        }
        let length = call.headers[.contentLength].flatMap { Int64($0) }
        if let length, length > settings.largestUpload {
            throw BlobError.tooLarge("The file \"\(name)\"", limit: settings.largestUpload)
        }
        let container = try await store.catalog.container(try call.id("container"))
        let free =
            ifExists == .rename ? try await freeName(name, in: container.container.id) : name
        let upload = BlobUpload(
            headers: BlobHeaders(contentType: call.header("Content-Type")), expectedLength: length,
            maximumLength: settings.largestUpload, conditions: ifExists == .replace ? .none : .onlyIfAbsent,
            identifier: id)
        let address = BlobAddress(container: container.container.address, name: free)
        try await store.blobs.put(address, UploadPieces(call.body), upload)
        guard let item = try await store.catalog.item(named: free, in: container.container.id) else {
            throw StudioFailure.missing("blob", free)
        }
        let known = try await examiner.withHeaders([item])
        return try StudioJSON.response(
            BlobDocument(known.first ?? item, endpoint: settings.blobEndpoint), status: .created)
    }

    /// The name, or the name with a number before its ending: `apple (2).jpg`.
    private func freeName(_ name: String, in container: BlobContainer.ID) async throws -> String {
        let slash = name.lastIndex(of: "/").map { name.index(after: $0) } ?? name.startIndex
        let dot = name[slash...].lastIndex(of: ".").flatMap { $0 == slash ? nil : $0 } ?? name.endIndex
        var number = 1
        while true {
            let names = (number..<number + 50).map { $0 == 1 ? name : "\(name[..<dot]) (\($0))\(name[dot...])" }
            let taken = Set(try await store.catalog.existingNames(names, in: container))
            if let free = names.first(where: { !taken.contains($0) }) { return free }
            number += 50
        }
    }

    // MARK: Deleting

    private func deleteBlobs(_ call: StudioCall) async throws -> Response {
        struct Body: Decodable {
            var ids: [String]?
            var search: String?
            var kind: String?
        }
        struct Answer: Encodable { var deleted: Int }
        let body: Body = try await call.json()
        let container = try await store.catalog.container(try call.id("container")).container.id
        var deleted = 0
        if let ids = body.ids {
            guard ids.count <= 1_000 else { throw StudioFailure.field("ids", "At most 1000 ids are possible.") }
            let items = try await store.catalog.items(ids.compactMap { BlobItem.ID(studioID: $0) })
            deleted = try await delete(items.filter { $0.container == container })
        } else {
            // Both, so that a body with a slip of the pen does not mean everything.
            guard let word = body.kind, let search = body.search else {
                throw StudioFailure.field("ids", "Either ids are needed, or kind and search.")
            }
            guard let kind = BlobItemQuery.Kind(rawValue: word) else {
                throw StudioFailure.field("kind", "The kind is none of all, photo and json.")
            }
            let query = BlobItemQuery(kind: kind, search: search)
            while true {
                let items = try await store.catalog.items(in: container, query, skip: 0, limit: 500).items
                let count = try await delete(items)
                deleted += count
                if count == 0 { break }
            }
        }
        return try StudioJSON.response(Answer(deleted: deleted))
    }

    private func delete(_ items: [BlobItem]) async throws -> Int {
        try await withThrowingTaskGroup(of: Int.self) { group in
            for item in items {
                group.addTask {
                    do { try await store.blobs.deleteBlob(item.address, conditions: .none) } catch BlobError.blobMissing
                    {
                        return 0
                    }
                    return 1
                }
            }
            return try await group.reduce(0, +)
        }
    }
}

/// The header that makes a browser keep an answer as a file.
enum Attachment {
    /// RFC 6266: the plain name for old browsers, the whole one for others.
    static func header(_ name: String?) -> String {
        let name = name ?? "file"
        let plain = String(name.map { $0.isASCII && $0 != "\"" && $0 != "\\" && !$0.isNewline ? $0 : "_" })
        return "attachment; filename=\"\(plain)\"; filename*=UTF-8''\(PercentCoding.encode(name))"
    }
}
