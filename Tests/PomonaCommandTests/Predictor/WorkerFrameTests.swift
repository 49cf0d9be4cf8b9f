import Foundation
import PomonaCore
import Testing

@testable import PomonaEngine

@Suite("Messages between server and predictor", .timeLimit(.minutes(10)))
struct WorkerFrameTests {
    private let pipe = Pipe()
    private var writer: FrameWriter { FrameWriter(descriptor: pipe.fileHandleForWriting.fileDescriptor) }
    private var reader: FrameReader { FrameReader(descriptor: pipe.fileHandleForReading.fileDescriptor) }

    private func write(_ bytes: [UInt8]) throws { try pipe.fileHandleForWriting.write(contentsOf: Data(bytes)) }

    private func closeInput() throws { try pipe.fileHandleForWriting.close() }

    @Test("Frames of every size come out as they went in, also those larger than the pipe")
    func frames() async throws {
        let large = (0..<3_000_000).map { UInt8(truncatingIfNeeded: $0 &* 7) }
        let frames = [
            WorkerFrame(head: [], body: []), WorkerFrame(head: [1, 2, 3], body: large),
            WorkerFrame(head: [4], body: []),
            WorkerFrame(head: [], body: [5]),
        ]
        let thread = Thread { [writer, pipe] in
            for frame in frames { try? writer.write(frame) }
            try? pipe.fileHandleForWriting.close()
        }
        thread.start()
        for frame in frames { #expect(try reader.next() == frame) }
        #expect(try reader.next() == nil)
    }

    @Test(
        "What breaks off or says to be longer than a message can be is refused",
        arguments: [[1, 0, 0], [2, 0, 0, 0, 0, 0, 0, 0, 9], [0, 0, 0, 0, 255, 255, 255, 255]] as [[UInt8]])
    func broken(_ bytes: [UInt8]) throws {
        try write(bytes)
        try closeInput()
        #expect(throws: WorkerError.self) { try reader.next() }
    }

    @Test("Requests come out as they went in")
    func requests() throws {
        let order = PredictionOrder(model: "/data/Äpfel 🍎.safetensors", revision: "r", isTiled: true, threshold: 0.3)
        for (id, request) in [(UInt32.max, WorkerRequest.predict(order)), (0, .runtime)] {
            let read = try WorkerRequest.read(request.head(id: id))
            #expect(read.id == id && read.request == request)
        }
        #expect(throws: WorkerError.self) { try WorkerRequest.read([1, 0, 0, 0, 77]) }
    }

    private static let samples = [
        Prediction(
            size: ImageSize(width: 4000, height: 3000),
            detections: [
                Detection(label: 1, confidence: 0.875, box: Box(xMin: -0.5, yMin: 1, xMax: 2.25, yMax: 3)),
                Detection(label: -1, confidence: 0.1, box: Box(xMin: 0, yMin: 0, xMax: .infinity, yMax: 9)),
            ], milliseconds: 12.5),
        Prediction(
            size: ImageSize(width: 1, height: 1), tags: [PhotoTag(label: 0, confidence: 0.75)], milliseconds: 1),
        Prediction(size: ImageSize(width: 1, height: 1), tags: [], milliseconds: 0),
    ]

    @Test(
        "Predictions come out as they went in; one that breaks off is refused wherever it does", arguments: samples)
    func predictions(_ prediction: Prediction) throws {
        let labels = ["äpfel", "", "birne"]
        let head = WorkerAnswer.predicted(prediction, labels: labels).head(id: 7)
        let read = try WorkerAnswer.read(head)
        guard case .predicted(let found, let names) = read.answer else {
            Issue.record("\(read.answer) is no prediction")
            return
        }
        #expect(read.id == 7 && found == prediction && names == labels)
        for length in 0..<head.count {
            #expect(throws: WorkerError.self) { try WorkerAnswer.read(Array(head.prefix(length))) }
        }
    }

    @Test("Refusals keep their words and their kind", arguments: ["try another", nil])
    func failures(_ hint: String?) throws {
        let failure = Failure(code: "notAPhoto", message: "It is a PDF.", hint: hint, kind: .badData)
        guard case .failed(let read) = try WorkerAnswer.read(WorkerAnswer.failed(failure).head(id: 1)).answer else {
            Issue.record("no refusal")
            return
        }
        #expect(read.code == failure.code && read.message == failure.message && read.hint == hint)
        #expect(read.kind == .badData)
        for version in ["2026.4", nil] {
            guard
                case .runtime(version) = try WorkerAnswer.read(WorkerAnswer.runtime(version: version).head(id: 1))
                    .answer
            else {
                Issue.record("no version")
                return
            }
        }
    }

    @Test("A request is answered while another one takes its time, and the service ends with its input")
    func outOfOrder() async throws {
        let answers = Pipe()
        let service = WorkerService(
            reading: pipe.fileHandleForReading.fileDescriptor, writing: answers.fileHandleForWriting.fileDescriptor)
        let (second, begun) = AsyncStream.makeStream(of: Void.self)
        try writer.write(WorkerFrame(head: WorkerRequest.runtime.head(id: 1), body: [1]))
        try writer.write(WorkerFrame(head: WorkerRequest.runtime.head(id: 2), body: [2]))
        let serving = Task {
            await service.run { _, photo in
                // Answered one after the other, the first would wait for ever.
                if photo == [1] { for await _ in second {} } else { begun.finish() }
                return .runtime(version: "\(photo)")
            }
        }
        let reader = FrameReader(descriptor: answers.fileHandleForReading.fileDescriptor)
        // On a thread of its own: reading blocks, and the answers need the few threads that tasks run on.
        let frames = await withCheckedContinuation { continuation in
            let thread = Thread {
                continuation.resume(returning: (0..<2).compactMap { _ in try? reader.next() })
            }
            thread.start()
        }
        let found = try frames.reduce(into: [UInt32: String]()) { found, frame in
            let read = try WorkerAnswer.read(frame.head)
            if case .runtime(let version) = read.answer { found[read.id] = version }
        }
        #expect(found == [1: "[1]", 2: "[2]"])
        try closeInput()
        await serving.value
    }
}
