import Foundation
import NIOHTTP1
import PomonaStore
import Testing

/// A project over three photos, with the categories apple and banana; running.
private struct LabelingHouse {
    let studio: StudioServer
    let container: String
    let dataset: String
    let path: String
    let categories: [String]

    func box(_ id: String = UUID().uuidString, category: Int = 0) -> TestJSON {
        [
            "id": .text(id), "categoryID": .text(categories[category]),
            "box": ["xMin": 10, "yMin": 10, "xMax": 40, "yMax": 30],
        ]
    }

    func edit(_ name: String = UUID().uuidString, base: Int, _ boxes: [TestJSON]) -> TestJSON {
        ["edit": .text(name), "baseRevision": .number(Double(base)), "annotations": .list(boxes), "seconds": 4]
    }

    func put(_ path: String, _ json: TestJSON) async throws -> StudioAnswer {
        try await studio.send(
            .PUT, "/api/v1" + path, body: json.bytes, headers: ["Content-Type": "application/json"])
    }

    func next(_ count: Int = 1) async throws -> TestJSON {
        try await studio.post(path + "/tasks:next", ["count": .number(Double(count)), "holding": []]).json
    }

    /// Submits so many photos of the queue with one box each.
    func submit(_ count: Int) async throws {
        for task in try await next(count)["tasks"].items {
            let id = task["id"].text ?? ""
            let answer = try await studio.post(path + "/tasks/\(id):submit", edit(base: 0, [box()]))
            #expect(answer.status == 200, "\(answer)")
        }
    }
}

private func withLabeling(_ body: @escaping @Sendable (LabelingHouse) async throws -> Void) async throws {
    try await withStudio { studio in
        let container = try await studio.container()
        let dataset = try await studio.dataset(in: container)
        let made = try await studio.post("/datasets/\(dataset)/projects", ["name": "label fruit"])
        #expect(made.status == 201, "\(made)")
        let path = "/projects/\(try #require(made.id))"
        #expect(try await studio.post(path + ":start").code == "categoriesMissing")
        for name in ["apple", "banana"] {
            let answer = try await studio.post(path + "/categories", ["name": .text(name)])
            #expect(answer.status == 201, "\(answer)")
        }
        let started = try await studio.post(path + ":start")
        #expect(started.json["state"].text == "running")
        try await body(
            LabelingHouse(
                studio: studio, container: container, dataset: dataset, path: path,
                categories: started.json["categories"].texts("id")))
    }
}

@Suite("Labeling over HTTP") struct LabelingRouteTests {
    @Test("A photo is handed out, saved, submitted, and the same edit answers again")
    func submit() async throws {
        try await withLabeling { house in
            let handout = try await house.next(2)
            #expect(handout["remaining"].number == 3)
            #expect(handout["total"].number == 3)
            let task = handout["tasks"][0]
            let id = try #require(task["id"].text)
            #expect(task["number"].number == 1)
            #expect(task["photo"]["width"].number == 80)
            #expect(task["lease"]["name"].text == "Owner")
            let path = house.path + "/tasks/\(id)"
            let saved = try await house.put(path + "/annotations", house.edit("one", base: 0, [house.box("a")]))
            #expect(saved.json["revision"].number == 1)
            let again = try await house.put(path + "/annotations", house.edit("one", base: 0, []))
            #expect(again.json == saved.json)
            let submitted = try await house.studio.post(path + ":submit", house.edit(base: 1, [house.box("a")]))
            #expect(submitted.json["state"].text == "submitted")
            #expect(submitted.json["annotations"].items.count == 1)
            let history = try await house.studio.get(path + "/history")
            #expect(history.json["items"].texts("action") == ["submitted", "saved"])
            let restored = try await house.studio.post(path + ":restore", ["edit": "r", "revision": 1])
            #expect(restored.json["revision"].number == 3)
            #expect(try await house.next(3)["remaining"].number == 2)
        }
    }

    @Test("An old revision is a conflict with the photo as it is, a photo of somebody else's is held")
    func conflicts() async throws {
        try await withLabeling { house in
            let id = try #require(try await house.next()["tasks"][0]["id"].text)
            let path = house.path + "/tasks/\(id)"
            _ = try await house.put(path + "/annotations", house.edit(base: 0, [house.box()]))
            let conflict = try await house.put(path + "/annotations", house.edit(base: 0, []))
            #expect(conflict.status == 409)
            #expect(conflict.code == "conflict")
            #expect(conflict.json["task"]["revision"].number == 1)
            #expect(conflict.json["task"]["annotations"].items.count == 1)
            let bad = try await house.put(
                path + "/annotations",
                house.edit(
                    base: 1,
                    [
                        [
                            "id": "a", "categoryID": .text(house.categories[0]),
                            "box": ["xMin": 0, "yMin": 0, "xMax": 500, "yMax": 10],
                        ]
                    ]))
            #expect(bad.status == 422)
            #expect(bad.field == "annotations.0.box")
            let guest = try await guest(of: house, role: "labeler")
            let held = try await guest.post(path + ":lease")
            #expect(held.code == "held")
            #expect(held.json["lease"]["name"].text == "Owner")
            #expect(try await guest.post(path + ":release").status == 204)
            #expect(try await house.studio.post(path + ":release").status == 204)
            #expect(try await guest.post(path + ":lease").status == 200)
        }
    }

    @Test("Labelers label and see no figures; reviewers review; only owners change the project")
    func roles() async throws {
        try await withLabeling { house in
            try await house.submit(1)
            let labeler = try await guest(of: house, role: "labeler")
            #expect(try await labeler.get(house.path).json["role"].text == "labeler")
            #expect(try await labeler.post(house.path + "/tasks:next", ["count": 1]).status == 200)
            #expect(try await labeler.get(house.path + "/dashboard").status == 403)
            let review: TestJSON = ["edit": "e", "verdict": "approve", "filter": ["state": ["submitted"]]]
            #expect(try await labeler.post(house.path + "/tasks:review", review).status == 403)
            let reviewer = try await guest(of: house, role: "reviewer")
            #expect(try await reviewer.post(house.path + "/tasks:review", review).json["changed"].number == 1)
            #expect(try await reviewer.post(house.path + ":pause").status == 403)
            let people = try await house.studio.get(house.path + "/people").json["items"]
            #expect(people.texts("role") == ["owner", "labeler", "reviewer"])
            let person = try #require(people[1]["personID"].text)
            #expect(try await house.studio.delete(house.path + "/people/\(person)").status == 204)
            #expect(try await labeler.get(house.path).status == 404)
        }
    }

    @Test("In a paused project a labeler saves, but neither submits nor skips")
    func paused() async throws {
        try await withLabeling { house in
            let id = try #require(try await house.next()["tasks"][0]["id"].text)
            let path = house.path + "/tasks/\(id)"
            let labeler = try await guest(of: house, role: "labeler")
            #expect(try await house.studio.post(house.path + ":pause").status == 200)
            let edit = house.edit(base: 0, [house.box()])
            let refused = try await labeler.post(path + ":submit", edit)
            #expect(refused.status == 409)
            #expect(refused.code == "notRunning")
            #expect(try await labeler.post(path + ":skip", ["edit": "s", "baseRevision": 0]).code == "notRunning")
            let saved = try await labeler.send(
                .PUT, "/api/v1" + path + "/annotations", body: edit.bytes,
                headers: ["Content-Type": "application/json"])
            #expect(saved.status == 200, "\(saved)")
            let owner = try await house.studio.post(path + ":submit", house.edit(base: 1, [house.box()]))
            #expect(owner.json["state"].text == "submitted")
        }
    }

    @Test("Dismissed suggestions are listed apart, until a save says that they are open again")
    func dismissedSuggestions() async throws {
        try await withLabeling { house in
            let photo = try await house.next()["tasks"][0]
            let (id, name) = (try #require(photo["id"].text), try #require(photo["photo"]["name"].text))
            let coco = """
                {"images": [{"id": 1, "file_name": "\(name)", "width": 80, "height": 60}],
                 "categories": [{"id": 1, "name": "apple"}],
                 "annotations": [
                    {"id": 1, "image_id": 1, "category_id": 1, "bbox": [5, 5, 20, 20], "area": 400, "iscrowd": 0},
                    {"id": 2, "image_id": 1, "category_id": 1, "bbox": [30, 5, 20, 20], "area": 400, "iscrowd": 0}]}
                """
            let imported = try await house.studio.send(
                .POST, "/api/v1" + house.path + "/imports?format=coco&as=suggestions", body: Array(coco.utf8),
                headers: ["X-Pomona-Name": "labels.json"])
            #expect(imported.json["photos"].number == 1, "\(imported)")
            let path = house.path + "/tasks/\(id)"
            let before = try await house.studio.get(path).json
            #expect(before["suggestionCount"].number == 2)
            #expect(before["dismissed"] == .null)
            let ids = before["suggestions"].texts("id")
            let base = try #require(before["revision"].number)
            _ = try await house.put(
                path + "/annotations",
                [
                    "edit": "d", "baseRevision": .number(base), "annotations": [],
                    "dismissed": .list(ids.prefix(1).map { .text($0) }),
                ])
            let after = try await house.studio.get(path).json
            #expect(after["suggestions"].texts("id") == Array(ids.dropFirst()))
            #expect(after["dismissed"].texts("id") == Array(ids.prefix(1)))
            #expect(after["suggestionCount"].number == 1)
            _ = try await house.put(
                path + "/annotations",
                ["edit": "u", "baseRevision": .number(base + 1), "annotations": [], "dismissed": []])
            #expect(try await house.studio.get(path).json["suggestions"].texts("id") == ids)
        }
    }

    @Test("Review by ids and by filter says what was refused; rejected photos come back with the words")
    func review() async throws {
        try await withLabeling { house in
            try await house.submit(2)
            let ids = try await house.studio.get(house.path + "/tasks").json["items"].texts("id")
            let answer = try await house.studio.post(
                house.path + "/tasks:review",
                ["edit": "a", "verdict": "approve", "taskIDs": .list(ids.map { .text($0) })])
            #expect(answer.json["changed"].number == 2)
            #expect(answer.json["refused"].items.count == 1)
            let rejected = try await house.studio.post(
                house.path + "/tasks:review",
                ["edit": "b", "verdict": "reject", "words": "look again", "taskIDs": [.text(ids[0])]])
            #expect(rejected.json["changed"].number == 1)
            let task = try await house.studio.get(house.path + "/tasks/\(ids[0])").json
            #expect(task["review"]["words"].text == "look again")
            #expect(task["state"].text == "rejected")
            #expect(try await house.next()["tasks"][0]["id"].text == ids[0])
        }
    }

    @Test("Categories are changed, merged and deleted with a choice; settings are checked")
    func project() async throws {
        try await withLabeling { house in
            try await house.submit(1)
            let studio = house.studio
            let first = house.path + "/categories/\(house.categories[0])"
            #expect(try await studio.post(house.path + "/categories", ["name": "apple"]).code == "nameTaken")
            #expect(try await studio.patch(first, ["name": "Apple", "hotkey": "q"]).status == 200)
            let taken = try await studio.patch(
                house.path + "/categories/\(house.categories[1])", ["hotkey": "q"])
            #expect(taken.code == "hotkeyTaken")
            #expect(try await studio.delete(first).code == "choiceNeeded")
            let merged = try await studio.post(first + ":merge", ["into": .text(house.categories[1])])
            #expect(merged.json["categories"].texts("name") == ["banana"])
            #expect(merged.json["categories"][0]["boxCount"].number == 1)
            let revision = try #require(merged.json["revision"].number)
            let wrong = try await studio.patch(
                house.path, ["revision": .number(revision), "settings": ["minimumLabelers": 3, "maximumLabelers": 2]])
            #expect(wrong.field == "settings.maximumLabelers")
            let path = studio.store.folder.url.path
            let elsewhere = try await studio.patch(house.path, ["settings": ["foundationID": .text(path)]])
            #expect(elsewhere.field == "settings.foundationID")
            #expect(elsewhere.status == 422)
            let changed = try await studio.patch(
                house.path, ["revision": .number(revision), "settings": ["order": "confirms"], "instructions": "Look."])
            #expect(changed.json["settings"]["order"].text == "confirms")
            #expect(changed.json["instructions"].text == "Look.")
            #expect(
                try await studio.patch(house.path, ["revision": .number(revision), "name": "x"]).code == "conflict")
        }
    }

    @Test("An export lies on the dataset, a download is a file, and an import counts as submitted")
    func exchange() async throws {
        try await withLabeling { house in
            let studio = house.studio
            let export: TestJSON = ["format": "coco", "name": "training-labels", "destination": "container"]
            #expect(try await studio.post(house.path + "/exports", export).code == "notEnoughLabels")
            try await house.submit(2)
            let made = try await studio.post(house.path + "/exports", export)
            #expect(made.status == 201, "\(made)")
            #expect(made.json["blob"]["name"].text == "training-labels.json")
            #expect(try await studio.post(house.path + "/exports", export).code == "blobAlreadyExists")
            let files = try await studio.get("/datasets/\(house.dataset)").json["cocoFiles"]
            #expect(files.texts("source") == ["project"])
            // Photos that were skipped have no boxes, so a dataset cannot use them.
            let skipped = try await house.next()
            _ = try await studio.post(
                house.path + "/tasks/\(try #require(skipped["tasks"][0]["id"].text)):skip",
                house.edit(base: 0, []))
            let blob = try #require(made.json["blob"]["id"].text)
            let bytes = try await studio.get("/blobs/\(blob)/content").bytes
            let refused = try await studio.post(
                house.path + "/exports",
                [
                    "format": "coco", "name": "training-labels", "destination": "container", "replace": true,
                    "states": ["skipped"],
                ])
            #expect(refused.status == 422, "\(refused)")
            #expect(try await studio.get("/blobs/\(blob)/content").bytes == bytes)
            let zip = try await studio.post(
                house.path + "/exports", ["format": "yolo", "name": "labels", "destination": "download"])
            let url = try #require(zip.json["url"].text)
            let file = try await studio.send(.GET, url)
            #expect(file.header("Content-Type") == "application/zip")
            #expect(file.header("Content-Disposition")?.contains("labels.zip") == true)
            let other = try await studio.post("/datasets/\(house.dataset)/projects", ["name": "other"])
            let back = try await studio.send(
                .POST, "/api/v1/projects/\(try #require(other.id))/imports?format=yolo&as=labels", body: file.bytes,
                headers: ["X-Pomona-Name": "labels.zip"])
            #expect(back.json["photos"].number == 2, "\(back)")
            #expect(back.json["categoriesAdded"].items.count == 1)
            let bad = try await studio.send(
                .POST, "/api/v1" + house.path + "/imports?format=coco&as=labels", body: Array("nonsense".utf8),
                headers: ["X-Pomona-Name": "labels.json"])
            #expect(bad.status == 422)
            #expect(bad.code == "importUnreadable")
        }
    }

    @Test("A deleted project is in the trash and comes back; without the typed name it stays")
    func trash() async throws {
        try await withLabeling { house in
            let studio = house.studio
            #expect(try await studio.delete(house.path, ["name": "label"]).code == "nameDiffers")
            #expect(try await studio.delete(house.path, ["name": "label fruit"]).status == 204)
            #expect(try await studio.get(house.path).status == 404)
            let trash = try await studio.get("/groups/\(studio.group)/trash").json["items"]
            #expect(trash.texts("kind") == ["project"])
            let id = try #require(trash[0]["id"].text)
            #expect(try await studio.post("/trash/\(id):restore").json["kind"].text == "project")
            #expect(try await studio.get(house.path).status == 200)
        }
    }

    @Test("Experiments need labels, run one at a time, and can be cancelled")
    func experiments() async throws {
        try await withLabeling { house in
            let path = house.path + "/experiments"
            #expect(try await house.studio.post(path).code == "notEnoughLabels")
            try await house.submit(2)
            let started = try await house.studio.post(path)
            #expect(started.status == 202, "\(started)")
            #expect(started.json["items"].texts("kind") == ["training", "inference"])
            #expect(started.json["items"].texts("status") == ["notStarted", "notStarted"])
            #expect(try await house.studio.post(path).code == "running")
            let id = try #require(started.json["items"][0]["id"].text)
            let cancelled = try await house.studio.post(path + "/\(id):cancel")
            #expect(cancelled.json["status"].text == "cancelled")
            let list = try await house.studio.get(path).json["items"]
            #expect(list.texts("status") == ["cancelled", "cancelled"])
        }
    }

    /// Somebody who opened an invitation.
    private func guest(of house: LabelingHouse, role: String) async throws -> StudioServer {
        let invitation = try await house.studio.post(house.path + "/invitations", ["role": .text(role)])
        let link = try #require(invitation.json["link"].text)
        let token = try #require(link.split(separator: "=").last)
        let opened = try await house.studio.send(.GET, "/sign-in?token=\(token)", isSignedIn: false)
        let cookie = try #require(opened.header("Set-Cookie")?.split(separator: ";").first?.split(separator: "=").last)
        return StudioServer(
            store: house.studio.store, account: house.studio.account, port: house.studio.port, cookie: String(cookie))
    }
}
