public import PomonaStore

/// Removes a group with all it holds. Every part is found anew, so a run that was broken off is simply begun again.
public struct DeletionHandler: JobHandler {
    private let store: Store
    private let cleanUp: @Sendable () async -> Void

    /// - Parameter cleanUp: removes what others keep of what is gone.
    public init(store: Store, cleanUp: @escaping @Sendable () async -> Void = {}) {
        self.store = store
        self.cleanUp = cleanUp
    }

    /// Deleting works on a full disk.
    public var needsFolder: Bool { false }

    public func run(_ job: Job, _ context: JobContext) async throws -> JobEnd {
        guard let group = try job.body(DeletionPayload.self).group else {
            try await empty(context)
            try await store.catalog.removeEmptyDeletedAccounts()
            try? await store.sweepDerived()
            return .succeeded
        }
        // A program that knew less left them open.
        try await store.catalog.closeAccounts(in: group)
        // A training that was asked to stop may need some seconds, and it must not write into what is gone.
        while try await store.catalog.hasRunningJobs(in: group) {
            if context.isStopping { return .cancelled }
            try await Task.sleep(for: .milliseconds(200))
        }
        try await empty(context)
        try await context.checkLease()
        try await store.catalog.removeGroup(group)
        // Thumbnails are photos as well. What is being made meanwhile goes with the next sweep.
        try? await store.sweepDerived()
        await cleanUp()
        return .succeeded
    }

    /// Removes what lies in deleted containers; how many there are at first stands for the whole.
    private func empty(_ context: JobContext) async throws {
        var most = 0
        try await store.blobs.finishDeletions { left in
            most = max(most, left)
            try await context.report(
                JobProgress(
                    fraction: 1 - Double(left) / Double(most + 1),
                    detail: "\(left) \(left == 1 ? "container" : "containers") left"))
        }
    }
}

extension Store {
    /// Queues the deletion of groups that are being deleted and that no job works for (any more).
    ///
    /// - Returns: the jobs.
    @discardableResult
    public func resumeDeletions() async throws -> [Job] {
        let groups = try await catalog.groups().filter { $0.deletingSince != nil }
        guard !groups.isEmpty else { return [] }
        let active = try await catalog.jobs(in: nil, states: [.queued, .running], before: nil, limit: 10_000)
        let covered = active.filter { $0.kind == JobKind.deletion.rawValue }.compactMap {
            try? $0.body(DeletionPayload.self).group
        }
        var jobs: [Job] = []
        for group in groups where !covered.contains(group.id) {
            jobs.append(
                try await catalog.enqueue(
                    try NewJob(
                        .deletion, title: "Delete the resource group \(group.name)",
                        subject: JobSubject(kind: "group", row: group.id.rawValue), DeletionPayload(group: group.id),
                        group: nil, person: nil)))
        }
        return jobs
    }
}
