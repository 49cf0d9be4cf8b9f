import Foundation
import Subprocess
import Synchronization
import SystemPackage

/// One running predictor: requests go out as they come, answers find their askers by number.
///
/// Threads of its own read and write, because both block, and because an answer that goes straight to its asker is there
/// sooner than one that goes through an actor.
final class WorkerConnection: Sendable {
    private struct State {
        var waiting: [UInt32: CheckedContinuation<WorkerAnswer?, any Error>] = [:]
        var nextID: UInt32 = 0
        var lastAnswer = ContinuousClock.now
        /// Whether it takes no more requests.
        var isOver = false
        var isInputClosed = false
        var process: Int32?
    }

    private let state = Mutex(State())
    private let writer: FrameWriter
    /// Writing waits where the pipe is full, and what is written must not mix.
    private let queue = DispatchQueue(label: "pomona.worker.input")

    /// Starts the program, and does not wait until it runs.
    ///
    /// - Throws: ``WorkerError/notStarted(reason:)`` where not even pipes can be had.
    init(program: String, arguments: [String]) throws(WorkerError) {
        let input = try Self.pipe()
        let output: (read: FileDescriptor, write: FileDescriptor)
        do { output = try Self.pipe() } catch {
            try? input.read.close()
            try? input.write.close()
            throw error
        }
        writer = FrameWriter(descriptor: input.write.rawValue)
        Task.detached { [self] in
            let end: WorkerError
            do {
                let (ended, listening) = AsyncStream.makeStream(of: Void.self)
                let outcome = try await Subprocess.run(
                    .path(FilePath(program)),
                    arguments: Arguments(executablePathOverride: "pomona", remainingValues: arguments),
                    input: .fileDescriptor(input.read, closeAfterSpawningProcess: true),
                    output: .fileDescriptor(output.write, closeAfterSpawningProcess: true),
                    error: .currentStandardError
                ) { execution in
                    state.withLock { $0.process = execution.processIdentifier.value }
                    let thread = Thread { [self] in
                        listen(FrameReader(descriptor: output.read.rawValue))
                        listening.finish()
                    }
                    thread.name = "predictor"
                    thread.start()
                    for await _ in ended {}
                    // Mostly it is gone. One that only speaks otherwise has no answer worth waiting for.
                    await execution.teardown(using: [TeardownStep]())
                }
                end = .died(status: "\(outcome.terminationStatus)")
            } catch {
                end = .notStarted(reason: "\(error)")
            }
            try? output.read.close()
            finish(end)
        }
    }

    /// The number of its process, once it runs.
    var processIdentifier: Int32? { state.withLock { $0.process } }

    var requestsUnderWay: Int { state.withLock { $0.waiting.count } }

    var isOver: Bool { state.withLock { $0.isOver } }

    /// - Returns: `nil` where it ended before it took the request.
    /// - Throws: ``WorkerError`` where it ends before it answers.
    func ask(_ request: WorkerRequest, photo: [UInt8]) async throws -> WorkerAnswer? {
        try await withCheckedThrowingContinuation { continuation in
            let isTaken = state.withLock { state in
                guard !state.isOver else { return false }
                state.nextID &+= 1
                state.waiting[state.nextID] = continuation
                let frame = WorkerFrame(head: request.head(id: state.nextID), body: photo)
                // Under the lock, so that nothing is written once the input is closed. What cannot be written is answered
                // when the end is heard.
                queue.async { [writer] in try? writer.write(frame) }
                return true
            }
            if !isTaken { continuation.resume(returning: nil) }
        }
    }

    /// Ends the process: it ends when its input does.
    func close() { state.withLock { closeInput(&$0) } }

    /// Ends the process if it has had nothing to do for so long.
    ///
    /// - Returns: How much of that time is left at least; `nil` once it takes no more requests.
    func idleTimeLeft(of limit: Duration) -> Duration? {
        state.withLock { state in
            guard !state.isOver else { return nil }
            guard state.waiting.isEmpty else { return limit }
            let left = limit - (ContinuousClock.now - state.lastAnswer)
            guard left <= .zero else { return left }
            closeInput(&state)
            return nil
        }
    }

    private func listen(_ reader: FrameReader) {
        do {
            while let frame = try reader.next() {
                let (id, answer) = try WorkerAnswer.read(frame.head)
                let asker = state.withLock { state in
                    state.lastAnswer = .now
                    return state.waiting.removeValue(forKey: id)
                }
                asker?.resume(returning: answer)
            }
        } catch {
            // What speaks otherwise is ended, and that is told.
        }
        // From here on the next request starts another.
        state.withLock { $0.isOver = true }
    }

    private func finish(_ end: WorkerError) {
        let askers = state.withLock { state in
            closeInput(&state)
            defer { state.waiting = [:] }
            return Array(state.waiting.values)
        }
        for asker in askers { asker.resume(throwing: end) }
    }

    private func closeInput(_ state: inout State) {
        state.isOver = true
        guard !state.isInputClosed else { return }
        state.isInputClosed = true
        queue.async { [writer] in _ = Foundation.close(writer.descriptor) }
    }

    /// A pipe that no other child inherits, which would keep it open.
    private static func pipe() throws(WorkerError) -> (read: FileDescriptor, write: FileDescriptor) {
        let ends: (readEnd: FileDescriptor, writeEnd: FileDescriptor)
        do { ends = try FileDescriptor.pipe() } catch { throw .notStarted(reason: "\(error)") }
        for end in [ends.readEnd, ends.writeEnd] { _ = fcntl(end.rawValue, F_SETFD, FD_CLOEXEC) }
        // Room for a photo as a whole, so that writing and reading need not take turns.
        _ = fcntl(ends.writeEnd.rawValue, setPipeSize, Int32(1 << 20))
        return (ends.readEnd, ends.writeEnd)
    }

    /// `F_SETPIPE_SZ` of Linux.
    private static let setPipeSize: Int32 = 1031
}
