import Foundation
public import Logging
import PomonaCore
import PomonaEngine
public import PomonaStore

/// Runs the jobs of a store, each by the handler of its kind, as many of a lane at once as it has places.
public actor JobQueue {
    /// How long a lease lasts unless it is renewed, which happens three times as often.
    private static let leaseDuration = Duration.seconds(30)

    /// How long jobs that are asked to stop because the program ends may take over it; then their tasks are cancelled. With
    /// the seconds that a cancelled engine gets, the whole end stays under ten.
    private let patience: Duration

    private let store: Store
    private let handlers: [String: any JobHandler]
    private let places: [String: Int]
    private let logger: Logger
    private var running: [Job.ID: Run] = [:]
    private var isEnding = false

    /// A job at work.
    private struct Run {
        var context: JobContext
        /// The handler's work, which may be cancelled.
        var work: Task<JobOutcome, Never>
        /// Ends after its outcome is written.
        var end: Task<Void, Never>
    }

    /// - Parameters:
    ///   - handlers: by the kind of job they do; jobs of other kinds wait.
    ///   - places: how many jobs of a lane run at once; two in lanes that are not named.
    ///   - patience: how long jobs may take to stop when the program ends.
    public init(
        store: Store, handlers: [String: any JobHandler], places: [String: Int] = [:],
        patience: Duration = .seconds(4), logger: Logger
    ) {
        self.patience = patience
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
                start(job, lease)
            } catch {
                logger.error("The queue could not take a job", metadata: ["error": "\(error)"])
                return
            }
        }
    }

    private func start(_ job: Job, _ lease: JobLease) {
        guard let handler = handlers[job.kind] else { return }
        let context = JobContext(lease: lease, store: store)
        logger.info("Job begins", metadata: ["job": "\(job.id)", "kind": "\(job.kind)"])
        // Not children of the loop's task: its end asks jobs to stop in their own way rather than cancelling them. And the
        // outcome has a task of its own, because what is cancelled can read nothing more.
        let work = Task.detached { await Self.outcome(of: handler, job, context) }
        let end = Task.detached { [weak self] in
            let outcome = await work.value
            await self?.finish(job, context, outcome)
        }
        running[job.id] = Run(context: context, work: work, end: end)
    }

    private static func outcome(of handler: any JobHandler, _ job: Job, _ context: JobContext) async -> JobOutcome {
        do {
            if handler.needsFolder { try await context.makeFolder() }
            let end = try await handler.run(job, context)
            if case .succeeded = end { return .succeeded }
            return context.stopReason == .shutDown ? .released : .cancelled
        } catch {
            if context.stopReason == .shutDown { return .released }
            let known = error as? any PomonaError
            let words = [known?.message ?? "\(error)", known?.hint].compactMap { $0 }.joined(separator: " ")
            let failure = ItemFailure(code: known?.code ?? "internal", message: words)
            return isCrash(error) ? .crashed(failure) : .failed(failure)
        }
    }

    /// Whether an error speaks of the worker's end rather than of its work: it died, or something other than this queue
    /// stopped it.
    private static func isCrash(_ error: any Error) -> Bool {
        if case EngineError.died = error { return true }
        return (error as? any PomonaError)?.kind == .interrupted
    }

    private func finish(_ job: Job, _ context: JobContext, _ outcome: JobOutcome) async {
        // Only now: who waits for the end of all jobs waits for their rows too. By then the job may run again.
        defer { if running[job.id]?.context === context { running[job.id] = nil } }
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
        switch outcome {
        case .failed(let failure), .crashed(let failure):
            metadata["failure"] = "\(failure.code): \(failure.message)"
        case .succeeded, .cancelled, .released: break
        }
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
        let runs = Array(running.values)
        for run in runs { run.context.askToStop(.shutDown) }
        let impatience = Task { [patience, logger] in
            guard (try? await Task.sleep(for: patience)) != nil else { return }
            for run in runs {
                logger.warning("Job takes too long to stop", metadata: ["job": "\(run.context.lease.job)"])
                run.work.cancel()
            }
        }
        for run in runs { await run.end.value }
        impatience.cancel()
    }

    /// Tries what must not be left undone a few times: a disk may be full for a moment.
    private func retry(_ what: String, _ body: @Sendable () async throws -> Void) async {
        for attempt in 1...5 {
            do { return try await body() } catch {
                logger.error("Could not \(what)", metadata: ["attempt": "\(attempt)", "error": "\(error)"])
                try? await Task.sleep(for: isEnding ? .milliseconds(100) : .seconds(attempt))
            }
        }
    }
}
