import HTTPTypes
import Hummingbird
import PomonaCore
import PomonaStore

extension VisionAPI {
    /// Registers COCO files under a name. They are read when they are needed, not now.
    func createDataset(_ request: VisionRequest) async throws -> Response {
        let name = request.name("name")
        try ResourceName.check(name, of: "dataset")
        let object = try await request.object()
        let fields = try DatasetFields(object)
        let files = try object.required("annotationFileUris", fields.annotationFiles)
        let dataset = NewDataset(
            name: name, kind: try object.required("annotationKind", fields.kind),
            container: try await container(of: files, in: request.resource.group), cocoFiles: files,
            authentication: try fields.authentication?.text(), customProperties: fields.customProperties ?? [:])
        return try answer(
            try await store.catalog.createDataset(dataset, in: request.resource.group), status: .created)
    }

    func dataset(_ request: VisionRequest) async throws -> Response {
        try answer(try await found(dataset: request.name("name"), request))
    }

    func listDatasets(_ request: VisionRequest) async throws -> Response {
        try await Self.list(
            request, path: "/datasets", { try DatasetDocument($0, blobEndpoint: settings.blobEndpoint) },
            fetch: { try await store.catalog.datasets(in: request.resource.group, skip: $0, limit: $1) })
    }

    /// Changes the fields that the body has; the sample client sends all of them.
    func updateDataset(_ request: VisionRequest) async throws -> Response {
        let dataset = try await found(dataset: request.name("name"), request)
        let eTag = try Self.checkedTag(dataset, request)
        let object = try await request.object()
        let fields = try DatasetFields(object, changing: try DatasetAuthentication(of: dataset))
        if let kind = fields.kind, kind != dataset.kind {
            throw object.wrong(
                "annotationKind", found: kind.annotationKind,
                expected: "the dataset's own, \(dataset.kind.annotationKind),")
        }
        let authentication = try fields.authentication?.text()
        var container = dataset.container
        if let files = fields.annotationFiles {
            container = try await self.container(of: files, in: dataset.group) ?? container
        }
        let changed = try await store.catalog.updateDataset(dataset.id, ifMatch: eTag) { [container] dataset in
            dataset.container = container
            if let files = fields.annotationFiles { dataset.cocoFiles = files }
            if let authentication { dataset.authentication = authentication }
            if let properties = fields.customProperties { dataset.customProperties = properties }
        }
        return try answer(changed)
    }

    func deleteDataset(_ request: VisionRequest) async throws -> Response {
        let dataset = try await found(dataset: request.name("name"), request)
        try await store.catalog.deleteDataset(dataset.id, ifMatch: try Self.checkedTag(dataset, request))
        return Response(status: .noContent)
    }

    /// The dataset of a name in the group that the key opens.
    func found(dataset name: String, _ request: VisionRequest) async throws -> Dataset {
        do {
            return try await store.catalog.dataset(named: name, in: request.resource.group)
        } catch StoreError.missing {
            throw VisionError.notFound("dataset \"\(name.prefix(255))\"")
        }
    }

    private func answer(_ dataset: Dataset, status: HTTPResponse.Status = .ok) throws -> Response {
        try Self.json(
            DatasetDocument(dataset, blobEndpoint: settings.blobEndpoint), status: status, eTag: dataset.eTag)
    }

    /// The tag that a change has to find; `nil` where the request does not mind.
    ///
    /// - Throws: `PreconditionFailed` where the dataset has none of those asked for.
    private static func checkedTag(_ dataset: Dataset, _ request: VisionRequest) throws -> ETag? {
        guard let tags = try request.ifMatch() else { return nil }
        guard tags.contains(dataset.eTag) else { throw StoreError.eTagMismatch(of: "dataset", named: dataset.name) }
        return dataset.eTag
    }

    /// The container of the first file that lies in one of the group's own, where photos named without a URL are looked for.
    private func container(of files: [String], in group: ResourceGroup.ID) async throws -> ContainerAddress? {
        let accounts = Set(try await store.catalog.accounts(in: group).map(\.name))
        for file in files {
            guard let address = photos.ownBlob(file)?.container, accounts.contains(address.account) else { continue }
            do {
                return try await store.blobs.container(address).address
            } catch let error as BlobError where error.kind == .missing || error.kind == .usage {
                continue
            }
        }
        return nil
    }
}
