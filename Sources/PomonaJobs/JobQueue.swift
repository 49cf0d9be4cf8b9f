import Foundation
public import Logging
import PomonaCore
public import PomonaStore

/// Runs the jobs of a store, each by the handler of its kind, as many of a lane at once as it has places.
public actor JobQueue {
    /// How long a lease lasts unless it is renewed, which happens three times as often.
    private static let leaseDuration = Duration.seconds(30)

    private let store: Store
    private let handlers: [String: any JobHandler]
    private let places: [String: Int]
    private let logger: Logger
    private var running: [Job.ID: (context: JobContext, task: Task<Void, Never>)] = [:]
    private var isEnding = false

    /// - Parameters:
    ///   - handlers: by the kind of job they do; jobs of other kinds wait.
    ///   - places: how many jobs of a lane run at once; two in lanes that are not named.
    public init(store: Store, handlers: [String: any JobHandler], places: [String: Int] = [:], logger: Logger) {
        self.store = store
        self.handlers = handlers
        self.places = places
        self.logger = logger
    }

    /// Runs jobs until the task is cancelled; then asks those that run to stop, waits for them, and puts them back.
    public func run() async {
        // The data folder has one program at a time: whatever a lease of an earlier one says, that one is gone.
        await retry("take over the jobs of the last run") { try await self.store.catalog.releaseAllLeases() }
        let changes = store.catalog.jobChanges()
        await withTaskGroup(of: Void.self) { group in
            group.addTask {
                for await _ in changes { await self.claimAll() }
            }
            group.addTask {
                while !Task.isCancelled {
                    await self.claimAll()
                    await self.renewLeases()
                    try? await Task.sleep(for: Self.leaseDuration / 3)
                }
            }
            await group.waitForAll()
        }
        await end()
    }

    /// Takes what can be run now.
    private func claimAll() async {
        await followCancellations()
        while !isEnding, !Task.isCancelled {
            do {
                let claim = try await store.catalog.claimJob(
                    kinds: Set(handlers.keys), places: places, defaultPlaces: 2, leasedFor: Self.leaseDuration)
                guard let (job, lease) = claim else { return }
                try await start(job, lease)
            } catch {
                logger.error("The queue could not take a job", metadata: ["error": "\(error)"])
                return
            }
        }
    }

    private func start(_ job: Job, _ lease: JobLease) async throws {
        guard let handler = handlers[job.kind] else { return }
        let folder = URL(filePath: try await store.catalog.folder(of: job.id), directoryHint: .isDirectory)
        let context = JobContext(lease: lease, folder: folder, store: store)
        logger.info("Job begins", metadata: ["job": "\(job.id)", "kind": "\(job.kind)"])
        // Not a child of the loop's task: its end asks jobs to stop in their own way rather than cancelling them.
        let task = Task.detached { [weak self] in
            let outcome = await Self.outcome(of: handler, job, context)
            await self?.finish(job, context, outcome)
        }
        running[job.id] = (context, task)
    }

    private static func outcome(of handler: any JobHandler, _ job: Job, _ context: JobContext) async -> JobOutcome {
        do {
            let end = try await handler.run(job, context)
            if case .succeeded = end { return .succeeded }
            return context.stopReason == .shutDown ? .released : .cancelled
        } catch {
            if context.stopReason == .shutDown { return .released }
            let known = error as? any PomonaError
            let words = [known?.message ?? "\(error)", known?.hint].compactMap { $0 }.joined(separator: " ")
            return .failed(ItemFailure(code: known?.code ?? "internal", message: words))
        }
    }

    private func finish(_ job: Job, _ context: JobContext, _ outcome: JobOutcome) async {
        running[job.id] = nil
        guard context.stopReason != .leaseLost else {
            logger.warning("Job was taken by another runner", metadata: ["job": "\(job.id)"])
            return
        }
        await retry("finish job \(job.id)") {
            do {
                let ended = try await self.store.catalog.finishJob(context.lease, outcome)
                if ended.state.isFinal { try await self.store.catalog.removeFolder(of: job.id) }
            } catch is JobError {
                return
            }
        }
        var metadata: Logger.Metadata = ["job": "\(job.id)", "kind": "\(job.kind)"]
        if case .failed(let failure) = outcome { metadata["failure"] = "\(failure.code): \(failure.message)" }
        logger.info("Job ends", metadata: metadata)
    }

    /// Tells handlers of jobs that somebody cancelled.
    private func followCancellations() async {
        for (id, entry) in running where !entry.context.isStopping {
            guard let job = try? await store.catalog.job(id) else { continue }
            entry.context.follow(job.state)
        }
    }

    private func renewLeases() async {
        for entry in running.values {
            do {
                entry.context.follow(
                    try await store.catalog.renewLease(entry.context.lease, for: Self.leaseDuration))
            } catch is JobError {
                entry.context.askToStop(.leaseLost)
            } catch {
                logger.error("A lease could not be renewed", metadata: ["error": "\(error)"])
            }
        }
    }

    private func end() async {
        isEnding = true
        let tasks = running.values.map { entry in
            entry.context.askToStop(.shutDown)
            return entry.task
        }
        for task in tasks { await task.value }
    }

    /// Tries what must not be left undone a few times: a disk may be full for a moment.
    private func retry(_ what: String, _ body: @Sendable () async throws -> Void) async {
        for attempt in 1...5 {
            do { return try await body() } catch {
                logger.error("Could not \(what)", metadata: ["attempt": "\(attempt)", "error": "\(error)"])
                try? await Task.sleep(for: .seconds(attempt))
            }
        }
    }
}
