import Foundation
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import PomonaCore
import PomonaDatasets
import PomonaStore
import Testing

@testable import PomonaAPI

@Suite("Answers of the Vision API")
struct VisionAnswerTests {
    /// A built-in model that knows other things than COCO's, or none at all.
    private struct OddAnalyzer: PhotoAnalyzing {
        struct NoModel: PomonaError {
            var code: String { "builtInModelMissing" }
            var message: String { "There is none." }
            var kind: ErrorKind { .missing }
        }

        var labels: [String]?

        func analyze(
            _ photo: [UInt8], with model: AnalysisModel, threshold: Double, isTiled: Bool
        ) async throws -> PhotoAnalysis {
            guard let labels else { throw NoModel() }
            return PhotoAnalysis(size: ImageSize(width: 100, height: 80), labels: labels, objects: [])
        }
    }

    private struct Answer: Decodable {
        struct Failure: Decodable {
            struct Inner: Decodable {
                var code: String
            }

            var innererror: Inner?
        }

        var error: Failure?
        var nextLink: String?
    }

    /// Asks a Vision API with two datasets, as a server does whose requests come over TLS or not.
    private func ask(
        _ method: HTTPRequest.Method, _ path: String, body: [UInt8] = [], labels: [String]? = nil,
        isOverTLS: Bool = false
    ) async throws -> (status: Int, answer: Answer) {
        try await withStore { store, account in
            for name in ["a", "b"] {
                let dataset = NewDataset(name: name, kind: .objectDetection)
                _ = try await store.catalog.createDataset(dataset, in: account.group)
            }
            let api = VisionAPI(
                store: store, datasets: DatasetService(store: store), analyzer: OddAnalyzer(labels: labels),
                settings: VisionAPISettings(isOverTLS: isOverTLS))
            let key = try await store.catalog.visionResource(of: account.group).keys.key1
            let request = Request(
                head: HTTPRequest(
                    method: method, scheme: "http", authority: "studio.example", path: "/computervision\(path)",
                    headerFields: [.authorization: "Bearer \(key)"]),
                body: RequestBody(buffer: ByteBuffer(bytes: body)))
            let response = await api.respond(
                to: request, from: nil, logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }))
            let writer = CollectingWriter()
            try await response.body.write(writer)
            return (response.status.code, try JSONDecoder().decode(Answer.self, from: await writer.bytes.data))
        }
    }

    private actor Collected {
        var data = Data()

        func add(_ buffer: ByteBuffer) { data.append(contentsOf: buffer.readableBytesView) }
    }

    private struct CollectingWriter: ResponseBodyWriter {
        let bytes = Collected()

        mutating func write(_ buffer: ByteBuffer) async throws { await bytes.add(buffer) }

        consuming func finish(_ trailingHeaders: HTTPFields?) async throws {}
    }

    @Test("The next page is asked for as this one was: over TLS where the server is", arguments: [false, true])
    func nextLink(_ isOverTLS: Bool) async throws {
        let (status, answer) = try await ask(
            .get, "/datasets?api-version=2023-04-01-preview&top=1", isOverTLS: isOverTLS)
        #expect(status == 200)
        let scheme = isOverTLS ? "https" : "http"
        #expect(answer.nextLink?.hasPrefix("\(scheme)://studio.example/computervision/datasets?") == true)
    }

    @Test("Features that the built-in model has no tags for are not supported", arguments: ["people", "smartCrops"])
    func otherTags(_ feature: String) async throws {
        let path = "/imageanalysis:analyze?api-version=2023-10-01&features="
        let photo = try TestPhotos.apple()
        let (status, answer) = try await ask(.post, path + "tags,\(feature)", body: photo, labels: ["apple"])
        #expect(status == 400)
        #expect(answer.error?.innererror?.code == "NotSupportedVisualFeature")
        let (known, _) = try await ask(.post, path + "tags,\(feature)", body: photo, labels: ["person", "apple"])
        #expect(known == 200)
        let (own, _) = try await ask(.post, path + "tags", body: photo, labels: ["apple"])
        #expect(own == 200)
    }

    @Test("Without a built-in model no feature is supported", arguments: ["objects", "tags", "people", "smartCrops"])
    func noModel(_ feature: String) async throws {
        let (status, answer) = try await ask(
            .post, "/imageanalysis:analyze?api-version=2023-10-01&features=\(feature)", body: try TestPhotos.apple())
        #expect(status == 400)
        #expect(answer.error?.innererror?.code == "NotSupportedVisualFeature")
    }
}
