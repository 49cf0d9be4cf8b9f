import Foundation
import FoundationNetworking
import Testing

@Suite("Faults of the predictor", .serialized, .timeLimit(.minutes(10)))
struct PredictorFaultTests {
    /// Azure's Analyze of a running server, with its built-in model.
    private struct Analyze: Sendable {
        private let server: Int32
        private let photo: Data
        private let request: URLRequest

        init(_ house: RunningHouse, photo: String) async throws {
            server = house.processIdentifier
            self.photo = try Data(contentsOf: URL(fileURLWithPath: photo))
            let announced = try await house.announcement()
            let endpoint = try #require(announced["visionEndpoint"])
            let key = try #require(announced["visionKey"])
            let path = "/computervision/imageanalysis:analyze?api-version=2023-04-01-preview&features=objects"
            var request = URLRequest(url: try #require(URL(string: endpoint + path)))
            request.httpMethod = "POST"
            request.setValue(key, forHTTPHeaderField: "Ocp-Apim-Subscription-Key")
            request.setValue("application/octet-stream", forHTTPHeaderField: "Content-Type")
            self.request = request
        }

        func status() async throws -> Int {
            // One of its own, so that no open connection is left for the server's end to wait for.
            let session = URLSession(configuration: .ephemeral)
            defer { session.finishTasksAndInvalidate() }
            let (_, response) = try await session.upload(for: request, from: photo)
            return try #require(response as? HTTPURLResponse).statusCode
        }

        /// The number of the predictor's process; `nil` where the server has none.
        var predictor: Int32? {
            let processes = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
            return processes.compactMap { Int32($0) }.first { process in
                func text(_ name: String) -> String {
                    (FileManager.default.contents(atPath: "/proc/\(process)/\(name)") ?? Data())
                        .map { $0 == 0 ? " " : String(UnicodeScalar($0)) }.joined()
                }
                return text("status").contains("PPid:\t\(server)\n")
                    && text("cmdline").contains(" predictor ")
            }
        }
    }

    private func withHouse(_ body: (RunningHouse, Analyze) async throws -> Void) async throws {
        let photos = try CommandPhotos(count: 1)
        defer { photos.remove() }
        let house = try await RunningHouse(
            data: photos.path("data"), options: ["--json", "--built-in-model", try EagerModel.write(photos)])
        defer { house.stop() }
        try await body(house, Analyze(house, photo: photos.path("images/photo-0.png")))
    }

    @Test("A predictor that is killed costs no request; the server goes on and starts another")
    func killed() async throws {
        try await withHouse { house, analyze in
            #expect(analyze.predictor == nil)
            #expect(try await analyze.status() == 200)
            let first = try #require(analyze.predictor)
            kill(first, SIGKILL)
            #expect(try await analyze.status() == 200)
            // The one after the death may have been answered by the process that asks again.
            #expect(try await analyze.status() == 200)
            let second = try #require(analyze.predictor)
            #expect(second != first)

            // Stopped, it holds what comes until it is killed.
            kill(second, SIGSTOP)
            let held = (0..<2).map { _ in Task { try await analyze.status() } }
            try await Task.sleep(for: .seconds(1))
            kill(second, SIGKILL)
            var statuses: [Int] = []
            for answer in held { statuses.append(try await answer.value) }
            #expect(statuses == [200, 200])
            #expect(try await analyze.status() == 200)
            #expect(house.isRunning)
        }
    }

    @Test("The predictor ends with its server, however that ends")
    func ends() async throws {
        try await withHouse { house, analyze in
            #expect(try await analyze.status() == 200)
            let predictor = try #require(analyze.predictor)
            house.kill()
            let end = ContinuousClock.now + .seconds(180)
            // A program that is over has no words any more, whether somebody took note of its end or not.
            while FileManager.default.contents(atPath: "/proc/\(predictor)/cmdline")?.isEmpty == false {
                try #require(ContinuousClock.now < end, "the predictor outlives its server")
                try await Task.sleep(for: .milliseconds(20))
            }
        }
    }
}
