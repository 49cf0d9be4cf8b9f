import Foundation
import HTTPTypes
import Testing

@testable import PomonaAPI

@Suite("The OpenAPI document")
struct OpenAPITests {
    private struct Document: Decodable {
        struct Path: Decodable {
            var get: Operation?
            var put: Operation?
            var patch: Operation?
            var post: Operation?
            var delete: Operation?

            var methods: [String] {
                [("GET", get), ("PUT", put), ("PATCH", patch), ("POST", post), ("DELETE", delete)]
                    .filter { $0.1 != nil }.map(\.0)
            }
        }

        struct Operation: Decodable {
            var operationId: String
        }

        struct Server: Decodable {
            var url: String
        }

        var servers: [Server]
        var paths: [String: Path]
    }

    private let document: Document

    init() throws {
        document = try JSONDecoder().decode(Document.self, from: Data(VisionAPI.openAPIDocument))
    }

    @Test("has every route, and no other")
    func routes() {
        let described = document.paths.flatMap { path, item in item.methods.map { "\($0) \(path)" } }
        let served = VisionRoute.all.map { "\($0.method.rawValue) \($0.path)" }
        #expect(described.sorted() == served.sorted())
        #expect(document.servers.map(\.url) == [VisionAPI.basePath])
    }

    @Test("names the versions that are spoken")
    func versions() throws {
        let text = String(decoding: VisionAPI.openAPIDocument, as: UTF8.self)
        for version in VisionVersion.allCases { #expect(text.contains("\"\(version.rawValue)\"")) }
    }

    @Test(
        "is valid, as a validator of others sees it, and as it is served",
        .enabled(if: PythonClient.has("openapi_spec_validator"), PythonClient.absence))
    func validity() async throws {
        try await withVisionServer { server in
            try await PythonClient.run("openapi_check.py", server.arguments)
        }
    }

    @Test(
        "is kept to under whatever schemathesis sends: no answer of 5xx, every answer as described",
        .enabled(if: PythonClient.has("schemathesis"), PythonClient.absence))
    func schemathesis() async throws {
        try await withVisionServer { server in
            try await PythonClient.run("openapi_probe.py", server.arguments)
        }
    }
}
