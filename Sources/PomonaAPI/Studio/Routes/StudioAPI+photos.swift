import HTTPTypes
import Hummingbird
import PomonaCore
import PomonaDatasets
import PomonaStore

extension StudioAPI {
    static let photoRoutes: [StudioRoute] = [
        StudioRoute(.get, "/datasets/{dataset}/photos") { api, call in
            let index = try await api.datasets.index(of: try await api.dataset(call).id)
            let places = index.places(try filter(call))
            return try StudioJSON.response(
                try StudioPage(call).list(of: places) { PhotoDocument(index.photos[$0], of: index) })
        },
        StudioRoute(.post, "/datasets/{dataset}/photos:tag") { api, call in try await api.tagPhotos(call) },
        StudioRoute(.get, "/datasets/{dataset}/photos/{photo}") { api, call in try await api.photo(call) },
    ]

    private static func filter(_ call: StudioCall) throws(StudioFailure) -> DatasetIndex.Filter {
        DatasetIndex.Filter(
            tags: call.values("tag"), labels: try call.choice("labels", default: .any),
            search: call.value("search") ?? "")
    }

    private func photo(_ call: StudioCall) async throws -> Response {
        let index = try await datasets.index(of: try await dataset(call).id)
        let id: BlobItem.ID = try call.id("photo")
        guard let place = index.photos.firstIndex(where: { $0.item.id == id }) else {
            throw StudioFailure.missing("photo", call.word("photo"))
        }
        var document = PhotoDocument(index.photos[place], of: index)
        // A photo that the filters no longer let through, as when it was just tagged, stands where it would.
        let places = index.places(try Self.filter(call))
        let number = places.firstIndex { $0 >= place } ?? places.count
        let isIn = number < places.count && places[number] == place
        document.index = number
        if number > 0 { document.previousID = index.photos[places[number - 1]].item.id.studioID }
        let next = isIn ? number + 1 : number
        if next < places.count { document.nextID = index.photos[places[next]].item.id.studioID }
        return try StudioJSON.response(document)
    }

    private func tagPhotos(_ call: StudioCall) async throws -> Response {
        struct Body: Decodable {
            var photoIDs: [String]
            var tag: String?
        }
        struct Before: Encodable {
            var photoID: String
            var tag: String?
        }
        struct Answer: Encodable {
            var changed: Int
            var previous: [Before]
            var revision: Int
        }
        let body: Body = try await call.json()
        let dataset = try await dataset(call)
        guard dataset.kind == .imageClassification else {
            throw StudioFailure.conflict(
                "The dataset \"\(dataset.name)\" is for object detection: its tags stand on boxes.",
                hint: "Label its photos in a labeling project.")
        }
        guard body.photoIDs.count <= 1_000 else {
            throw StudioFailure.field("photoIDs", "At most 1000 photos are possible.")
        }
        if let tag = body.tag, tag.isEmpty || tag.count > 255 {
            throw StudioFailure.field("tag", "A tag has 1 to 255 characters.")
        }
        let index = try await datasets.index(of: dataset.id)
        let wanted = Set(body.photoIDs)
        let photos = index.photos.filter { wanted.contains($0.item.id.studioID) }
        let previous = photos.map { photo in
            Before(photoID: photo.item.id.studioID, tag: photo.annotations.first.map { index.tags[$0.label].name })
        }
        let changed = zip(photos, previous).filter { $1.tag != body.tag }
        var version = index.version
        if !changed.isEmpty {
            version = try await store.catalog.setTag(
                body.tag, ofPhotos: changed.map { $0.0.item.address.name }, of: dataset.id)
        }
        return try StudioJSON.response(
            Answer(changed: changed.count, previous: changed.map(\.1), revision: version))
    }
}
