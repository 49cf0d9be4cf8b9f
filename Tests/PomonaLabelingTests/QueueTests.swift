import Foundation
import PomonaCore
import PomonaLabeling
import PomonaStore
import Testing

@Suite("The queue") struct QueueTests {
    @Test("Photos are numbered from 1 in an order that follows from the seed, and are no copy of the names' order")
    func shuffled() async throws {
        try await withProject(photos: 20) { test in
            let names = try await test.tasks().map(\.name)
            #expect(try await test.tasks().map(\.number) == Array(1...20))
            #expect(names != names.sorted())
            let again = try await test.service.createProject(
                NewProject(name: "again", dataset: test.dataset.id, seed: 7))
            #expect(try await test.catalog.tasks(in: again.id).tasks.map(\.name) == names)
            let other = try await test.service.createProject(
                NewProject(name: "other", dataset: test.dataset.id, seed: 8))
            #expect(try await test.catalog.tasks(in: other.id).tasks.map(\.name) != names)
        }
    }

    @Test("A photo is handed to one person at a time, and to the next one after ten minutes")
    func leases() async throws {
        let clock = TestClock()
        try await withProject(photos: 3, clock: clock.clock) { test in
            let guest = try await test.guest()
            let mine = try await test.catalog.nextTasks(2, for: test.owner.id, holding: [], in: test.id)
            #expect(mine.tasks.map(\.number) == [1, 2])
            #expect(mine.remaining == 3)
            #expect(mine.total == 3)
            let theirs = try await test.catalog.nextTasks(3, for: guest.id, holding: [], in: test.id)
            #expect(theirs.tasks.map(\.number) == [3])
            #expect(theirs.isHeldByOthers)
            await #expect(throws: LabelingError.self) {
                try await test.catalog.leaseTask(mine.tasks[0].id, to: guest.id, in: test.id)
            }
            clock.advance(seconds: 601)
            let later = try await test.catalog.nextTasks(
                3, for: guest.id, holding: theirs.tasks.map(\.id), in: test.id)
            #expect(later.tasks.map(\.number) == [1, 2])
        }
    }

    @Test("Asking for none renews what is held, and so does a save")
    func renewal() async throws {
        let clock = TestClock()
        try await withProject(photos: 2, clock: clock.clock) { test in
            let guest = try await test.guest()
            let mine = try await test.catalog.nextTasks(2, for: test.owner.id, holding: [], in: test.id).tasks
            clock.advance(seconds: 500)
            _ = try await test.catalog.nextTasks(0, for: test.owner.id, holding: [mine[0].id], in: test.id)
            _ = try await test.service.save(
                [test.apple()], to: mine[1].id, in: test.id, test.change(.saved, base: mine[1].revision))
            clock.advance(seconds: 300)
            let theirs = try await test.catalog.nextTasks(2, for: guest.id, holding: [], in: test.id)
            #expect(theirs.tasks.isEmpty)
        }
    }

    @Test("What is given back is handed out again; giving back what is somebody else's changes nothing")
    func release() async throws {
        try await withProject(photos: 1) { test in
            let guest = try await test.guest()
            let task = try #require(
                try await test.catalog.nextTasks(1, for: test.owner.id, holding: [], in: test.id).tasks.first)
            try await test.catalog.releaseTask(task.id, of: guest.id)
            #expect(try await test.catalog.nextTasks(1, for: guest.id, holding: [], in: test.id).tasks.isEmpty)
            try await test.catalog.releaseTask(task.id, of: test.owner.id)
            #expect(try await test.catalog.nextTasks(1, for: guest.id, holding: [], in: test.id).tasks.count == 1)
        }
    }

    @Test("A project that is not running hands nothing out, and one without categories does not start")
    func startAndPause() async throws {
        try await withProject(photos: 1) { test in
            _ = try await test.service.pause(test.id)
            let none = try await test.catalog.nextTasks(1, for: test.owner.id, holding: [], in: test.id)
            #expect(none.tasks.isEmpty)
            #expect(none.remaining == 1)
            let empty = try await test.service.createProject(NewProject(name: "empty", dataset: test.dataset.id))
            let error = await #expect(throws: LabelingError.self) { try await test.service.start(empty.id) }
            #expect(error?.code == "categoriesMissing")
            #expect(try await test.catalog.project(empty.id).state == .created)
        }
    }

    @Test("Twenty people at once never get one photo twice")
    func twentyLabelers() async throws {
        try await withProject(photos: 40) { test in
            var people: [PersonName] = []
            for _ in 0..<20 { people.append(try await test.guest()) }
            let given = try await withThrowingTaskGroup(of: [LabelingTask.ID].self) { group in
                for person in people {
                    group.addTask {
                        var mine: [LabelingTask.ID] = []
                        for _ in 0..<3 {
                            mine += try await test.catalog.nextTasks(
                                1, for: person.id, holding: mine, in: test.id
                            ).tasks.map(\.id)
                        }
                        return mine
                    }
                }
                return try await group.reduce(into: []) { $0 += $1 }
            }
            #expect(given.count == 40)
            #expect(Set(given).count == 40)
        }
    }

    @Test(
        "New photos of the container join behind the others; those that go are left out, and come back with their labels"
    )
    func joining() async throws {
        try await withProject(photos: 3) { test in
            try await test.submit(1)
            let labeled = try #require(try await test.tasks().first { $0.state == .submitted })
            let address = BlobAddress(container: test.container, name: labeled.name)
            try await test.store.blobs.put(BlobAddress(container: test.container, name: "new.jpg"), TestProject.photo)
            try await test.store.blobs.put(
                BlobAddress(container: test.container, name: "broken.jpg"), Array("no photo".utf8))
            try await test.store.blobs.deleteBlob(address, conditions: .none)
            let changes = try await test.service.takePhotos(into: try await test.project())
            #expect(changes.added == 1)
            #expect(changes.gone == 1)
            #expect(try await test.tasks().map(\.name).contains("new.jpg"))
            #expect(try await test.tasks().last?.name == "new.jpg")
            #expect(try await test.catalog.taskCounts(of: test.id).total == 3)
            try await test.store.blobs.put(address, TestProject.photo)
            let back = try await test.service.takePhotos(into: try await test.project())
            #expect(back.returned == 1)
            #expect(back.replaced == 0)
            let task = try await test.catalog.task(labeled.id, in: test.id)
            #expect(task.annotations.count == 1)
            #expect(task.state == .submitted)
        }
    }
}
