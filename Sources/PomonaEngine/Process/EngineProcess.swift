import Foundation
import PomonaCore
import Subprocess
import SystemPackage

/// Runs `pomona-engine` for one request: a child process that speaks JSON lines and ends with its caller.
public struct EngineProcess: Sendable {
    private let location: EngineLocation

    public init(_ location: EngineLocation) {
        self.location = location
    }

    /// Runs a request to its end.
    ///
    /// A cancelled task ends the engine: asked first, then TERM, then KILL.
    ///
    /// - Parameters:
    ///   - stop: Asks for an early end with what there is, such as the best model so far.
    ///   - onEvent: Hears every event that is not the answer.
    /// - Returns: The answer: `trained`, `evaluated` or `diagnosis`.
    /// - Throws: ``Failure`` in the engine's words, or ``EngineError``.
    public func answer(
        to request: EngineRequest, stop: StopRequest = StopRequest(),
        onEvent: @escaping @Sendable (EngineEvent) async -> Void = { _ in }
    ) async throws -> EngineEvent {
        try await converse(request) { conversation in
            let asking = Task {
                for await _ in stop.asked { try await conversation.stop() }
            }
            defer { asking.cancel() }
            for try await event in conversation.events {
                switch event {
                case .trained, .evaluated, .diagnosis: return event
                case .failed(let failure): throw failure
                default: await onEvent(event)
                }
            }
            return nil
        }
    }

    /// As ``answer(to:stop:onEvent:)``, but ends an engine that takes longer than its work can.
    ///
    /// - Throws: ``EngineError/overdue(seconds:)`` too.
    public func answer(
        to request: EngineRequest, within limit: Duration, stop: StopRequest = StopRequest(),
        onEvent: @escaping @Sendable (EngineEvent) async -> Void = { _ in }
    ) async throws -> EngineEvent {
        try await withThrowingTaskGroup(of: EngineEvent.self) { group in
            group.addTask { try await answer(to: request, stop: stop, onEvent: onEvent) }
            group.addTask {
                try await Task.sleep(for: limit)
                throw EngineError.overdue(seconds: Int(limit.components.seconds))
            }
            defer { group.cancelAll() }
            guard let event = try await group.next() else { throw EngineError.unexpected("no result") }
            return event
        }
    }

    /// Starts the engine and lets the body talk with it; the engine ends when the body does.
    ///
    /// - Parameter body: Answers `nil` where the engine went silent before its answer.
    func converse<Answer: Sendable>(
        _ request: EngineRequest, body: @Sendable (EngineConversation) async throws -> Answer?
    ) async throws -> Answer {
        var options = PlatformOptions()
        options.teardownSequence = [.gracefulShutDown(allowedDurationToNextStep: .seconds(3))]
        var environment: [Environment.Key: String?] = [:]
        for (name, value) in location.variables { environment[Environment.Key(stringLiteral: name)] = value }
        let lastWords = LastWords()
        let outcome = try await Subprocess.run(
            .path(FilePath(location.path)), environment: .inherit.updating(environment), platformOptions: options,
            input: .inputWriter, output: .sequence, error: .sequence
        ) { execution in
            let conversation = EngineConversation(
                writer: execution.standardInputWriter, output: execution.standardOutput)
            return try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try? await lastWords.collect(execution.standardError) }
                let answer: Result<Answer?, any Error>
                // An engine that cannot even start does not take its request; its last words say why.
                let isListening = (try? await conversation.send(request)) != nil
                do { answer = .success(isListening ? try await body(conversation) : nil) } catch {
                    answer = .failure(error)
                }
                // Closing the input ends the engine, and with it the stream of its last words.
                try? await execution.standardInputWriter.finish()
                try await group.waitForAll()
                return try answer.get()
            }
        }
        guard let answer = outcome.closureResult else {
            throw EngineError.died(status: "\(outcome.terminationStatus)", lastWords: await lastWords.text)
        }
        return answer
    }
}

/// One talk with a running engine.
struct EngineConversation: Sendable {
    let writer: StandardInputWriter
    let output: SubprocessOutputSequence

    /// What the engine says, in order. To be read once.
    var events: some AsyncSequence<EngineEvent, any Error> & Sendable {
        output.strings(bufferingPolicy: .unbounded).map { line in
            let decoder = JSONDecoder()
            decoder.nonConformingFloatDecodingStrategy = .convertFromString(
                positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
            do { return try decoder.decode(EngineEvent.self, from: Data(line.utf8)) } catch {
                // What a killed engine was saying breaks off; what another version says is JSON all the same.
                let isWhole =
                    (try? JSONSerialization.jsonObject(with: Data(line.utf8), options: .fragmentsAllowed)) != nil
                guard isWhole else {
                    throw EngineError.died(status: "in the middle of a line", lastWords: String(line.prefix(200)))
                }
                throw EngineError.unexpected(String(line.prefix(200)))
            }
        }
    }

    func stop() async throws { _ = try await writer.write("stop\n") }

    func send(_ message: some Encodable) async throws {
        _ = try await writer.write(try JSONEncoder().encode(message) + [0x0A])
    }
}

/// The end of what the engine wrote to its standard error.
private actor LastWords {
    private var bytes: [UInt8] = []
    private static let limit = 2000

    var text: String {
        String(decoding: bytes, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
    }

    func collect(_ stream: SubprocessOutputSequence) async throws {
        for try await chunk in stream {
            chunk.withUnsafeBytes { bytes.append(contentsOf: $0) }
            bytes = bytes.suffix(Self.limit)
        }
    }
}
