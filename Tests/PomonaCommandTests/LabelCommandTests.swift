import Foundation
import Testing

@Suite("Labeling by commands", .serialized)
struct LabelCommandTests {
    /// A server with photos in a labeling project named work.
    private struct Bench {
        let photos: CommandPhotos
        private let house: RunningHouse

        init(photos count: Int) async throws {
            photos = try CommandPhotos(count: count)
            house = try await RunningHouse(data: photos.path("data"))
            try house.must("group", "create", "fruit", "--storage-account", "fruitstore")
            try run("storage", "create", "fruitstore", "--container", "photos")
            try run("storage", "upload", "photos", photos.path("images"))
            try run("dataset", "create", "squares", "--container", "photos")
            try run(
                "label", "create", "work", "--dataset", "squares", "--category", "red", "--category", "green",
                "--start")
        }

        func close() {
            house.stop()
            photos.remove()
        }

        private func outcome(_ arguments: [String]) throws -> Programs.Outcome {
            try Programs.pomona(arguments + ["--group", "fruit", "--data", house.data, "--json"])
        }

        private func answer(_ arguments: [String]) throws -> Any {
            let outcome = try outcome(arguments)
            try #require(outcome.status == 0, "\(arguments.joined(separator: " ")): \(outcome.errors)")
            return try JSONSerialization.jsonObject(with: Data(outcome.output.utf8), options: .fragmentsAllowed)
        }

        func run(_ arguments: String...) throws { _ = try answer(arguments) }

        func object(_ arguments: String...) throws -> [String: Any] {
            try #require(try answer(arguments) as? [String: Any])
        }

        func list(_ arguments: String...) throws -> [[String: Any]] {
            try #require(try answer(arguments) as? [[String: Any]])
        }

        func refused(_ arguments: String...) throws -> Programs.Outcome { try outcome(arguments) }
    }

    @Test("Settings, instructions, categories and people of a project are changed")
    func project() async throws {
        let bench = try await Bench(photos: 2)
        defer { bench.close() }
        let rules = bench.photos.path("rules.md")
        try Data("# Rules\n".utf8).write(to: URL(filePath: rules))
        let project = try bench.object(
            "label", "set", "work", "--name", "squares", "--instructions", rules, "--automatic", "off", "--order",
            "teaches", "--most-labelers", "2", "--again-after", "7", "--foundation", "best")
        #expect(project["name"] as? String == "squares" && project["instructions"] as? String == "# Rules\n")
        let settings = try #require(project["settings"] as? [String: Any])
        #expect(settings["automatic"] as? Bool == false && settings["preLabels"] as? Bool == true)
        #expect(settings["order"] as? String == "teaches" && settings["maximumLabelers"] as? Int == 2)
        #expect(settings["nextExperimentAfter"] as? Int == 7 && settings["firstExperimentAfter"] as? Int == 12)
        #expect(try bench.refused("label", "set", "squares").status == 64)
        #expect(
            try bench.refused("label", "set", "squares", "--least-labelers", "3").errors.contains("minimumLabelers"))

        try bench.run("label", "category", "set", "squares", "green", "--color", "#00AA00", "--hotkey", "g")
        let ordered = try bench.object("label", "category", "order", "squares", "green")
        let categories = try #require(ordered["categories"] as? [[String: Any]])
        #expect(categories.map { $0["name"] as? String } == ["green", "red"])
        #expect(categories[0]["color"] as? String == "#00aa00" && categories[0]["hotkey"] as? String == "g")

        let invitation = try bench.object("label", "people", "invite", "squares", "--role", "reviewer")
        #expect((invitation["link"] as? String)?.contains("/sign-in?token=") == true)
        let people = try bench.list("label", "people", "list", "squares")
        #expect(people.map { $0["role"] as? String } == ["owner", "reviewer"])
        let id = try #require(invitation["invitationID"] as? String)
        try bench.run("label", "people", "take-back", "squares", id)
        #expect(try bench.list("label", "people", "list", "squares").count == 1)
        let nobody = try bench.refused("label", "people", "role", "squares", "nobody", "labeler")
        #expect(nobody.status == 66 && nobody.errors.contains("nobody"), "\(nobody.errors)")
        #expect(try bench.list("label", "experiments", "list", "squares").isEmpty)
    }

    @Test("Photos are handed out, saved, gone back on, filtered, left out and put back")
    func photos() async throws {
        let bench = try await Bench(photos: 3)
        defer { bench.close() }
        let next = try bench.object("label", "next", "work", "--count", "2")
        let handed = try #require(next["tasks"] as? [[String: Any]])
        #expect(handed.count == 2 && next["remaining"] as? Int == 3)
        #expect(handed.allSatisfy { $0["lease"] != nil })
        let first = try #require((handed[0]["photo"] as? [String: Any])?["name"] as? String)
        let second = try #require((handed[1]["photo"] as? [String: Any])?["name"] as? String)
        try bench.run("label", "release", "work", second)
        try bench.run("label", "save", "work", first, "--label", "red:4,16,32,32", "--label", "green:40,16,20,20")
        let submitted = try bench.object("label", "submit", "work", first, "--label", "red:4,16,32,32")
        #expect(submitted["state"] as? String == "submitted")
        let history = try bench.list("label", "history", "work", first)
        #expect(history.map { $0["action"] as? String } == ["submitted", "saved"])
        #expect(history.map { $0["revision"] as? Int } == [2, 1])
        let restored = try bench.object("label", "restore", "work", first, "1")
        #expect((restored["annotations"] as? [Any])?.count == 2 && restored["state"] as? String == "submitted")

        #expect(try bench.list("label", "tasks", "work", "--tag", "green").count == 1)
        #expect(try bench.list("label", "tasks", "work", "--state", "submitted", "--search", "photo-9").isEmpty)
        let owner = try #require(try bench.list("label", "people", "list", "work").first?["personID"] as? String)
        #expect(try bench.list("label", "tasks", "work", "--labeler", owner).count == 1)
        #expect(try bench.list("label", "tasks", "work", "--sort", "newest").count == 3)

        try bench.run("label", "skip", "work", second)
        #expect(try bench.object("label", "review", "work", "accept")["changed"] as? Int == 1)
        #expect(try bench.list("label", "tasks", "work").count == 2)
        #expect(try bench.list("label", "tasks", "work", "--left-out").count == 1)
        #expect(try bench.object("label", "review", "work", "return", "--left-out")["changed"] as? Int == 1)
        #expect(try bench.list("label", "tasks", "work").count == 3)
        #expect(try bench.object("label", "review", "work", "approve", "--tag", "green")["changed"] as? Int == 1)
        #expect(try bench.refused("label", "review", "work", "approve", first, "--tag", "green").status == 64)
    }

    @Test("Labels are written into files in every form, and a deleted project comes back from the trash")
    func filesAndTrash() async throws {
        let bench = try await Bench(photos: 2)
        defer { bench.close() }
        try bench.run("label", "submit", "work", "photo-0.png", "--label", "red:4,16,32,32")
        try bench.run("label", "submit", "work", "photo-1.png", "--label", "green:4,16,32,32")
        try bench.run("label", "review", "work", "approve", "photo-0.png")
        for (format, name, start) in [
            ("csv", "labels.csv", [UInt8]()), ("yolo", "labels.zip", Array("PK".utf8)),
            ("voc", "voc.zip", Array("PK".utf8)),
        ] {
            let file = bench.photos.path(name)
            let answer = try bench.object("label", "export", "work", "--format", format, "--output", file)
            let bytes = try [UInt8](Data(contentsOf: URL(filePath: file)))
            #expect(answer["bytes"] as? Int == bytes.count && bytes.starts(with: start) && !bytes.isEmpty)
        }
        let file = bench.photos.path("approved.json")
        try bench.run("label", "export", "work", "--approved", "--output", file)
        let coco = try #require(
            JSONSerialization.jsonObject(with: Data(contentsOf: URL(filePath: file))) as? [String: Any])
        #expect((coco["images"] as? [Any])?.count == 1 && (coco["annotations"] as? [Any])?.count == 1)
        #expect(try bench.refused("label", "export", "work", "--format", "voc").status == 64)

        try bench.run("label", "delete", "work")
        #expect(try bench.list("label", "list").isEmpty)
        #expect(try bench.list("label", "trash", "list").map { $0["name"] as? String } == ["work"])
        #expect(try bench.refused("label", "trash", "delete", "work").status == 64)
        try bench.run("label", "trash", "restore", "work")
        #expect(try bench.list("label", "tasks", "work", "--state", "approved").count == 1)
        try bench.run("label", "delete", "work")
        try bench.run("label", "trash", "delete", "work", "--yes")
        #expect(try bench.list("label", "trash", "list").isEmpty)
    }
}
