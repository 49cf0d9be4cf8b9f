import PomonaJobs
import PomonaStore

/// Removes a group with all it holds. Every part is found anew, so a run that was broken off is simply begun again.
struct DeletionHandler: JobHandler {
    let store: Store
    let predictors: PredictorPool

    func run(_ job: Job, _ context: JobContext) async throws -> JobEnd {
        guard let group = try job.body(DeletionPayload.self).group else {
            try await store.blobs.finishDeletions()
            try await store.catalog.removeEmptyDeletedAccounts()
            try? await store.sweepDerived()
            return .succeeded
        }
        // A training that was asked to stop may need some seconds, and it must not write into what is gone.
        while try await store.catalog.hasRunningJobs(in: group) {
            if context.isStopping { return .cancelled }
            try await Task.sleep(for: .milliseconds(200))
        }
        let containers = try await store.catalog.containers(in: group)
        for (index, container) in containers.enumerated() {
            if context.stopReason == .shutDown { return .cancelled }
            try await store.blobs.deleteContainer(container, conditions: .none)
            try await context.report(
                JobProgress(
                    fraction: Double(index + 1) / Double(containers.count + 1), detail: "container \(container.name)"))
        }
        try await store.blobs.finishDeletions()
        try await context.checkLease()
        try await store.catalog.removeGroup(group)
        // Thumbnails are photos as well. What is being made meanwhile goes with the next sweep.
        try? await store.sweepDerived()
        try? await predictors.forgetDeletedModels(in: store)
        return .succeeded
    }
}
