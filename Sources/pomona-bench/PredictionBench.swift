import Foundation
import PomonaCore
import PomonaPrediction

/// Times prediction and prints the times as one JSON object. `Benchmarks/prediction/compare.py` compares them with
/// OpenVINO's Python and with a loop over Pillow and onnxruntime.
enum PredictionBench {
    private struct Report: Encodable {
        /// From the start of loading to the model being ready.
        var loadMilliseconds: Double
        var isFromCache: Bool
        /// The network alone, each run.
        var networkMilliseconds: [Double]?
        /// From a JPEG file's bytes to boxes, each run.
        var photoMilliseconds: [Double]?
        /// All photos of the folder.
        var folderSeconds: Double?
        var photos: Int?
        var detections: Int?
        var peakMemoryMB: Double?
    }

    enum Failure: PomonaError {
        case usage
        case noPhotos(folder: String)

        var code: String { "usage" }
        var message: String {
            switch self {
            case .usage:
                "usage: pomona-bench prediction MODEL CACHE THREADS network RUNS | photo RUNS FILE | folder FOLDER"
            case .noPhotos(let folder): "\(folder) holds no JPEG file"
            }
        }
        var kind: ErrorKind { .usage }
    }

    private static let threshold = 0.3

    static func run(arguments: [String]) async throws {
        guard arguments.count >= 5, let threads = Int(arguments[2]) else { throw Failure.usage }
        let clock = ContinuousClock()
        let start = clock.now
        let detector = try OpenVINODetector(
            model: arguments[0], runtime: .find(), cache: PredictionCache(folder: arguments[1]),
            options: PredictionOptions(mode: arguments[3] == "folder" ? .throughput : .latency, threads: threads))
        var report = Report(
            loadMilliseconds: (clock.now - start) / .milliseconds(1), isFromCache: detector.isFromCache)
        switch (arguments[3], arguments.count) {
        case ("network", 5):
            guard let runs = Int(arguments[4]) else { throw Failure.usage }
            report.networkMilliseconds = try await detector.networkDurations(runs: runs).map { $0 / .milliseconds(1) }
        case ("photo", 6):
            guard let runs = Int(arguments[4]) else { throw Failure.usage }
            let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: arguments[5])))
            var (whole, network): ([Double], [Double]) = ([], [])
            // By turns, so that whatever else the machine does falls on both.
            for _ in 0..<runs {
                let start = clock.now
                report.detections = try await detector.predict(photo: bytes, threshold: threshold).detections.count
                whole.append((clock.now - start) / .milliseconds(1))
                network += try await detector.networkDurations(runs: 1).map { $0 / .milliseconds(1) }
            }
            (report.photoMilliseconds, report.networkMilliseconds) = (whole, network)
        case ("folder", 5):
            try await time(detector, folder: arguments[4], &report)
        default:
            throw Failure.usage
        }
        report.peakMemoryMB = peakMemoryMB()
        print(String(decoding: try JSONEncoder().encode(report), as: UTF8.self))
    }

    private static func time(_ detector: OpenVINODetector, folder: String, _ report: inout Report) async throws {
        let names = try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".jpg") }
        guard !names.isEmpty else { throw Failure.noPhotos(folder: folder) }
        var next = names.sorted().map { "\(folder)/\($0)" }.makeIterator()
        let clock = ContinuousClock()
        let start = clock.now
        let count = try await withThrowingTaskGroup(of: Int.self) { group in
            func begin() {
                guard let path = next.next() else { return }
                group.addTask { try await detector.predict(path: path, threshold: threshold).detections.count }
            }
            for _ in 0..<detector.concurrency + 1 { begin() }
            var count = 0
            while let found = try await group.next() {
                count += found
                begin()
            }
            return count
        }
        report.folderSeconds = (clock.now - start) / .seconds(1)
        report.photos = names.count
        report.detections = count
    }
}
