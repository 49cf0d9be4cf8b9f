import Foundation
import HTTPTypes
import Hummingbird
import PomonaCore
import PomonaDatasets
import PomonaStore

extension StudioAPI {
    static let cocoFileRoutes: [StudioRoute] = [
        StudioRoute(.post, "/datasets/{dataset}/coco-uploads") { api, call in try await api.uploadLabels(call) },
        StudioRoute(.post, "/datasets/{dataset}/coco-files:check") { api, call in
            let dataset = try await api.dataset(call)
            let body: CocoFileBody = try await call.json()
            let (source, _) = try await api.labels(body.source, for: dataset)
            return try StudioJSON.response(try await api.datasets.check(source, for: dataset))
        },
        StudioRoute(.post, "/datasets/{dataset}/coco-files") { api, call in try await api.addLabels(call) },
        StudioRoute(.delete, "/datasets/{dataset}/coco-files/{file}") { api, call in
            let dataset = try await api.dataset(call)
            try await api.store.catalog.detachFile(try call.id("file"), from: dataset.id)
            return try StudioJSON.response(try await api.document(try await api.dataset(call)))
        },
        StudioRoute(.get, "/datasets/{dataset}/coco-files/{file}/report") { api, call in
            let dataset = try await api.dataset(call)
            let id: DatasetFile.ID = try call.id("file")
            let file = try await api.store.catalog.labelState(of: dataset.id).files.first { $0.id == id }
            guard let file else { throw StudioFailure.missing("COCO file", call.word("file")) }
            return try StudioJSON.response(try await api.datasets.report(on: file, of: dataset))
        },
        StudioRoute(.get, "/datasets/{dataset}/doctor") { api, call in
            try StudioJSON.response(try await api.datasets.report(on: try await api.dataset(call)))
        },
        StudioRoute(.post, "/datasets/{dataset}/doctor:repair") { api, call in
            struct Answer: Encodable {
                var dataset: StudioDataset
                var report: DatasetReport
                var actions: [String]
            }
            let actions = try await api.datasets.repair(try await api.dataset(call))
            let dataset = try await api.dataset(call)
            return try StudioJSON.response(
                Answer(
                    dataset: try await api.document(dataset), report: try await api.datasets.report(on: dataset),
                    actions: actions))
        },
    ]

    private struct CocoFileBody: Decodable {
        var source: SourceBody
        var repair: Bool?
    }

    private struct SourceBody: Decodable {
        var type: String
        var blobID: String?
        var uploadID: String?
        var projectID: String?
    }

    private func uploadLabels(_ call: StudioCall) async throws -> Response {
        struct Answer: Encodable {
            var uploadID: String
            var name: String
            var bytes: Int
        }
        _ = try await dataset(call)
        let name = try call.encodedHeader("X-Pomona-Name")
        let (id, length) = try await datasets.keepUpload(UploadPieces(call.body), name: name)
        return try StudioJSON.response(Answer(uploadID: id, name: name, bytes: length), status: .created)
    }

    /// The labels that a request means.
    private func labels(_ source: SourceBody, for dataset: Dataset) async throws -> (LabelSource, DatasetFile.Source) {
        switch source.type {
        case "blob":
            guard let id = source.blobID.flatMap({ BlobItem.ID(studioID: $0) }) else {
                throw StudioFailure.field("source.blobID", "There is no such blob.")
            }
            let item = try await store.catalog.item(id)
            guard item.address.container == dataset.container else {
                throw StudioFailure.field(
                    "source.blobID", "\"\(item.address.name)\" lies in another container than the dataset's.")
            }
            return (.blob(name: item.address.name), .blob)
        case "upload":
            guard let id = source.uploadID else { throw StudioFailure.field("source.uploadID", "It is missing.") }
            return (.upload(id), .upload)
        case "project":
            guard let id = source.projectID else { throw StudioFailure.field("source.projectID", "It is missing.") }
            let (bytes, name) = try await projectLabels(id)
            return (.written(bytes: bytes, name: name), .project)
        default: throw StudioFailure.field("source.type", "The type is none of blob, upload and project.")
        }
    }

    private func addLabels(_ call: StudioCall) async throws -> Response {
        struct Answer: Encodable {
            var file: CocoFileDocument
            var dataset: StudioDataset
            var report: DatasetReport
        }
        let body: CocoFileBody = try await call.json()
        let dataset = try await dataset(call)
        let (source, origin) = try await labels(body.source, for: dataset)
        do {
            let (file, report) = try await datasets.add(
                source, as: origin, repairs: body.repair ?? false, to: dataset)
            return try StudioJSON.response(
                Answer(
                    file: CocoFileDocument(file),
                    dataset: try await document(try await store.catalog.dataset(dataset.id)), report: report),
                status: .created)
        } catch let refusal as DatasetRefusal {
            throw StudioFailure(
                .unprocessableContent, refusal.code, refusal.message, hint: refusal.hint, field: "source",
                more: ["report": try StudioJSON.encode(refusal.report)])
        } catch let error as any PomonaError where error.kind == .badData {
            throw StudioFailure(
                .unprocessableContent, "datasetCorrupt", error.message.sentence, hint: error.hint, field: "source")
        }
    }
}
