import HTTPTypes
import Hummingbird
import NIOCore
import PomonaCOCO
import PomonaDatasets
import PomonaStore

extension StudioAPI {
    static let datasetRoutes: [StudioRoute] = [
        StudioRoute(.get, "/groups/{group}/datasets") { api, call in
            let page = try StudioPage(call)
            let group = try await api.store.catalog.group(try call.id("group"))
            let all = try await api.store.catalog.datasets(in: group.id, skip: 0, limit: 100_000)
            var list = StudioList<StudioDataset>(items: [], total: all.count, offset: page.offset)
            for dataset in all.dropFirst(page.offset).prefix(page.limit) {
                list.items.append(try await api.document(dataset))
            }
            return try StudioJSON.response(list)
        },
        StudioRoute(.post, "/groups/{group}/datasets") { api, call in try await api.createDataset(call) },
        StudioRoute(.get, "/datasets/{dataset}") { api, call in
            try StudioJSON.response(try await api.document(try await api.dataset(call)))
        },
        StudioRoute(.patch, "/datasets/{dataset}") { api, call in try await api.changeDataset(call) },
        StudioRoute(.delete, "/datasets/{dataset}") { api, call in
            let dataset = try await api.dataset(call)
            let typed: TypedName = try await call.json()
            try typed.check(against: dataset.name, of: "dataset")
            try await api.store.catalog.deleteDataset(dataset.id, ifMatch: nil)
            return StudioJSON.noContent
        },
        StudioRoute(.get, "/datasets/{dataset}/statistics") { api, call in
            let index = try await api.datasets.index(of: try await api.dataset(call).id)
            return try StudioJSON.response(DatasetStatistics(index))
        },
        StudioRoute(.get, "/datasets/{dataset}/export") { api, call in try await api.export(call) },
    ]

    /// The dataset that the path names.
    func dataset(_ call: StudioCall) async throws -> Dataset {
        try await store.catalog.dataset(try call.id("dataset"))
    }

    func document(_ dataset: Dataset) async throws -> StudioDataset {
        let figures = try await datasets.figures(of: dataset)
        var container: StudioDataset.ContainerPart?
        if let address = dataset.container {
            container = StudioDataset.ContainerPart(
                id: try await store.blobs.container(address).id.studioID, name: address.name,
                accountName: address.account)
        }
        return StudioDataset(
            id: dataset.id.studioID, groupID: dataset.group.studioID, name: dataset.name,
            kind: dataset.kind.studioWord, container: container, photoCount: figures.photoCount,
            labeledPhotoCount: figures.labelledCount, annotationCount: figures.annotationCount, tags: figures.tags,
            cocoFiles: figures.files.map(CocoFileDocument.init), projects: try await projects(of: dataset),
            revision: figures.version, createdAt: dataset.createdAt, updatedAt: dataset.modifiedAt)
    }

    private func createDataset(_ call: StudioCall) async throws -> Response {
        struct Body: Decodable {
            var name: String
            var kind: String
            var containerID: String
            var allowsReadWrite: Bool?
        }
        let body: Body = try await call.json()
        let kind = try Dataset.Kind(studioWord: body.kind)
        guard body.allowsReadWrite == true else {
            throw StudioFailure.field(
                "allowsReadWrite", "Pomona has to be allowed to read and write in the container.",
                code: "readWriteNotAllowed", hint: "Labels are kept beside the photos.")
        }
        guard let id = BlobContainer.ID(studioID: body.containerID) else {
            throw StudioFailure.field("containerID", "There is no such container.")
        }
        let container = try await store.catalog.container(id).container
        let dataset = try await store.catalog.createDataset(
            NewDataset(name: body.name, kind: kind, container: container.address), in: try call.id("group"))
        return try StudioJSON.response(try await document(dataset), status: .created)
    }

    private func changeDataset(_ call: StudioCall) async throws -> Response {
        struct Body: Decodable {
            var name: String?
            var tags: [String]?
        }
        let body: Body = try await call.json()
        if let tags = body.tags {
            guard tags.allSatisfy({ !$0.isEmpty && $0.count <= 255 }) else {
                throw StudioFailure.field("tags", "A tag has 1 to 255 characters.")
            }
            guard Set(tags).count == tags.count else {
                throw StudioFailure.field("tags", "A tag stands there twice.", code: "nameTaken")
            }
        }
        let dataset = try await dataset(call)
        let changed = try await store.catalog.changeDataset(dataset.id, name: body.name, tags: body.tags)
        return try StudioJSON.response(try await document(changed))
    }

    private func export(_ call: StudioCall) async throws -> Response {
        let dataset = try await dataset(call)
        let form = try call.choice("form", default: BoxForm.pixels)
        let address = dataset.container.map { "\(settings.blobEndpoint)/\($0.account)/\($0.name)" }
        let bytes = try await datasets.export(dataset.id, form: form, container: address)
        return Self.file(bytes, name: "\(dataset.name).json", mediaType: "application/json")
    }

    /// An answer that a browser keeps as a file.
    static func file(_ bytes: [UInt8], name: String, mediaType: String) -> Response {
        Response(
            status: .ok,
            headers: [
                .contentType: mediaType, .contentDisposition: Attachment.header(name), .cacheControl: "no-store",
                .xContentTypeOptions: "nosniff",
            ], body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
    }
}
