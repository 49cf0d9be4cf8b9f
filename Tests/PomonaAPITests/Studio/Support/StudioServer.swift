import AsyncHTTPClient
import Foundation
import Hummingbird
import Logging
import NIOCore
import NIOHTTP1
import NIOPosix
import PomonaAPI
import PomonaDatasets
import PomonaStore
import PomonaWeb
import Testing

/// A studio behind a real socket, with its owner signed in.
struct StudioServer: Sendable {
    let store: Store
    let account: StorageAccount
    let port: Int
    let cookie: String

    /// The number of the group that the account belongs to, as the page knows it.
    var group: String { "g\(account.group)" }

    var origin: String { "http://127.0.0.1:\(port)" }

    // MARK: Requests

    @discardableResult
    func get(_ path: String, headers: [String: String] = [:]) async throws -> StudioAnswer {
        try await send(.GET, "/api/v1" + path, headers: headers)
    }

    @discardableResult
    func post(_ path: String, _ json: TestJSON = [:]) async throws -> StudioAnswer {
        try await send(.POST, "/api/v1" + path, body: json.bytes, headers: ["Content-Type": "application/json"])
    }

    @discardableResult
    func patch(_ path: String, _ json: TestJSON) async throws -> StudioAnswer {
        try await send(.PATCH, "/api/v1" + path, body: json.bytes, headers: ["Content-Type": "application/json"])
    }

    @discardableResult
    func delete(_ path: String, _ json: TestJSON = [:]) async throws -> StudioAnswer {
        try await send(.DELETE, "/api/v1" + path, body: json.bytes, headers: ["Content-Type": "application/json"])
    }

    /// Sends a file into a container, as the page does.
    @discardableResult
    func upload(
        _ name: String, _ bytes: [UInt8], to container: String, type: String = "image/jpeg",
        upload: UUID = UUID(), ifExists: String = "fail"
    ) async throws -> StudioAnswer {
        let encoded = name.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? name
        return try await send(
            .PUT, "/api/v1/containers/\(container)/blobs", body: bytes,
            headers: [
                "Content-Type": type, "X-Pomona-Name": encoded, "X-Pomona-Upload": upload.uuidString,
                "X-Pomona-If-Exists": ifExists,
            ])
    }

    /// Sends whatever is said, with the owner's cookie and the page's header unless they are taken away.
    func send(
        _ method: HTTPMethod, _ path: String, body: [UInt8]? = nil, headers: [String: String] = [:],
        isSignedIn: Bool = true, isFromPage: Bool = true
    ) async throws -> StudioAnswer {
        var request = HTTPClientRequest(url: origin + path)
        request.method = method
        if isSignedIn { request.headers.add(name: "Cookie", value: "pomona_session=\(cookie)") }
        if isFromPage { request.headers.add(name: "X-Pomona", value: "1") }
        for (name, value) in headers { request.headers.replaceOrAdd(name: name, value: value) }
        if let body { request.body = .bytes(body) }
        let response = try await Self.client.execute(request, timeout: .seconds(120))
        let bytes = try await response.body.collect(upTo: 64 << 20)
        return StudioAnswer(
            status: Int(response.status.code), headers: response.headers, bytes: Array(bytes.readableBytesView))
    }

    /// Redirects are looked at, not followed.
    static let client = HTTPClient(
        eventLoopGroup: .singletonMultiThreadedEventLoopGroup, configuration: .init(redirectConfiguration: .disallow))

    // MARK: Things to begin with

    /// A container with three photos, `a.jpg` to `c.jpg`, 80 by 60.
    func container(named name: String = "photos", photos: [String] = ["a.jpg", "b.jpg", "c.jpg"]) async throws -> String
    {
        let made = try await post("/accounts/a\(account.id)/containers", ["name": .text(name)])
        let container = try #require(made.id)
        for (index, photo) in photos.enumerated() {
            let answer = try await upload(photo, TestPhotos.jpeg(seed: UInt64(index + 1)), to: container)
            #expect(answer.status == 201, "\(answer)")
        }
        return container
    }

    /// A dataset over such a container.
    func dataset(
        named name: String = "fruit", kind: String = "imageObjectDetection", in container: String
    ) async throws -> String {
        let made = try await post(
            "/groups/\(group)/datasets",
            ["name": .text(name), "kind": .text(kind), "containerID": .text(container), "allowsReadWrite": true])
        #expect(made.status == 201, "\(made)")
        return try #require(made.id)
    }
}

/// Runs a studio with a new data folder, one account and an owner who is signed in.
func withStudio(_ body: @escaping @Sendable (StudioServer) async throws -> Void) async throws {
    try await withStore { store, account in
        let datasets = DatasetService(store: store)
        let studio = StudioAPI(
            store: store, datasets: datasets, analyzer: PixelAnalyzer(), foundations: TestFoundations(),
            machine: TestMachine(), web: WebResources.find())
        let router = Router(context: APIRequestContext.self)
        studio.addRoutes(to: router)
        let token = try await store.catalog.makeSignInLink(
            for: try await store.catalog.owner().id, validFor: .seconds(60))
        let cookie = try await store.catalog.signIn(withLink: token, validFor: .seconds(600)).token
        try await withServer(router.buildResponder()) { port in
            try await body(StudioServer(store: store, account: account, port: port, cookie: cookie))
        }
    }
}
