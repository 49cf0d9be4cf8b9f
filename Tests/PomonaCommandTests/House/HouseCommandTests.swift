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

    @Test(
        "Accounts, containers and blobs are listed and deleted by name, and a name that two containers have must say more"
    )
    func storage() async throws {
        let photos = try CommandPhotos(count: 3)
        defer { photos.remove() }
        let house = try await RunningHouse(data: photos.path("data"))
        defer { house.stop() }
        try house.must("group", "create", "fruit", "--storage-account", "first")
        try house.must("storage", "create", "second", "--group", "fruit")
        let listed = try house.must("storage", "list", "--group", "fruit").output
        #expect(listed.contains("first") && listed.contains("second"), "\(listed)")
        try house.must("storage", "create", "first", "--container", "photos", "--group", "fruit")
        let uploaded = try house.must(
            "storage", "upload", "photos", photos.path("images"), "--group", "fruit", "--json")
        let names = try #require(try uploaded.json["uploaded"] as? [[String: Any]]).compactMap { $0["name"] as? String }
        // In the order they were named, whichever was done first.
        #expect(names == ["photo-0.png", "photo-1.png", "photo-2.png"])
        #expect(try house.must("storage", "list", "photos", "--group", "fruit").output.contains("photo-1.png"))

        let again = try house.run("storage", "upload", "photos", photos.path("images"), "--group", "fruit")
        #expect(again.status != 0 && again.errors.contains("of 3 files were uploaded"), "\(again.errors)")
        let nowhere = try house.run("storage", "upload", "photos", photos.path("none.png"), "--group", "fruit")
        #expect(nowhere.status == 66 && nowhere.errors.contains("none.png"), "\(nowhere.errors)")
        try house.must("storage", "delete", "photos", "--blob", "photo-1.png", "--group", "fruit")
        let rest = try house.must("storage", "list", "photos", "--search", "photo", "--group", "fruit").output
        #expect(!rest.contains("photo-1.png") && rest.contains("photo-2.png"), "\(rest)")
        let missing = try house.run(
            "storage", "delete", "photos", "--blob", "photo-2.png", "--blob", "pear.png", "--group", "fruit")
        #expect(missing.status == 66 && missing.errors.contains("no blob named pear.png"), "\(missing.errors)")
        #expect(try house.must("storage", "list", "photos", "--group", "fruit").output.contains("photo-2.png"))

        try house.must("storage", "create", "second", "--container", "photos", "--group", "fruit")
        let unclear = try house.run("storage", "delete", "photos", "--yes", "--group", "fruit")
        #expect(unclear.status == 64 && unclear.errors.contains("second/photos"), "\(unclear.errors)")
        try house.must("storage", "delete", "second/photos", "--yes", "--group", "fruit")
        #expect(try house.must("storage", "list", "photos", "--group", "fruit").output.contains("photo-2.png"))
        let unasked = try house.run("storage", "delete", "--account", "first", "--group", "fruit")
        #expect(unasked.status == 64 && unasked.errors.contains("--yes"), "\(unasked.errors)")
        try house.must("storage", "delete", "--account", "first", "--yes", "--group", "fruit")
        let left = try house.must("storage", "list", "--group", "fruit").output
        #expect(!left.contains("first") && left.contains("second"), "\(left)")
        #expect(try house.must("verify", "--json").json["blobs"] as? Int == 0)
    }

    @Test("What was made of photos goes with them")
    func thumbnails() async throws {
        let photos = try CommandPhotos(count: 2)
        defer { photos.remove() }
        let house = try await RunningHouse(data: photos.path("data"))
        defer { house.stop() }
        func made() throws -> Int {
            let names = try FileManager.default.subpathsOfDirectory(atPath: house.data + "/derived")
            return names.count { $0.contains(".thumbnail-") }
        }
        let card = try house.card
        for group in ["fruit", "leaves"] {
            try house.must("group", "create", group, "--storage-account", group)
            try house.must("storage", "create", group, "--container", "photos", "--group", group)
            let name = group == "fruit" ? "photo-0.png" : "photo-1.png"
            let uploaded = try house.must(
                "storage", "upload", "photos", photos.path("images/\(name)"), "--group", group, "--json")
            let blob = try #require((try uploaded.json["uploaded"] as? [[String: Any]])?.first?["id"] as? String)
            let shown = try WebCall(
                "GET", "\(card["studio"] ?? "")/api/v1/blobs/\(blob)/thumbnail?side=256",
                headers: ["Cookie": "pomona_session=\(card["session"] ?? "")"])
            #expect(shown.status == 200, "\(shown)")
        }
        #expect(try made() == 2)
        try house.must("group", "delete", "fruit", "--yes")
        #expect(try made() == 1)
    }

    @Test("A group is shown by its name, jobs are listed by group, and errors are JSON where that is asked for")
    func groups() async throws {
        let photos = try CommandPhotos(count: 1)
        defer { photos.remove() }
        let house = try await RunningHouse(data: photos.path("data"))
        defer { house.stop() }
        for name in ["apple", "pear"] {
            try house.must("group", "create", name, "--storage-account", name + "store")
            try house.must("storage", "create", name + "store", "--container", "photos", "--group", name)
            try house.must("storage", "delete", "photos", "--yes", "--group", name)
        }
        let shown = try house.must("group", "show", "pear").output
        #expect(shown.hasPrefix("pear") && shown.contains("pearstore"), "\(shown)")
        #expect(try house.must("group", "show", "--group", "apple").output.hasPrefix("apple"))
        #expect(try house.run("group", "show", "pear", "--group", "apple").status == 64)

        func jobs(_ arguments: String...) throws -> Int {
            let outcome = try Programs.pomona(
                ["job", "list", "--json"] + arguments, environment: ["POMONA_DATA": house.data])
            let list = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8))
            return try #require(list as? [Any]).count
        }
        #expect(try jobs() == 2)
        #expect(try jobs("--group", "pear") == 1)

        let failed = try house.run("dataset", "show", "plums", "--group", "pear", "--json")
        #expect(failed.status == 66)
        let error = try #require(try failed.json["error"] as? [String: String])
        #expect(error["code"] == "missing" && error["message"]?.contains("plums") == true)
    }

    @Test("An import tells what the doctor found, refused or taken; a dataset is judged, mended, measured and exported")
    func doctor() async throws {
        let photos = try CommandPhotos(count: 4)
        defer { photos.remove() }
        let house = try await RunningHouse(data: photos.path("data"))
        defer { house.stop() }
        try house.must("group", "create", "fruit", "--storage-account", "fruitstore")
        for container in ["training", "evaluation"] {
            try house.must("storage", "create", "fruitstore", "--container", container, "--group", "fruit")
            try house.must("dataset", "create", container, "--container", container, "--group", "fruit")
        }
        try house.must("storage", "upload", "training", photos.path("images"), "--group", "fruit")
        try house.must("storage", "upload", "evaluation", photos.path("images/photo-0.png"), "--group", "fruit")

        let taken = try house.must("dataset", "import", "training", photos.path("labels.json"), "--group", "fruit")
            .output
        #expect(taken.contains("training has 4 labeled photos and 4 annotations."), "\(taken)")
        #expect(taken.contains("Photos: 4 found in the container, 0 missing"), "\(taken)")
        #expect(taken.contains("in the dataset evaluation) are the same"), "\(taken)")
        let refused = try house.run(
            "dataset", "import", "evaluation", photos.path("labels.json"), "--group", "fruit", "--json")
        #expect(refused.status != 0)
        let report = try #require(try refused.json["report"] as? [String: Any])
        #expect((report["photos"] as? [String: Any])?["missingCount"] as? Int == 3, "\(report)")
        let words = try house.run("dataset", "import", "evaluation", photos.path("labels.json"), "--group", "fruit")
        #expect(words.errors.contains("Photos: 1 found in the container, 3 missing"), "\(words.errors)")
        #expect(words.errors.contains("photo-3.png"), "\(words.errors)")

        let judged = try house.must("dataset", "report", "training", "--group", "fruit").output
        #expect(judged.contains("Pomona can use this file."), "\(judged)")
        #expect(
            try house.must("dataset", "repair", "training", "--group", "fruit").output.contains("Nothing was to be"))
        let figures = try house.must("dataset", "statistics", "training", "--group", "fruit").output
        #expect(figures.contains("96 x 64: 4 photos"), "\(figures)")
        let file = photos.path("exported.json")
        let exported = try house.must(
            "dataset", "export", "training", "--output", file, "--group", "fruit", "--json")
        #expect(try exported.json["bytes"] as? Int == FileManager.default.contents(atPath: file)?.count)
        let coco = try JSONSerialization.jsonObject(with: Data(contentsOf: URL(fileURLWithPath: file)))
        #expect(((coco as? [String: Any])?["annotations"] as? [Any])?.count == 4)
        let nowhere = try house.run(
            "dataset", "export", "training", "--output", photos.path("none/exported.json"), "--group", "fruit")
        #expect(nowhere.status != 0 && nowhere.errors.contains("does not exist"), "\(nowhere.errors)")
    }
}
