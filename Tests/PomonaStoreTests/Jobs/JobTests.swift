import Foundation
import PomonaStore
import Testing

@Suite("Jobs in the catalog")
struct JobTests {
    private static let lease = Duration.seconds(30)

    private func claim(_ store: Store, places: [String: Int] = [:]) async throws -> (job: Job, lease: JobLease)? {
        try await store.catalog.claimJob(
            kinds: ["train", "sample"], places: places, defaultPlaces: 2, leasedFor: Self.lease)
    }

    private func enqueue(_ store: Store, _ number: Int = 0, lane: String? = nil, priority: Int = 0) async throws -> Job
    {
        try await store.catalog.enqueue(
            NewJob(kind: "train", lane: lane, payload: "{\"number\":\(number)}", priority: priority))
    }

    @Test("Forty claimers at once share twenty jobs: each is handed out once")
    func claiming() async throws {
        try await withStore { store in
            for number in 0..<20 { _ = try await enqueue(store, number, lane: "lane \(number)") }
            let claimed = try await withThrowingTaskGroup(of: Job.ID?.self) { group in
                for _ in 0..<40 { group.addTask { try await self.claim(store)?.job.id } }
                return try await group.reduce(into: [Job.ID]()) { $0 += [$1].compactMap { $0 } }
            }
            #expect(claimed.count == 20)
            #expect(Set(claimed).count == 20)
        }
    }

    @Test("A lane has so many places; within it priority goes first, then age")
    func order() async throws {
        try await withStore { store in
            let old = try await enqueue(store, lane: "engine")
            let young = try await enqueue(store, lane: "engine")
            let urgent = try await enqueue(store, lane: "engine", priority: 5)
            let other = try await enqueue(store, lane: "files")
            let places = ["engine": 1]
            let first = try #require(try await claim(store, places: places))
            #expect(first.job.id == urgent.id)
            #expect(try await claim(store, places: places)?.job.id == other.id)
            #expect(try await claim(store, places: places) == nil)
            _ = try await store.catalog.finishJob(first.lease, .succeeded)
            let second = try #require(try await claim(store, places: places))
            #expect(second.job.id == old.id)
            _ = try await store.catalog.finishJob(
                second.lease, .failed(ItemFailure(code: "diverged", message: "It did.")))
            #expect(try await claim(store, places: places)?.job.id == young.id)
            #expect(try await store.catalog.job(old.id).failure?.code == "diverged")
        }
    }

    @Test("A lease that was not renewed is over: the job is handed on, and its first holder can write nothing more")
    func expiry() async throws {
        let clock = TestClock()
        try await withStore(clock: clock.clock) { store in
            let job = try await enqueue(store)
            let first = try #require(try await claim(store))
            clock.advance(seconds: 20)
            #expect(try await store.catalog.renewLease(first.lease, for: Self.lease) == .running)
            clock.advance(seconds: 20)
            #expect(try await claim(store) == nil, "it was renewed")
            clock.advance(seconds: 11)
            let second = try #require(try await claim(store))
            #expect(second.job.id == job.id && second.job.attempts == 2)
            await #expect(throws: JobError.leaseLost(job.id)) {
                _ = try await store.catalog.report(first.lease, progress: "{\"fraction\":0.9}", events: [])
            }
            await #expect(throws: JobError.leaseLost(job.id)) {
                _ = try await store.catalog.finishJob(first.lease, .succeeded)
            }
            let row = try await store.catalog.job(job.id)
            #expect(row.state == .running && row.progress == nil)
        }
    }

    @Test("A time of day that jumps back an hour neither ends leases nor prolongs them, nor changes the order")
    func jumpingClock() async throws {
        let clock = TestClock()
        try await withStore(clock: clock.clock) { store in
            let first = try await enqueue(store, lane: "engine")
            clock.setBack(seconds: 3_600)
            let second = try await enqueue(store, lane: "engine")
            let claimed = try #require(try await claim(store, places: ["engine": 1]))
            #expect(claimed.job.id == first.id)
            clock.setBack(seconds: 86_400)
            #expect(try await store.catalog.expireLeases().isEmpty)
            clock.advance(seconds: 31)
            #expect(try await store.catalog.expireLeases().map(\.id) == [first.id])
            let listed = try await store.catalog.jobs(in: nil, states: Set(JobState.allCases), before: nil, limit: 10)
                .map(\.id)
            #expect(listed == [second.id, first.id])
        }
    }

    @Test("No lease outlives the machine it was given on")
    func restart() async throws {
        let clock = TestClock()
        try await withStore(clock: clock.clock) { store in
            let job = try await enqueue(store)
            _ = try #require(try await claim(store))
            clock.restartMachine()
            #expect(try await store.catalog.expireLeases().map(\.id) == [job.id])
            #expect(try await store.catalog.job(job.id).state == .queued)
        }
    }

    @Test("What crashes again and again is given up in words, but not while each attempt gets further than the last")
    func crashes() async throws {
        try await withStore { store in
            let job = try await enqueue(store)
            for attempt in 1...12 {
                let claimed = try #require(try await claim(store), "attempt \(attempt)")
                // As after a kill: nobody said how it ended.
                if attempt <= 7 { try await store.catalog.restartAttempts(claimed.lease) }
                try await store.catalog.releaseAllLeases()
                if try await store.catalog.job(job.id).state.isFinal { break }
            }
            let row = try await store.catalog.job(job.id)
            #expect(row.state == .failed)
            #expect(row.attempts == row.maximumAttempts)
            #expect(row.failure?.code == "crashed")
            #expect(row.failure?.message.contains("5 times") == true)
            await #expect(throws: JobError.leaseLost(job.id)) {
                try await store.catalog.restartAttempts(JobLease(job: job.id, owner: "somebody else"))
            }
        }
    }

    @Test("A worker's death puts the job back until it was begun too often, and ends what was to stop anyway")
    func workerCrashes() async throws {
        try await withStore { store in
            let death = JobOutcome.crashed(ItemFailure(code: "engineDied", message: "It died."))
            let job = try await enqueue(store)
            for attempt in 1...4 {
                let claimed = try #require(try await claim(store))
                let row = try await store.catalog.finishJob(claimed.lease, death)
                #expect(row.state == .queued && row.attempts == attempt && row.failure == nil)
            }
            let last = try #require(try await claim(store))
            let row = try await store.catalog.finishJob(last.lease, death)
            #expect(row.id == job.id && row.state == .failed && row.finishedAt != nil)
            #expect(row.failure == ItemFailure(code: "engineDied", message: "It died. It was begun 5 times."))

            let other = try await enqueue(store)
            let stopped = try #require(try await claim(store))
            _ = try await store.catalog.cancelJob(other.id)
            #expect(try await store.catalog.finishJob(stopped.lease, death).state == .cancelled)
        }
    }

    @Test("Cancelling ends what waits, and tells what runs; a success that came meanwhile stays one")
    func cancelling() async throws {
        try await withStore { store in
            let waiting = try await enqueue(store)
            #expect(try await store.catalog.cancelJob(waiting.id).state == .cancelled)
            let running = try await enqueue(store)
            let claimed = try #require(try await claim(store))
            #expect(claimed.job.id == running.id)
            #expect(try await store.catalog.cancelJob(running.id).state == .cancelling)
            #expect(try await store.catalog.renewLease(claimed.lease, for: Self.lease) == .cancelling)
            #expect(try await store.catalog.finishJob(claimed.lease, .succeeded).state == .succeeded)
            #expect(try await store.catalog.cancelJob(running.id).state == .succeeded)

            let third = try await enqueue(store)
            let second = try #require(try await claim(store))
            _ = try await store.catalog.cancelJob(third.id)
            try await store.catalog.releaseAllLeases()
            #expect(try await store.catalog.job(second.job.id).state == .cancelled, "nobody works on it any more")
        }
    }

    @Test("Old jobs that are over go with their history, but for those that a model speaks of and those that wait")
    func oldJobs() async throws {
        try await withStore { store in
            let group = try await store.catalog.createGroup(named: "Orchard").id
            let model = try await store.catalog.createModel(
                NewModel(name: "fruit", kind: .genericDetector, parameters: "{}"), in: group
            ) { _ in NewJob(kind: "train", payload: "{}") }
            let trained = try #require(model.job)
            let old = try await enqueue(store)
            let waiting = try await enqueue(store)
            let new = try await enqueue(store)
            for job in [trained, old.id, new.id] { _ = try await store.catalog.cancelJob(job) }
            try await store.catalog.removeFinishedJobs(keepingNewest: 1)
            let left = try await store.catalog.jobs(in: nil, states: Set(JobState.allCases), before: nil, limit: 10)
            #expect(left.map(\.id) == [new.id, waiting.id, trained])
            await #expect(throws: StoreError.self) {
                _ = try await store.catalog.events(of: old.id, after: nil, limit: 1)
            }
        }
    }

    @Test("A payload that is not JSON is refused")
    func payload() async throws {
        try await withStore { store in
            await #expect(throws: StoreError.self) {
                _ = try await store.catalog.enqueue(NewJob(kind: "train", payload: "{"))
            }
            let jobs = try await store.catalog.jobs(in: nil, states: Set(JobState.allCases), before: nil, limit: 10)
            #expect(jobs.isEmpty)
        }
    }
}
