import Foundation
import PomonaCore
import PomonaJobs
import PomonaStore
import Synchronization
import Testing

@Suite("JobQueue")
struct JobQueueTests {
    private enum Trouble: PomonaError {
        case spoilt

        var code: String { "spoilt" }
        var message: String { "The fruit is spoilt." }
        var hint: String? { "Buy some." }
        var kind: ErrorKind { .badData }
    }

    @Test("A job is done, reports on its way, and its folder goes")
    func success() async throws {
        try await withStore { store in
            let folder = Mutex<URL?>(nil)
            let handler = TestHandler { _, context in
                try Data("half".utf8).write(to: context.folder.appending(path: "half"))
                folder.withLock { $0 = context.folder }
                try await context.report(JobProgress(fraction: 0.5, detail: "half"))
                return .succeeded
            }
            try await withQueue(store, handler) {
                let job = try await enqueue(store)
                let row = try await wait(for: .succeeded, of: job, in: store)
                #expect(row.progress?.contains("half") == true && row.finishedAt != nil)
            }
            let path = try #require(folder.withLock { $0 }).path
            #expect(!FileManager.default.fileExists(atPath: path))
        }
    }

    @Test("A failure keeps the words of the error and what to do about it")
    func failure() async throws {
        try await withStore { store in
            try await withQueue(store, TestHandler { _, _ in throw Trouble.spoilt }) {
                let job = try await enqueue(store)
                let row = try await wait(for: .failed, of: job, in: store)
                #expect(row.failure == ItemFailure(code: "spoilt", message: "The fruit is spoilt. Buy some."))
            }
        }
    }

    @Test("No more jobs of a lane run at once than it has places")
    func places() async throws {
        try await withStore { store in
            let running = Mutex((now: 0, most: 0))
            let handler = TestHandler { _, _ in
                running.withLock {
                    $0.now += 1
                    $0.most = max($0.most, $0.now)
                }
                try await Task.sleep(for: .milliseconds(30))
                running.withLock { $0.now -= 1 }
                return .succeeded
            }
            try await withQueue(store, handler, places: ["work": 1]) {
                var jobs: [Job] = []
                for _ in 0..<4 { jobs.append(try await enqueue(store)) }
                for job in jobs { _ = try await wait(for: .succeeded, of: job, in: store) }
                #expect(handler.called == jobs.map(\.id))
            }
            #expect(running.withLock { $0.most } == 1)
        }
    }

    @Test("A cancelled job is told to stop, and is cancelled once its handler came to an end")
    func cancelling() async throws {
        try await withStore { store in
            let handler = TestHandler { _, context in
                while !context.isStopping { try await Task.sleep(for: .milliseconds(5)) }
                return context.stopReason == .cancelled ? .cancelled : .succeeded
            }
            try await withQueue(store, handler) {
                let job = try await enqueue(store)
                _ = try await wait(for: .running, of: job, in: store)
                _ = try await store.catalog.cancelJob(job.id)
                _ = try await wait(for: .cancelled, of: job, in: store)
            }
        }
    }

    @Test("A job that runs when the program ends waits for the next one, which finds what lies in its folder")
    func shutDown() async throws {
        try await withStore { store in
            let patient = TestHandler { _, context in
                try Data("3".utf8).write(to: context.folder.appending(path: "step"))
                while !context.isStopping { try await Task.sleep(for: .milliseconds(5)) }
                return .cancelled
            }
            let job = try await enqueue(store)
            try await withQueue(store, patient) { _ = try await wait(for: .running, of: job, in: store) }
            let row = try await store.catalog.job(job.id)
            #expect(row.state == .queued)
            #expect(row.attempts == 0, "an orderly end is no crash")

            let next = TestHandler { _, context in
                let step = try String(contentsOf: context.folder.appending(path: "step"), encoding: .utf8)
                return step == "3" ? .succeeded : .cancelled
            }
            try await withQueue(store, next) { _ = try await wait(for: .succeeded, of: job, in: store) }
        }
    }

    @Test(
        "Crashes count anew from the place where an attempt went on, unless the one before it went on from there as well"
    )
    func goingOn() async throws {
        try await withStore { store in
            let job = try await enqueue(store)
            let first = TestHandler { _, context in
                try await context.goesOn(from: "step 40")
                while !context.isStopping { try await Task.sleep(for: .milliseconds(5)) }
                return .cancelled
            }
            try await withQueue(store, first) { _ = try await wait(for: .running, of: job, in: store) }
            // Two programs that died at work.
            for _ in 0..<2 {
                _ = try await store.catalog.claimJob(
                    kinds: ["work"], places: [:], defaultPlaces: 1, leasedFor: .seconds(30))
                try await store.catalog.releaseAllLeases()
            }
            let attempts = Mutex<[Int]>([])
            let handler = TestHandler { job, context in
                for place in ["step 40", "step 80"] {
                    try await context.goesOn(from: place)
                    let now = try await store.catalog.job(job.id).attempts
                    attempts.withLock { $0.append(now) }
                }
                return .succeeded
            }
            try await withQueue(store, handler) { _ = try await wait(for: .succeeded, of: job, in: store) }
            #expect(attempts.withLock { $0 } == [3, 1])
        }
    }
}
