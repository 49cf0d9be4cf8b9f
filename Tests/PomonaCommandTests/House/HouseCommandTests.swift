import Foundation
import Testing

@Suite("Commands of the house", .serialized)
struct HouseCommandTests {
    /// Runs a command on a data folder, without a server: each opens the folder by itself.
    private func run(_ data: String, _ arguments: String...) throws -> Programs.Outcome {
        let isOfAGroup = !["group", "verify", "backup", "restore"].contains(arguments[0])
        let outcome = try Programs.pomona(
            arguments + (isOfAGroup ? ["--group", "fruit"] : []) + ["--data", data, "--json"])
        try #require(outcome.status == 0, "\(arguments.joined(separator: " ")): \(outcome.errors)")
        return outcome
    }

    @Test("A script uploads photos, labels them, exports the labels, and backs all of it up and brings it back")
    func labels() throws {
        let photos = try CommandPhotos(count: 4)
        defer { photos.remove() }
        let data = photos.path("data")
        _ = try run(data, "group", "create", "fruit", "--storage-account", "fruitstore")
        _ = try run(data, "storage", "create", "fruitstore", "--container", "photos")
        _ = try run(data, "storage", "upload", "photos", photos.path("images"))
        _ = try run(data, "dataset", "create", "squares", "--container", "photos")
        _ = try run(
            data, "label", "create", "work", "--dataset", "squares", "--category", "red", "--category", "green",
            "--start")
        _ = try run(data, "label", "category", "rename", "work", "green", "leaf")
        _ = try run(
            data, "label", "submit", "work", "photo-0.png", "--label", "red:4,16,32,32", "--label", "leaf:40,16,20,20")
        _ = try run(data, "label", "submit", "work", "photo-1.png")
        _ = try run(data, "label", "skip", "work", "photo-2.png")
        let shown = try run(data, "label", "show", "work").json
        let counts = try #require((shown["project"] as? [String: Any])?["counts"] as? [String: Any])
        #expect(counts["submitted"] as? Int == 2 && counts["skipped"] as? Int == 1 && counts["total"] as? Int == 4)
        _ = try run(data, "label", "review", "work", "approve", "photo-0.png")
        let exported = try run(data, "label", "export", "work", "--name", "training-labels").json
        let file = try #require(exported["file"] as? [String: Any])
        #expect(file["annotationCount"] as? Int == 2 && file["imageCount"] as? Int == 2)
        let dataset = try run(data, "dataset", "show", "squares").json
        #expect(dataset["annotationCount"] as? Int == 2)

        let wrong = try Programs.pomona([
            "label", "submit", "work", "photo-3.png", "--label", "pear:1,2,3,4", "--group", "fruit", "--data", data,
        ])
        #expect(wrong.status == 66 && wrong.errors.contains("no label category named pear"), "\(wrong.errors)")
        let misspelled = try Programs.pomona([
            "label", "submit", "work", "photo-3.png", "--label", "red:1,2,3", "--group", "fruit", "--data", data,
        ])
        #expect(misspelled.status == 64 && misspelled.errors.contains("TAG:X,Y,WIDTH,HEIGHT"), "\(misspelled.errors)")

        #expect(try run(data, "verify").json["blobs"] as? Int == 5)
        let backup = photos.path("backup.tar")
        _ = try run(data, "backup", backup)
        let again = photos.path("again")
        _ = try run(again, "restore", backup)
        #expect(try run(again, "dataset", "show", "squares").json["annotationCount"] as? Int == 2)
        let twice = try Programs.pomona(["restore", backup, "--data", again])
        #expect(twice.status != 0 && twice.errors.contains("already"), "\(twice.errors)")
    }
}
