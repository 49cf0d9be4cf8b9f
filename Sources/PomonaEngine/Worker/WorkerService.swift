import Foundation
import Synchronization

/// The predictor's side of the talk: reads requests from the standard input and answers each as soon as it can.
public struct WorkerService: Sendable {
    private let reader: FrameReader
    private let output: Output

    /// Writes one answer after the other.
    private final class Output: Sendable {
        private let writer: Mutex<FrameWriter>

        init(_ writer: FrameWriter) {
            self.writer = Mutex(writer)
        }

        func write(_ frame: WorkerFrame) {
            // Once the reader is gone there is nobody left to tell.
            writer.withLock { try? $0.write(frame) }
        }
    }

    /// Takes the program's standard input and output for itself.
    ///
    /// What a library prints goes to the standard error from here on; between the answers it would be taken for one.
    public init() {
        reader = FrameReader(descriptor: fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 3))
        output = Output(FrameWriter(descriptor: fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 3)))
        dup2(STDERR_FILENO, STDOUT_FILENO)
        let nothing = open("/dev/null", O_RDONLY)
        dup2(nothing, STDIN_FILENO)
        close(nothing)
    }

    init(reading input: Int32, writing output: Int32) {
        reader = FrameReader(descriptor: input)
        self.output = Output(FrameWriter(descriptor: output))
    }

    /// Answers until the input closes: then whoever asked is gone.
    public func run(_ answer: @escaping @Sendable (WorkerRequest, [UInt8]) async -> WorkerAnswer) async {
        await withCheckedContinuation { continuation in
            let thread = Thread { [reader, output] in
                while let frame = try? reader.next(), let (id, request) = try? WorkerRequest.read(frame.head) {
                    Task.detached {
                        let answer = await answer(request, frame.body)
                        output.write(WorkerFrame(head: answer.head(id: id)))
                    }
                }
                continuation.resume()
            }
            thread.name = "requests"
            thread.start()
        }
    }
}
