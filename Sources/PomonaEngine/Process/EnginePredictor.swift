import Foundation
public import PomonaCore

/// Predicts through one long-lived engine process that keeps a model loaded.
public actor EnginePredictor: Predicting {
    public nonisolated let labels: [String]
    /// Photos to ask for at once: while the engine looks at some, the next ones wait at its door.
    public nonisolated let concurrency: Int
    private let session: Session

    /// Starts an engine and loads a model.
    ///
    /// - Throws: ``Failure`` where the model cannot be loaded, or ``EngineError``.
    public init(_ location: EngineLocation, session request: PredictionSession) async throws {
        let session = Session()
        self.session = session
        let ready = try await session.start(EngineProcess(location), request)
        labels = ready.labels
        concurrency = 2 * ready.batchSize
    }

    public func predict(photo: [UInt8], threshold: Double) async throws -> Prediction {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("pomona-\(UUID().uuidString)")
        try Data(photo).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        return try await session.predict(path: file.path, name: "the photo", threshold: threshold)
    }

    /// Detects objects in the photo of a file.
    ///
    /// - Throws: ``Failure`` naming the file, or ``EngineError`` once the engine is gone.
    public func predict(path: String, threshold: Double) async throws -> Prediction {
        try await session.predict(path: path, name: path, threshold: threshold)
    }

    /// Ends the engine. Afterwards every prediction fails.
    public func close() async { await session.close() }
}

extension EnginePredictor {
    /// The talk behind the predictor: requests go out as they come, answers find their askers by number.
    private actor Session {
        private var waiting: [Int: CheckedContinuation<Prediction, any Error>] = [:]
        private var starting: CheckedContinuation<Ready, any Error>?
        private var conversation: EngineConversation?
        private var end: (any Error)?
        private var nextID = 0
        private var talk: Task<Void, Never>?

        struct Ready {
            let labels: [String]
            let batchSize: Int
        }

        func start(_ process: EngineProcess, _ request: PredictionSession) async throws -> Ready {
            try await withCheckedThrowingContinuation { continuation in
                starting = continuation
                talk = Task { [weak session = self] in
                    do {
                        let _: Bool = try await process.converse(.predict(request)) { [weak session] conversation in
                            for try await event in conversation.events {
                                guard let session else { return true }
                                try await session.hear(event, conversation)
                            }
                            return nil
                        }
                    } catch {
                        await session?.finish(error)
                    }
                }
            }
        }

        func predict(path: String, name: String, threshold: Double) async throws -> Prediction {
            guard let conversation else { throw end ?? EngineError.unexpected("it is not ready") }
            nextID += 1
            let request = PredictionRequest(id: nextID, path: path, name: name, threshold: threshold)
            return try await withCheckedThrowingContinuation { continuation in
                waiting[request.id] = continuation
                Task {
                    do { try await conversation.send(request) } catch {
                        answer(request.id, .failure(EngineError.died(status: "no longer listening", lastWords: "")))
                    }
                }
            }
        }

        func close() {
            talk?.cancel()
            finish(EngineError.unexpected("it was closed"))
        }

        private func hear(_ event: EngineEvent, _ talking: EngineConversation) throws {
            switch event {
            case .ready(let labels, _, let batchSize):
                conversation = talking
                starting?.resume(returning: Ready(labels: labels, batchSize: batchSize))
                starting = nil
            case .predicted(let id, let prediction): answer(id, .success(prediction))
            case .refused(let id, let failure): answer(id, .failure(failure))
            case .failed(let failure): throw failure
            default: break
            }
        }

        private func answer(_ id: Int, _ result: Result<Prediction, any Error>) {
            waiting.removeValue(forKey: id)?.resume(with: result)
        }

        private func finish(_ error: any Error) {
            guard end == nil else { return }
            end = error
            conversation = nil
            starting?.resume(throwing: error)
            starting = nil
            for id in Array(waiting.keys) { answer(id, .failure(error)) }
        }
    }
}
