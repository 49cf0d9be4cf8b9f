import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import PomonaCOCO
import PomonaLabeling
import PomonaStore

extension StudioAPI {
    /// Labels out as files, and in from files.
    static var labelExchangeRoutes: [StudioRoute] {
        [
            .project(.post, "/exports", .reviewer, to: "export labels") { try await $0.export() },
            .project(.post, "/imports", .owner, to: "import labels") { try await $0.importLabels() },
            StudioRoute(.get, "/exports/{export}", .signedIn) { api, call in
                let file = try api.labeling.download(call.word("export"), for: try call.person.id.studioID)
                return Self.file([UInt8](file.bytes), name: file.card.name, mediaType: file.card.mediaType)
            },
        ]
    }
}

extension ProjectCall {
    private enum Destination: String, Decodable {
        case container, download
    }

    fileprivate func export() async throws -> Response {
        struct Body: Decodable {
            var format: LabelExport.Format
            var form: BoxForm?
            var states: [LabelingTask.State]?
            var name: String
            var destination: Destination
            var replace: Bool?
        }
        struct IntoContainer: Encodable {
            var blob: BlobDocument
            var file: CocoFileDocument
        }
        struct Download: Encodable { var url: String }
        let body: Body = try await call.json()
        let name = body.name.trimmingCharacters(in: .whitespacesAndNewlines)
        guard !name.isEmpty, name.utf8.count <= 200, name != ".", name != "..",
            !name.unicodeScalars.contains(where: { "/\\".unicodeScalars.contains($0) || $0.value < 0x20 })
        else {
            throw StudioFailure.field(
                "name", "\"\(name.prefix(80))\" cannot be the name of a file: 1 to 200 letters without slashes can.",
                code: "invalidName")
        }
        let export = LabelExport(
            format: body.format, form: body.form ?? .pixels, states: Set(body.states ?? []), name: name)
        switch body.destination {
        case .download:
            let id = try await service.keepDownload(of: project, export, for: person.id.studioID)
            return try StudioJSON.response(
                Download(url: "\(StudioAPI.basePath)/exports/\(id)"), status: .created)
        case .container:
            let (item, file) = try await service.exportIntoContainer(
                project, export, replaces: body.replace ?? false)
            return try StudioJSON.response(
                IntoContainer(
                    blob: BlobDocument(item, endpoint: api.settings.blobEndpoint), file: CocoFileDocument(file)),
                status: .created)
        }
    }

    fileprivate func importLabels() async throws -> Response {
        struct Refusal: Encodable {
            var file: String
            var message: String
        }
        struct Answer: Encodable {
            var photos: Int
            var annotations: Int
            var categoriesAdded: [String]
            var refused: [Refusal]
        }
        guard call.value("format") != nil else {
            throw StudioFailure.field("format", "The parameter format says how the file is written.")
        }
        let format = try call.choice("format", default: LabelingService.ImportFormat.coco)
        let role = try call.choice("as", default: LabelingService.ImportRole.labels)
        let name = try call.encodedHeader("X-Pomona-Name")
        let bytes = try await call.bytes(upTo: LabelingServiceSettings().importLimit)
        let result: ImportResult
        do {
            result = try await service.importLabels(
                bytes, named: name, format, as: role, into: project.id, by: personName)
        } catch let error as COCOError {
            var failure = StudioFailure(of: error)
            failure.status = .unprocessableContent
            failure.code = "importUnreadable"
            throw failure
        }
        return try StudioJSON.response(
            Answer(
                photos: result.photos, annotations: result.annotations, categoriesAdded: result.categoriesAdded,
                refused: result.refused.map { Refusal(file: $0.file, message: $0.message.sentence) }))
    }
}
