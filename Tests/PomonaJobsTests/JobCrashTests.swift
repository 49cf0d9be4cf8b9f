import Foundation
import PomonaEngine
import PomonaJobs
import PomonaStore
import Synchronization
import Testing

@Suite("JobQueue: crashes and slow ends")
struct JobCrashTests {
    private static let death = EngineError.died(status: "signal 9", lastWords: "")

    @Test(
        "A job whose engine dies, or is stopped by somebody else, is begun again and finds what lies in its folder",
        arguments: [death, EngineError.stoppedElsewhere])
    func engineDies(_ error: EngineError) async throws {
        try await withStore { store in
            let handler = TestHandler { _, context in
                let note = context.folder.appending(path: "step")
                guard FileManager.default.fileExists(atPath: note.path) else {
                    try Data("3".utf8).write(to: note)
                    throw error
                }
                return .succeeded
            }
            try await withQueue(store, handler) {
                let job = try await enqueue(store)
                let row = try await wait(for: .succeeded, of: job, in: store)
                #expect(row.attempts == 2 && row.failure == nil)
                #expect(handler.called == [job.id, job.id])
            }
        }
    }

    @Test("An engine that dies each time ends its job in its own words; one that hung ends it at once")
    func engineKeepsDying() async throws {
        try await withStore { store in
            let dying = TestHandler { _, _ in throw Self.death }
            try await withQueue(store, dying) {
                let row = try await wait(for: .failed, of: try await enqueue(store), in: store)
                #expect(row.failure?.code == "engineDied" && dying.called.count == 5)
                #expect(row.failure?.message.contains("5 times") == true, "\(row.failure?.message ?? "")")
            }
            let hanging = TestHandler { _, _ in throw EngineError.overdue(seconds: 3) }
            try await withQueue(store, hanging) {
                let row = try await wait(for: .failed, of: try await enqueue(store), in: store)
                #expect(row.failure?.code == "engineOverdue" && hanging.called.count == 1)
            }
        }
    }

    @Test("A job that does not heed the end of the program is cut short, and waits for the next one")
    func impatience() async throws {
        try await withStore { store in
            let deaf = TestHandler { _, _ in
                try await Task.sleep(for: .seconds(3_600))
                return .succeeded
            }
            let job = try await enqueue(store)
            try await withQueue(store, deaf, patience: .milliseconds(50)) {
                _ = try await wait(for: .running, of: job, in: store)
            }
            let row = try await store.catalog.job(job.id)
            #expect(row.state == .queued && row.attempts == 0)
        }
    }

    @Test("A folder that cannot be made is the job's failure in words, unless it needs none")
    func folder() async throws {
        try await withStore { store in
            // A file in the place of all folders, as good as a full disk.
            try FileManager.default.removeItem(atPath: store.folder.url.appending(path: "jobs").path)
            try Data().write(to: store.folder.url.appending(path: "jobs"))
            try await withQueue(store, TestHandler { _, _ in .succeeded }) {
                let row = try await wait(for: .failed, of: try await enqueue(store), in: store)
                #expect(row.failure?.code == "systemFailure" && row.attempts == 1)
                #expect(row.failure?.message.contains("jobs") == true, "\(row.failure?.message ?? "")")
            }
            let frugal = TestHandler(needsFolder: false) { _, _ in .succeeded }
            try await withQueue(store, frugal) {
                _ = try await wait(for: .succeeded, of: try await enqueue(store), in: store)
            }
        }
    }
}
