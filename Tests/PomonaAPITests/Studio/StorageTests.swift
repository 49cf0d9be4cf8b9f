import Foundation
import NIOHTTP1
import PomonaAPI
import PomonaStore
import Testing

@Suite("Storage in the studio")
struct StorageTests {
    @Test("accounts show keys, renew them and sign for the Blob API")
    func accounts() async throws {
        try await withStudio { studio in
            let account = "a\(studio.account.id)"
            #expect(try await studio.get("/accounts/\(account)").json["name"].text == "fruit")
            let keys = try await studio.get("/accounts/\(account)/keys")
            #expect(keys.json["connectionString"].text?.contains("BlobEndpoint=http://127.0.0.1:10000/fruit;") == true)
            let renewed = try await studio.post("/accounts/\(account)/keys/key1:rotate")
            #expect(renewed.json["keys"][0]["value"] != keys.json["keys"][0]["value"])
            #expect(renewed.json["keys"][1]["value"] == keys.json["keys"][1]["value"])
            let other = try await studio.post("/groups/\(studio.group)/accounts", ["name": "fruit"])
            #expect(other.status == 409)
            #expect(other.code == "nameTaken")
            let long = try await studio.post("/groups/\(studio.group)/accounts", ["name": "Much-Too-Long"])
            #expect(long.status == 422)
        }
    }

    @Test("a signature made here opens exactly its container")
    func signatures() async throws {
        try await withStudio { studio in
            let account = "a\(studio.account.id)"
            let open = try await studio.container(named: "open")
            _ = try await studio.container(named: "closed", photos: ["x.jpg"])
            let made = try await studio.post(
                "/accounts/\(account)/sas",
                ["containerID": .text(open), "permissions": "lr", "expiresAt": "2099-01-01T00:00:00Z"])
            #expect(made.status == 200, "\(made)")
            let token = try #require(made.json["token"].text)
            let whole = try await studio.post(
                "/accounts/\(account)/sas", ["permissions": "rl", "expiresAt": "2099-01-01T00:00:00Z"])
            let accountToken = try #require(whole.json["token"].text)
            let blobs = BlobAPI(
                store: studio.store.blobs,
                accounts: StoredBlobAccounts(studio.store.catalog, allowsDevelopmentAccount: false))
            let paths = [
                "open?restype=container&comp=list&\(token)", "open/a.jpg?\(token)", "closed/x.jpg?\(token)",
                "closed/x.jpg?\(accountToken)",
            ]
            let statuses = try await withServer(blobs) { port -> [Int] in
                let api = StudioServer(store: studio.store, account: studio.account, port: port, cookie: "")
                var statuses: [Int] = []
                for path in paths {
                    statuses.append(
                        try await api.send(.GET, "/fruit/\(path)", isSignedIn: false, isFromPage: false).status)
                }
                return statuses
            }
            #expect(statuses == [200, 200, 403, 200])
            let past = try await studio.post(
                "/accounts/\(account)/sas", ["permissions": "r", "expiresAt": "2001-01-01T00:00:00Z"])
            #expect(past.status == 422)
            #expect(past.field == "expiresAt")
            let odd = try await studio.post(
                "/accounts/\(account)/sas", ["permissions": "rx", "expiresAt": "2099-01-01T00:00:00Z"])
            #expect(odd.field == "permissions")
        }
    }

    @Test("containers count what they hold, and stay while a dataset uses them")
    func containers() async throws {
        try await withStudio { studio in
            let container = try await studio.container()
            let shown = try await studio.get("/containers/\(container)")
            #expect(shown.json["blobCount"].number == 3)
            #expect(shown.json["photoCount"].number == 3)
            #expect(shown.json["url"].text == "http://127.0.0.1:10000/fruit/photos")
            let taken = try await studio.post("/accounts/a\(studio.account.id)/containers", ["name": "photos"])
            #expect(taken.status == 409)
            #expect(taken.code == "nameTaken")
            let bad = try await studio.post("/accounts/a\(studio.account.id)/containers", ["name": "Photos"])
            #expect(bad.code == "invalidName")
            let dataset = try await studio.dataset(in: container)
            let used = try await studio.delete("/containers/\(container)", ["name": "photos"])
            #expect(used.status == 409)
            #expect(used.code == "inUse")
            #expect(try await studio.delete("/accounts/a\(studio.account.id)", ["name": "fruit"]).status == 409)
            #expect(try await studio.delete("/datasets/\(dataset)", ["name": "fruit"]).status == 204)
            #expect(try await studio.delete("/containers/\(container)", ["name": "wrong"]).code == "nameDiffers")
            let gone = try await studio.delete("/containers/\(container)", ["name": "photos"])
            #expect(gone.status == 202)
            #expect(gone.json["job"]["kind"].text == "deletion")
            #expect(try await studio.get("/containers/\(container)").status == 404)
            #expect(try await studio.delete("/accounts/a\(studio.account.id)", ["name": "fruit"]).status == 202)
            #expect(try await studio.get("/groups/\(studio.group)/accounts").json["total"].number == 0)
        }
    }

    @Test("an upload happens once, and a taken name is refused, replaced or numbered as asked")
    func uploads() async throws {
        try await withStudio { studio in
            let container = try await studio.container(photos: [])
            let id = UUID()
            let photo = try TestPhotos.jpeg(seed: 9)
            let first = try await studio.upload("Äpfel/rot & süß.jpg", photo, to: container, upload: id)
            #expect(first.status == 201)
            #expect(first.json["name"].text == "Äpfel/rot & süß.jpg")
            #expect(first.json["width"].number == 80)
            #expect(first.json["isPhoto"].flag == true)
            let again = try await studio.upload("Äpfel/rot & süß.jpg", photo, to: container, upload: id)
            #expect(again.status == 200)
            #expect(again.id == first.id)
            let taken = try await studio.upload("Äpfel/rot & süß.jpg", photo, to: container)
            #expect(taken.status == 409)
            #expect(taken.code == "blobAlreadyExists")
            let renamed = try await studio.upload(
                "Äpfel/rot & süß.jpg", photo, to: container, ifExists: "rename")
            #expect(renamed.json["name"].text == "Äpfel/rot & süß (2).jpg")
            let replaced = try await studio.upload(
                "Äpfel/rot & süß.jpg", try TestPhotos.jpeg(seed: 10), to: container, ifExists: "replace")
            #expect(replaced.status == 201)
            #expect(replaced.id != first.id)
            #expect(try await studio.get("/containers/\(container)").json["blobCount"].number == 2)
            let existing = try await studio.post(
                "/containers/\(container)/blobs:existing", ["names": ["Äpfel/rot & süß.jpg", "new.jpg"]])
            #expect(existing.json["names"] == ["Äpfel/rot & süß.jpg"])
            let odd = try await studio.send(
                .PUT, "/api/v1/containers/\(container)/blobs", body: photo,
                headers: ["X-Pomona-Name": "x.jpg", "X-Pomona-Upload": "first"])
            #expect(odd.status == 400)
        }
    }

    @Test("what is no photo is kept, and a broken photo says why it is none")
    func problems() async throws {
        try await withStudio { studio in
            let container = try await studio.container()
            let broken = try await studio.upload("broken.jpg", Array("no photo at all".utf8), to: container)
            #expect(broken.status == 201)
            #expect(broken.json["problem"]["message"].text?.isEmpty == false)
            let text = try await studio.upload("notes.txt", [65], to: container, type: "text/plain")
            #expect(text.json["isPhoto"].flag == false)
            #expect(text.json["problem"] == .null)
            let listed = try await studio.get("/containers/\(container)/blobs?problem=1")
            #expect(listed.json["items"].texts("name") == ["broken.jpg"])
            let id = try #require(broken.id)
            let thumbnail = try await studio.get("/blobs/\(id)/thumbnail?side=256")
            #expect(thumbnail.status == 422)
            #expect(thumbnail.code == "photoUnreadable")
        }
    }

    @Test("blobs are listed by kind, part of the name and order, and deleted by id or filter")
    func lists() async throws {
        try await withStudio { studio in
            let container = try await studio.container(photos: ["b.jpg", "a.jpg", "10%_off.jpg"])
            try await studio.upload("labels.json", TestLabels.sound, to: container, type: "application/json")
            let path = "/containers/\(container)/blobs"
            #expect(
                try await studio.get(path).json["items"].texts("name") == [
                    "10%_off.jpg", "a.jpg", "b.jpg", "labels.json",
                ])
            #expect(try await studio.get(path + "?kind=json").json["items"].texts("name") == ["labels.json"])
            #expect(try await studio.get(path + "?kind=photo&sort=-name").json["items"][0]["name"].text == "b.jpg")
            #expect(try await studio.get(path + "?sort=createdAt").json["items"][0]["name"].text == "b.jpg")
            #expect(try await studio.get(path + "?search=%25_o").json["items"].texts("name") == ["10%_off.jpg"])
            #expect(try await studio.get(path + "?search=A.JPG").json["total"].number == 1)
            let page = try await studio.get(path + "?offset=1&limit=2")
            #expect(page.json["items"].texts("name") == ["a.jpg", "b.jpg"])
            #expect(page.json["total"].number == 4)
            #expect(try await studio.get(path + "?sort=size").status == 422)
            #expect(try await studio.get(path + "?offset=-1").status == 422)
            let id = try #require(page.json["items"][0]["id"].text)
            let one = try await studio.post(path + ":delete", ["ids": .list([.text(id), "b999"])])
            #expect(one.json["deleted"].number == 1)
            let rest = try await studio.post(path + ":delete", ["search": ".jpg", "kind": "photo"])
            #expect(rest.json["deleted"].number == 2)
            #expect(try await studio.get(path).json["items"].texts("name") == ["labels.json"])
        }
    }

    @Test("photos are shown upright, small and large, and kept by browsers")
    func views() async throws {
        try await withStudio { studio in
            let container = try await studio.container(photos: [])
            let photo = try TestPhotos.jpeg(seed: 3, width: 800, height: 600)
            let id = try #require(try await studio.upload("large.jpg", photo, to: container).id)
            let thumbnail = try await studio.get("/blobs/\(id)/thumbnail?side=256")
            #expect(thumbnail.status == 200)
            #expect(thumbnail.header("Content-Type") == "image/jpeg")
            #expect(thumbnail.header("Cache-Control") == "private, max-age=31536000, immutable")
            #expect(thumbnail.bytes.count < photo.count)
            let tag = try #require(thumbnail.header("ETag"))
            let again = try await studio.get("/blobs/\(id)/thumbnail?side=256", headers: ["If-None-Match": tag])
            #expect(again.status == 304)
            #expect(try await studio.get("/blobs/\(id)/thumbnail?side=300").status == 422)
            #expect(try await studio.get("/blobs/\(id)/image").bytes == photo)
            #expect(try await studio.get("/blobs/\(id)/image?side=400").bytes.count < photo.count)
            var tags: Set<String?> = []
            for side in [300, 400, 512] {
                tags.insert(try await studio.get("/blobs/\(id)/image?side=\(side)").header("ETag"))
            }
            #expect(tags.count == 1, "a side of its own for each would be a file of its own")
            let content = try await studio.get("/blobs/\(id)/content")
            #expect(content.bytes == photo)
            #expect(content.header("Content-Disposition")?.hasPrefix("attachment") == true)
            #expect(try await studio.get("/blobs/b999/image").status == 404)
        }
    }
}
