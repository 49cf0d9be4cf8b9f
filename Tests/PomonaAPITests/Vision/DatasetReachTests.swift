import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import PomonaCore
import PomonaDatasets
import PomonaStore
import Testing

@testable import PomonaAPI

@Suite("What a dataset reads beyond its own resource group")
struct DatasetReachTests {
    private static let authority = "127.0.0.1:10000"

    /// A group with a container of two photos and their labels, and another group that wants them.
    private struct Neighbours {
        let store: Store
        let account: StorageAccount
        let other: ResourceGroup
        let container: ContainerAddress
        let url: String

        func datasets(isOverTLS: Bool = false) -> DatasetService {
            DatasetService(
                store: store,
                settings: .server(
                    store: store, blobAuthorities: [authority], remoteHosts: RemoteHosts(), isOverTLS: isOverTLS))
        }

        /// A dataset of the other group over the first one's labels, and how many of its photos can be frozen.
        func frozen(_ name: String, token: String? = nil, isOverTLS: Bool = false) async throws -> Int {
            let authentication = token.map { DatasetAuthentication(kind: .sas, sasToken: $0) }
            let dataset = try await store.catalog.createDataset(
                NewDataset(
                    name: name, kind: .objectDetection, cocoFiles: ["\(url)/labels.json"],
                    authentication: try authentication?.text()), in: other.id)
            let service = datasets(isOverTLS: isOverTLS)
            let set = try await service.trainingSet(of: [try await service.freeze(dataset.id)])
            return set.set.photos.count
        }

        func token(_ changes: [String: String] = [:]) throws -> String {
            var fields = [
                "sv": "2022-11-02", "sr": "c", "sp": "r", "se": "2099-01-01T00:00:00Z", "spr": "https,http",
            ]
            fields.merge(changes) { $1 }
            let target = BlobTarget(account: account.name, container: container.name, blob: nil)
            let text = try #require(SharedAccessSignature(unsigned: fields).stringToSign(for: target))
            fields["sig"] = try #require(AccountKey(base64: account.keys.key1)).signature(of: text)
            return fields.map { "\($0.key)=\(PercentCoding.encode($0.value))" }.sorted().joined(separator: "&")
        }
    }

    private func withNeighbours(_ body: @escaping @Sendable (Neighbours) async throws -> Void) async throws {
        try await withStore { store, account in
            let container = ContainerAddress(account: account.name, name: "bowls")
            try await store.blobs.createContainer(container, metadata: [:], publicAccess: .none)
            let url = "http://\(Self.authority)/\(container)"
            for (seed, name) in ["a.jpg", "b.jpg"].enumerated() {
                let photo = try TestPhotos.jpeg(seed: UInt64(seed + 1))
                try await store.blobs.put(BlobAddress(container: container, name: name), photo)
            }
            try await store.blobs.put(
                BlobAddress(container: container, name: "labels.json"),
                Self.labels(at: ["\(url)/a.jpg", "\(url)/b.jpg"]))
            let other = try await store.catalog.createGroup(named: "Vineyard")
            try await body(Neighbours(store: store, account: account, other: other, container: container, url: url))
        }
    }

    /// One box on each photo.
    private static func labels(at addresses: [String]) -> [UInt8] {
        let images = addresses.enumerated().map {
            #"{"id":\#($0 + 1),"width":80,"height":60,"file_name":"\#($0).jpg","absolute_url":"\#($1)"}"#
        }
        let annotations = addresses.indices.map {
            #"{"id":\#($0 + 1),"image_id":\#($0 + 1),"category_id":1,"bbox":[0.1,0.1,0.5,0.5]}"#
        }
        return Array(
            """
            {"images":[\(images.joined(separator: ","))],"annotations":[\(annotations.joined(separator: ","))],
            "categories":[{"id":1,"name":"apple"}]}
            """.utf8)
    }

    @Test("is what its signature opens, with a question mark or without, and nothing without a signature")
    func signature() async throws {
        try await withNeighbours { neighbours in
            await #expect(throws: DatasetError.self) { try await neighbours.frozen("bare") }
            let token = try neighbours.token()
            #expect(try await neighbours.frozen("signed", token: token) == 2)
            #expect(try await neighbours.frozen("marked", token: "?\(token)") == 2)
            let expired = try neighbours.token(["se": "2020-01-01T00:00:00Z"])
            await #expect(throws: DatasetError.self) { try await neighbours.frozen("expired", token: expired) }
            let writing = try neighbours.token(["sp": "w"])
            await #expect(throws: DatasetError.self) { try await neighbours.frozen("writing", token: writing) }
        }
    }

    @Test("asks of the server what a signature asks: TLS, and the address of this machine")
    func constraints() async throws {
        try await withNeighbours { neighbours in
            let token = try neighbours.token(["spr": "https"])
            await #expect(throws: DatasetError.self) { try await neighbours.frozen("plain", token: token) }
            #expect(try await neighbours.frozen("tls", token: token, isOverTLS: true) == 2)
            let here = try neighbours.token(["sip": "127.0.0.1"])
            #expect(try await neighbours.frozen("here", token: here) == 2)
            let there = try neighbours.token(["sip": "10.0.0.1"])
            await #expect(throws: DatasetError.self) { try await neighbours.frozen("there", token: there) }
        }
    }

    @Test("is what is open to everybody")
    func publicAccess() async throws {
        try await withNeighbours { neighbours in
            try await neighbours.store.blobs.setAccess(
                .blob, policies: nil, of: neighbours.container, conditions: .none)
            #expect(try await neighbours.frozen("open") == 2)
        }
    }

    @Test("photos at a URL with its own signature, among them one that the signature is not for")
    func ownSignatures() async throws {
        try await withNeighbours { neighbours in
            let token = try neighbours.token()
            let mine = try await neighbours.store.catalog.createAccount(named: "grapes", in: neighbours.other.id)
            let container = ContainerAddress(account: mine.name, name: "mine")
            try await neighbours.store.blobs.createContainer(container, metadata: [:], publicAccess: .none)
            try await neighbours.store.blobs.put(
                BlobAddress(container: container, name: "labels.json"),
                Self.labels(at: ["\(neighbours.url)/a.jpg?\(token)", "\(neighbours.url)/b.jpg"]))
            let dataset = try await neighbours.store.catalog.createDataset(
                NewDataset(
                    name: "mixed", kind: .objectDetection, container: container, cocoFiles: ["labels.json"]),
                in: neighbours.other.id)
            let service = neighbours.datasets()
            let frozen = try await service.trainingSet(of: [try await service.freeze(dataset.id)])
            #expect(frozen.set.photos.map(\.name) == ["a.jpg"])
            #expect(frozen.missing == ["1.jpg"])
        }
    }

    // MARK: Other machines

    /// Serves photos at a name that stands for this machine, and freezes a dataset that names them.
    private func frozen(
        _ paths: [String], hosts: Set<String>, token: String? = nil, labelsAreFar: Bool = false
    ) async throws -> (FrozenTrainingSet, stored: [String]) {
        let router = Router(context: APIRequestContext.self)
        let photo = try TestPhotos.jpeg(seed: 9)
        @Sendable func answer(_ bytes: [UInt8]) -> Response {
            Response(status: .ok, body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
        }
        router.get("good/:name") { _, _ in answer(photo) }
        router.get("signed/:name") { request, _ in
            request.uri.query == token ? answer(photo) : Response(status: .forbidden)
        }
        router.get("labels.json") { request, _ in
            guard request.uri.query == token, let authority = request.head.authority else {
                return Response(status: .forbidden)
            }
            return answer(Self.labels(at: paths.map { "http://\(authority)/\($0)" }))
        }
        router.get("page/:name") { _, _ in answer(Array("<html>no photo</html>".utf8)) }
        router.get("huge/:name") { _, _ in answer([UInt8](repeating: 0xFF, count: (20 << 20) + 1)) }
        router.get("inside/:name") { _, _ in
            Response(status: .found, headers: [.location: "http://10.0.0.1/secret.jpg"])
        }
        return try await withServer(router.buildResponder()) { port in
            try await withStore { store, account in
                var remote = RemoteContent(hosts: RemoteHosts(Set(hosts.map { "\($0):\(port)" } + ["10.0.0.1"])))
                remote.resolve = { host, asked in
                    try SocketAddress(ipAddress: asked == port ? "127.0.0.1" : host, port: asked)
                }
                remote.permits = { $0.port == port || PublicAddress.contains($0) }
                let container = ContainerAddress(account: account.name, name: "bowls")
                try await store.blobs.createContainer(container, metadata: [:], publicAccess: .none)
                try await store.blobs.put(
                    BlobAddress(container: container, name: "labels.json"),
                    Self.labels(at: paths.map { "http://photos.example:\(port)/\($0)" }))
                let authentication = token.map { DatasetAuthentication(kind: .sas, sasToken: $0) }
                let dataset = try await store.catalog.createDataset(
                    NewDataset(
                        name: "far", kind: .objectDetection, container: container,
                        cocoFiles: [labelsAreFar ? "http://photos.example:\(port)/labels.json" : "labels.json"],
                        authentication: try authentication?.text()), in: account.group)
                let service = DatasetService(
                    store: store,
                    settings: .server(
                        store: store, blobAuthorities: [Self.authority], remote: remote, isOverTLS: false))
                let revision = try await service.freeze(dataset.id)
                // What was fetched is there for whoever looks at the dataset, and not fetched again.
                let index = try await service.index(of: dataset.id)
                let set = try await service.trainingSet(of: [revision])
                #expect(index.photos.count { !$0.annotations.isEmpty } == set.set.photos.count)
                let again = try await service.freeze(dataset.id)
                #expect(again == revision)
                let fetched = ContainerAddress(account: account.name, name: "fetched-photos")
                let listed = try await store.blobs.blobs(
                    in: fetched, BlobListQuery(prefix: "", delimiter: nil, marker: nil, maximumCount: 100))
                let names = listed.entries.compactMap { entry in
                    if case .blob(let blob) = entry { blob.address.name } else { nil }
                }
                return (set, stored: names)
            }
        }
    }

    @Test("photos at hosts that are allowed are fetched and kept; pages, giants and redirects inside are not")
    func fetched() async throws {
        let paths = [
            "good/a.jpg", "good/b.jpg", "good/c.jpg", "good/d.jpg", "page/e.jpg", "huge/f.jpg", "inside/g.jpg",
        ]
        let (set, stored) = try await frozen(paths, hosts: ["photos.example"])
        #expect(set.set.photos.count == 4)
        #expect(set.missing == ["4.jpg", "5.jpg", "6.jpg"])
        #expect(stored.count == 4)
        #expect(stored.allSatisfy { $0.hasPrefix("photos.example/") && $0.hasSuffix(".jpg") })
    }

    @Test("a host that is not allowed is named")
    func notAllowed() async throws {
        let error = await #expect(throws: DatasetError.self) {
            _ = try await frozen(["good/a.jpg"], hosts: ["elsewhere.example"])
        }
        #expect(error?.message.contains("photos.example") == true, "\(String(describing: error))")
    }

    @Test("a dataset's signature is told to the hosts of its label files, and to no others")
    func tokens() async throws {
        let (hosts, token): (Set<String>, String) = (["photos.example"], "sv=1&sig=secret")
        await #expect(throws: DatasetError.self) {
            _ = try await frozen(["signed/a.jpg"], hosts: hosts, token: token)
        }
        let (set, _) = try await frozen(["signed/a.jpg"], hosts: hosts, token: token, labelsAreFar: true)
        #expect(set.set.photos.count == 1)
    }
}
