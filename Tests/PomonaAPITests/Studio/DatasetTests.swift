import NIOHTTP1
import PomonaStore
import Testing

@Suite("Datasets in the studio")
struct DatasetTests {
    @Test("a dataset is made over a container that may be read and written")
    func making() async throws {
        try await withStudio { studio in
            let container = try await studio.container()
            let path = "/groups/\(studio.group)/datasets"
            let refused = try await studio.post(
                path,
                [
                    "name": "x", "kind": "imageObjectDetection", "containerID": .text(container),
                    "allowsReadWrite": false,
                ])
            #expect(refused.status == 422)
            #expect(refused.code == "readWriteNotAllowed")
            let kind = try await studio.post(
                path, ["name": "x", "kind": "video", "containerID": .text(container), "allowsReadWrite": true])
            #expect(kind.field == "kind")
            let dataset = try await studio.dataset(in: container)
            let shown = try await studio.get("/datasets/\(dataset)")
            #expect(shown.json["photoCount"].number == 3)
            #expect(shown.json["labeledPhotoCount"].number == 0)
            #expect(shown.json["container"]["id"].text == container)
            let again = try await studio.post(
                path,
                [
                    "name": "fruit", "kind": "imageObjectDetection", "containerID": .text(container),
                    "allowsReadWrite": true,
                ])
            #expect(again.status == 409)
            #expect(again.code == "nameTaken")
            #expect(try await studio.patch("/datasets/\(dataset)", ["name": "berries"]).json["name"].text == "berries")
            #expect(try await studio.get(path).json["items"].texts("name") == ["berries"])
            #expect(try await studio.delete("/datasets/\(dataset)", ["name": "fruit"]).code == "nameDiffers")
            #expect(try await studio.delete("/datasets/\(dataset)", ["name": "berries"]).status == 204)
            #expect(try await studio.get("/datasets/\(dataset)").status == 404)
            #expect(try await studio.get("/containers/\(container)").json["photoCount"].number == 3)
        }
    }

    @Test("a COCO file of the container brings labels, which photos, statistics and the export show")
    func labels() async throws {
        try await withStudio { studio in
            let container = try await studio.container()
            let blob = try #require(
                try await studio.upload("labels.json", TestLabels.sound, to: container, type: "application/json").id)
            let path = "/datasets/\(try await studio.dataset(in: container))"
            let source: TestJSON = ["source": ["type": "blob", "blobID": .text(blob)]]
            let check = try await studio.post(path + "/coco-files:check", source)
            #expect(check.status == 200, "\(check)")
            #expect(check.json["isAccepted"].flag == true)
            #expect(check.json["photos"]["found"].number == 3)
            #expect(check.json["coco"]["annotationCount"].number == 3)
            #expect(check.json["headings"]["photoWithoutBox"].text?.isEmpty == false)
            let added = try await studio.post(path + "/coco-files", source)
            #expect(added.status == 201, "\(added)")
            #expect(added.json["dataset"]["annotationCount"].number == 3)
            #expect(added.json["file"]["source"].text == "blob")
            let dataset = try await studio.get(path)
            #expect(dataset.json["tags"].texts("name") == ["apple", "banana"])
            #expect(dataset.json["labeledPhotoCount"].number == 2)
            #expect(dataset.json["cocoFiles"][0]["imageCount"].number == 3)

            #expect(try await studio.get(path + "/photos?tag=banana").json["items"].texts("name") == ["a.jpg"])
            #expect(
                try await studio.get(path + "/photos?tag=apple&tag=banana").json["items"].texts("name") == [
                    "a.jpg", "b.jpg",
                ])
            #expect(try await studio.get(path + "/photos?labels=without").json["items"].texts("name") == ["c.jpg"])
            #expect(try await studio.get(path + "/photos?search=B.J").json["total"].number == 1)
            let photos = try await studio.get(path + "/photos?labels=with")
            #expect(photos.json["items"][0]["annotations"][0]["box"]["xMax"].number == 30)
            let second = try #require(photos.json["items"][1]["id"].text)
            let photo = try await studio.get(path + "/photos/\(second)?labels=with")
            #expect(photo.json["index"].number == 1)
            #expect(photo.json["previousID"] == photos.json["items"][0]["id"])
            #expect(photo.json["nextID"] == .null)
            #expect(try await studio.get(path + "/photos/b9999").status == 404)

            let statistics = try await studio.get(path + "/statistics")
            #expect(statistics.json["annotationsPerPhoto"].items.prefix(3) == [1, 1, 1])
            #expect(statistics.json["boxSizes"][9].number == 1)
            #expect(statistics.json["photoSizes"][0]["count"].number == 3)
            let export = try await studio.get(path + "/export?form=fractions")
            #expect(export.header("Content-Disposition")?.contains("fruit.json") == true)
            #expect(export.json["annotations"][2]["bbox"] == [0, 0, 1, 1])
            #expect(
                export.json["images"][0]["coco_url"].text == "http://127.0.0.1:10000/fruit/photos/a.jpg", "\(export)")

            let file = try #require(dataset.json["cocoFiles"][0]["id"].text)
            #expect(try await studio.get(path + "/coco-files/\(file)/report").json["isAccepted"].flag == true)
            let removed = try await studio.delete(path + "/coco-files/\(file)")
            #expect(removed.json["annotationCount"].number == 0)
            #expect(try await studio.delete(path + "/coco-files/\(file)").status == 404)
            #expect(try await studio.get("/containers/\(container)").json["blobCount"].number == 4)
        }
    }

    @Test("a file that was sent is judged, refused with its report, and taken when it is repaired")
    func repair() async throws {
        try await withStudio { studio in
            let container = try await studio.container()
            let path = "/datasets/\(try await studio.dataset(in: container))"
            func send(_ bytes: [UInt8], _ name: String) async throws -> TestJSON {
                let sent = try await studio.send(
                    .POST, "/api/v1\(path)/coco-uploads", body: bytes, headers: ["X-Pomona-Name": name])
                #expect(sent.status == 201)
                return ["type": "upload", "uploadID": sent.json["uploadID"]]
            }
            let source = try await send(TestLabels.mendable, "mendable.json")
            let refused = try await studio.post(path + "/coco-files", ["source": source])
            #expect(refused.status == 422)
            #expect(refused.code == "datasetCorrupt")
            #expect(refused.json["report"]["isAccepted"].flag == false)
            #expect(refused.json["report"]["repairs"].items.isEmpty == false)
            let repaired = try await studio.post(path + "/coco-files", ["source": source, "repair": true])
            #expect(repaired.status == 201, "\(repaired)")
            #expect(repaired.json["dataset"]["annotationCount"].number == 1)
            #expect(repaired.json["file"]["name"].text == "mendable-repaired.json")
            let text = try await send(Array("[1,2".utf8), "broken.json")
            let broken = try await studio.post(path + "/coco-files", ["source": text])
            #expect(broken.status == 422)
            #expect(broken.code == "datasetCorrupt")
            let gone = try await studio.post(
                path + "/coco-files", ["source": ["type": "upload", "uploadID": "../../etc/passwd"]])
            #expect(gone.status == 404)
        }
    }

    @Test("the doctor finds photos that are the same, also in another dataset, and mends files")
    func doctor() async throws {
        try await withStudio { studio in
            let container = try await studio.container()
            let other = try await studio.container(named: "evaluation", photos: [])
            // The same photo under another name, scaled, and byte by byte in another dataset.
            let large = try TestPhotos.image(seed: 1, width: 80, height: 60).resizedForTest(width: 160, height: 120)
            try await studio.upload("a-large.jpg", large, to: container)
            try await studio.upload("copy.jpg", try TestPhotos.jpeg(seed: 2), to: other)
            try await studio.upload("bad.json", TestLabels.mendable, to: container, type: "application/json")
            let path = "/datasets/\(try await studio.dataset(in: container))"
            _ = try await studio.dataset(named: "evaluation", in: other)
            let report = try await studio.get(path + "/doctor")
            #expect(report.status == 200, "\(report)")
            let duplicates = report.json["duplicates"].items
            #expect(duplicates.count == 2, "\(report)")
            #expect(duplicates.contains { $0["isExact"].flag == true && $0["otherDataset"].text == "evaluation" })
            #expect(
                duplicates.contains {
                    $0["isExact"].flag == false
                        && Set($0["photos"].items.compactMap(\.text)) == ["a.jpg", "a-large.jpg"]
                })
            #expect(report.json["isAccepted"].flag == true)
            // Another interface may name files that no one looked at.
            let id = try #require(Int64(path.dropFirst("/datasets/d".count)))
            _ = try await studio.store.catalog.updateDataset(.init(rawValue: id), ifMatch: nil) {
                $0.cocoFiles = ["bad.json"]
            }
            #expect(try await studio.get(path + "/doctor").json["isAccepted"].flag == false)
            let mended = try await studio.post(path + "/doctor:repair")
            #expect(mended.status == 200, "\(mended)")
            #expect(mended.json["actions"].items.count == 1)
            #expect(mended.json["report"]["isAccepted"].flag == true)
            #expect(mended.json["dataset"]["cocoFiles"].texts("name") == ["bad-repaired.json"])
        }
    }

    @Test("photos of a classification dataset are tagged in the grid, and tags are taken back")
    func tagging() async throws {
        try await withStudio { studio in
            let container = try await studio.container()
            let path = "/datasets/\(try await studio.dataset(kind: "imageClassification", in: container))"
            let tags = try await studio.patch(path, ["tags": ["apple", "banana"]])
            #expect(tags.json["tags"].texts("name") == ["apple", "banana"])
            #expect(try await studio.patch(path, ["tags": ["apple", "apple"]]).status == 422)
            let photos = try await studio.get(path + "/photos").json["items"].texts("id")
            let two = TestJSON.list(photos.prefix(2).map { .text($0) })
            let first = try await studio.post(path + "/photos:tag", ["photoIDs": two, "tag": "banana"])
            #expect(first.json["changed"].number == 2)
            let version = try #require(first.json["revision"].number)
            let again = try await studio.post(path + "/photos:tag", ["photoIDs": two, "tag": "banana"])
            #expect(again.json["changed"].number == 0)
            #expect(again.json["revision"].number == version)
            let one = try await studio.post(
                path + "/photos:tag", ["photoIDs": .list([.text(photos[0])]), "tag": "apple"])
            #expect(one.json["previous"][0]["tag"].text == "banana")
            #expect(one.json["revision"].number == version + 1)
            let shown = try await studio.get(path)
            #expect(shown.json["labeledPhotoCount"].number == 2)
            #expect(shown.json["tags"][0]["photos"].number == 1)
            let none = try await studio.post(path + "/photos:tag", ["photoIDs": .list([.text(photos[0])])])
            #expect(none.json["changed"].number == 1)
            #expect(try await studio.get(path + "/photos?labels=with").json["total"].number == 1)
            let detection = "/datasets/\(try await studio.dataset(named: "boxes", in: container))"
            #expect(try await studio.post(detection + "/photos:tag", ["photoIDs": [], "tag": "x"]).status == 409)
        }
    }
}
