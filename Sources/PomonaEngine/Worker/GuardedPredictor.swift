public import PomonaCore

/// A ``PredictionWorker`` whose death costs only the request that is to blame for it.
///
/// Nobody can tell over which of several photos a process crashed. So all that were lost are looked at once more, one after
/// the other, in a second process that has nothing else to do: what ends that one too is the photo's own fault.
public final class GuardedPredictor: Sendable {
    private let worker: PredictionWorker
    private let second: PredictionWorker
    private let line = Line()

    /// - Parameters:
    ///   - program: As ``PredictionWorker/init(program:arguments:idleLimit:)``.
    public init(program: String = PredictionWorker.ownProgram, arguments: [String]) {
        worker = PredictionWorker(program: program, arguments: arguments)
        second = PredictionWorker(program: program, arguments: arguments, idleLimit: .seconds(30))
    }

    /// The number of the process that is asked first; `nil` where none runs.
    public var processIdentifier: Int32? { worker.processIdentifier }

    /// Requests that the first process has not answered yet.
    var requestsUnderWay: Int { worker.requestsUnderWay }

    /// Looks at one encoded photo.
    ///
    /// - Returns: What was found, and the model's tags in the order of their indices.
    /// - Throws: ``Failure`` in the predictor's words; ``WorkerError/died(status:)`` for a photo that ends it.
    public func predict(
        photo: [UInt8], _ order: PredictionOrder
    ) async throws -> (prediction: Prediction, labels: [String]) {
        do { return try await worker.predict(photo: photo, order) } catch WorkerError.died {
            return try await line.run { [second] in try await second.predict(photo: photo, order) }
        }
    }

    /// The version of the OpenVINO that would be used; `nil` where there is none.
    public func runtimeVersion() async throws -> String? { try await worker.runtimeVersion() }
}

/// Does one thing after the other.
private actor Line {
    private var last: Task<Void, Never>?

    func run<Value: Sendable>(_ work: @escaping @Sendable () async throws -> Value) async throws -> Value {
        let task = Task { [last] in
            await last?.value
            return try await work()
        }
        last = Task { _ = try? await task.value }
        return try await task.value
    }
}
