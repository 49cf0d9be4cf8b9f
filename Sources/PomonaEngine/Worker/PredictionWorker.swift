public import PomonaCore
import Synchronization

/// Predicts in a process of its own, so that a fault in a decoder or in a runtime costs the requests that were there, not
/// the program that asked.
///
/// The process starts with the first request, ends when it has had nothing to do for a while, and is started again by the
/// next request, as after its death.
public final class PredictionWorker: Sendable {
    /// This very program, also where its file was replaced meanwhile.
    public static let ownProgram = "/proc/self/exe"

    private let program: String
    private let arguments: [String]
    private let idleLimit: Duration
    private let current = Mutex<WorkerConnection?>(nil)

    /// - Parameters:
    ///   - program: Path of an executable that answers with ``WorkerService`` when it is given the arguments.
    ///   - idleLimit: How long the process stays without anything to do.
    public init(program: String = ownProgram, arguments: [String], idleLimit: Duration = .seconds(300)) {
        self.program = program
        self.arguments = arguments
        self.idleLimit = idleLimit
    }

    deinit { current.withLock { $0?.close() } }

    /// The number of the process; `nil` where none runs.
    public var processIdentifier: Int32? {
        current.withLock { connection in
            connection.flatMap { $0.isOver ? nil : $0.processIdentifier }
        }
    }

    /// Requests that are not answered yet.
    var requestsUnderWay: Int { current.withLock { $0?.requestsUnderWay ?? 0 } }

    /// Looks at one encoded photo.
    ///
    /// - Returns: What was found, and the model's tags in the order of their indices.
    /// - Throws: ``Failure`` in the predictor's words, or ``WorkerError`` where it ended.
    public func predict(
        photo: [UInt8], _ order: PredictionOrder
    ) async throws -> (prediction: Prediction, labels: [String]) {
        guard case .predicted(let prediction, let labels) = try await answer(to: .predict(order), photo: photo) else {
            throw WorkerError.garbled("no prediction")
        }
        return (prediction, labels)
    }

    /// The version of the OpenVINO that would be used; `nil` where there is none.
    public func runtimeVersion() async throws -> String? {
        guard case .runtime(let version) = try await answer(to: .runtime, photo: []) else {
            throw WorkerError.garbled("no version")
        }
        return version
    }

    private func answer(to request: WorkerRequest, photo: [UInt8]) async throws -> WorkerAnswer {
        // One that ends at the very moment it is asked has not heard the question: another can be asked.
        for _ in 0..<3 {
            guard let answer = try await connection().ask(request, photo: photo) else { continue }
            if case .failed(let failure) = answer { throw failure }
            return answer
        }
        throw WorkerError.notStarted(reason: "it ends at once")
    }

    private func connection() throws(WorkerError) -> WorkerConnection {
        try current.withLock { current throws(WorkerError) in
            if let current, !current.isOver { return current }
            let connection = try WorkerConnection(program: program, arguments: arguments)
            current = connection
            Task.detached { [idleLimit] in
                while let left = connection.idleTimeLeft(of: idleLimit) { try? await Task.sleep(for: left) }
            }
            return connection
        }
    }
}
