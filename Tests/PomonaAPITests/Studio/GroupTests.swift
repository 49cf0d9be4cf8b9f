import Testing

@Suite("Resource groups, jobs, keys and machine")
struct GroupTests {
    @Test("a group is made with its account, listed, and refused under a taken or impossible name")
    func making() async throws {
        try await withStudio { studio in
            let made = try await studio.post("/groups", ["name": "Vineyard", "storageAccount": "grapes"])
            #expect(made.status == 201)
            let id = try #require(made.id)
            #expect(made.json["state"].text == "ready")
            #expect(made.json["counts"]["photos"].number == 0)
            #expect(try await studio.get("/groups").json["items"].texts("name") == ["Orchard", "Vineyard"])
            #expect(try await studio.get("/groups?offset=1&limit=1").json["items"].texts("name") == ["Vineyard"])
            #expect(try await studio.get("/groups/\(id)/accounts").json["items"].texts("name") == ["grapes"])
            let taken = try await studio.post("/groups", ["name": "Vineyard"])
            #expect(taken.status == 409)
            #expect(taken.code == "nameTaken")
            #expect(taken.field == "name")
            let slash = try await studio.post("/groups", ["name": "a/b"])
            #expect(slash.status == 422)
            #expect(slash.code == "invalidName")
            let account = try await studio.post("/groups", ["name": "Third", "storageAccount": "grapes"])
            #expect(account.status == 409)
            #expect(account.field == "storageAccount")
            let bad = try await studio.post("/groups", ["name": "Fourth", "storageAccount": "Not Possible"])
            #expect(bad.status == 422)
            #expect(bad.field == "storageAccount")
            #expect(try await studio.get("/groups/g999").status == 404)
            #expect(try await studio.get("/groups/m1").status == 404)
        }
    }

    @Test("deleting asks for the name, says what goes, and queues a job")
    func deleting() async throws {
        try await withStudio { studio in
            let container = try await studio.container()
            _ = try await studio.dataset(in: container)
            let contents = try await studio.get("/groups/\(studio.group)/contents")
            #expect(contents.json["accounts"][0]["containers"][0]["blobCount"].number == 3)
            #expect(contents.json["datasets"].texts("name") == ["fruit"])
            #expect(contents.json["bytes"].number ?? 0 > 1_000)
            let wrong = try await studio.delete("/groups/\(studio.group)", ["name": "orchard"])
            #expect(wrong.status == 422)
            #expect(wrong.code == "nameDiffers")
            let right = try await studio.delete("/groups/\(studio.group)", ["name": "Orchard"])
            #expect(right.status == 202)
            #expect(right.json["job"]["kind"].text == "deletion")
            let deletion = try #require(right.json["job"]["id"].text)
            let refused = try await studio.post("/jobs/\(deletion):cancel")
            #expect(refused.status == 409 && refused.code == "deletionGoesOn", "\(refused)")
            #expect(try await studio.get("/groups/\(studio.group)").json["state"].text == "deleting")
            #expect(try await studio.post("/groups/\(studio.group)/accounts", ["name": "later"]).status == 409)
        }
    }

    @Test("the sample makes a group of its own and a job that can be cancelled")
    func sample() async throws {
        try await withStudio { studio in
            let begun = try await studio.post("/sample", ["name": "fruit-sample"])
            #expect(begun.status == 202)
            #expect(begun.json["group"]["isSample"].flag == true)
            let job = try #require(begun.json["job"]["id"].text)
            #expect(try await studio.get("/jobs?state=active").json["items"].texts("id") == [job])
            #expect(try await studio.get("/jobs?state=done").json["total"].number == 0)
            #expect(try await studio.get("/jobs?groupID=\(studio.group)").json["total"].number == 0)
            let cancelled = try await studio.post("/jobs/\(job):cancel")
            #expect(cancelled.status == 202)
            #expect(cancelled.json["state"].text == "cancelled")
            #expect(try await studio.get("/jobs/\(job)").json["state"].text == "cancelled")
            #expect(try await studio.get("/jobs?state=sometimes").status == 422)
        }
    }

    @Test("the keys of the Vision resource are shown, renewed one by one, and the model that answers is chosen")
    func keys() async throws {
        try await withStudio { studio in
            let before = try await studio.get("/groups/\(studio.group)/vision")
            #expect(before.header("Cache-Control") == "no-store")
            #expect(before.json["defaultModelID"].text == "common")
            let after = try await studio.post("/groups/\(studio.group)/vision/keys/key2:rotate")
            #expect(after.json["keys"][0]["value"] == before.json["keys"][0]["value"])
            #expect(after.json["keys"][1]["value"] != before.json["keys"][1]["value"])
            #expect(try await studio.post("/groups/\(studio.group)/vision/keys/key3:rotate").status == 404)
            let missing = try await studio.patch("/groups/\(studio.group)/vision", ["defaultModelID": "m99"])
            #expect(missing.status == 404)
            let builtIn = try await studio.patch("/groups/\(studio.group)/vision", ["defaultModelID": "common"])
            #expect(builtIn.json["defaultModelID"].text == "common")
        }
    }

    @Test("foundations, built-in models, the machine and the doctor")
    func machine() async throws {
        try await withStudio { studio in
            #expect(try await studio.get("/foundations").json["items"].texts("id") == ["orchard", "meadow"])
            let pull = try await studio.post("/foundations/meadow:pull")
            #expect(pull.status == 202)
            #expect(pull.json["job"]["title"].text == "Pull meadow")
            #expect(try await studio.post("/foundations/orchard:pull").status == 409)
            let builtIn = try await studio.get("/built-in-models")
            #expect(builtIn.json["items"][0]["isBuiltIn"].flag == true)
            let about = try await studio.get("/about")
            #expect(about.json["device"]["threads"].number == 2)
            #expect(about.json["endpoints"]["blob"].text == "http://127.0.0.1:10000")
            #expect(try await studio.get("/doctor").json["checks"][0]["state"].text == "warning")
        }
    }
}
