import Foundation
import PomonaCOCO
import PomonaCore
import PomonaDatasets
import PomonaStore
import Testing

@testable import PomonaLabeling

@Suite("Export and import") struct ExchangeTests {
    /// A project with one photo of two boxes, one without, and one that nobody labeled.
    private func labeled(_ body: (TestProject) async throws -> Void) async throws {
        try await withProject(photos: 3) { test in
            let tasks = try await test.tasks().sorted { $0.name < $1.name }
            let banana = TaskAnnotation(
                id: "b", category: test.category("banana"), box: Box(xMin: 10, yMin: 5, xMax: 42, yMax: 29))
            _ = try await test.service.submit(
                [test.apple(Box(xMin: 0, yMin: 0, xMax: 16, yMax: 12)), banana], to: tasks[0].id, in: test.id,
                test.change(.submitted, base: 0))
            _ = try await test.service.submit([], to: tasks[1].id, in: test.id, test.change(.submitted, base: 0))
            try await body(test)
        }
    }

    private func file(_ test: TestProject, _ format: LabelExport.Format, _ form: BoxForm = .pixels) async throws
        -> [UInt8]
    {
        try await test.service.file(
            of: try await test.project(), LabelExport(format: format, form: form, name: "labels"))
    }

    @Test("The COCO file holds submitted photos in pixels, those without a box too, and all categories")
    func coco() async throws {
        try await labeled { test in
            let read = try COCOFile.read(bytes: try await file(test, .coco), name: "labels")
            #expect(read.document.images.map(\.name) == ["photo-0.jpg", "photo-1.jpg"])
            #expect(read.document.categories.map(\.name) == ["apple", "banana"])
            #expect(read.document.annotations.compactMap(\.box?.values) == [[0, 0, 16, 12], [10, 5, 32, 24]])
        }
    }

    @Test("In fractions the file has addresses, as Image Analysis 4.0 demands them")
    func fractions() async throws {
        try await labeled { test in
            let read = try COCOFile.read(bytes: try await file(test, .coco, .fractions), name: "labels")
            #expect(read.document.annotations.compactMap(\.box?.values).first == [0, 0, 0.25, 0.25])
            #expect(
                read.document.images.first?.cocoURL
                    == "http://127.0.0.1:10000/fruitstore/training-images/photo-0.jpg")
        }
    }

    @Test("An export lies in the container and on the dataset, gets its ending, and is not written over in silence")
    func intoContainer() async throws {
        try await labeled { test in
            let export = LabelExport(name: "training-labels")
            let project = try await test.project()
            let made = try await test.service.exportIntoContainer(project, export, replaces: false)
            #expect(made.item.address.name == "training-labels.json")
            #expect(made.file.source == .project)
            #expect(try await test.catalog.dataset(test.dataset.id).cocoFiles == ["training-labels.json"])
            await #expect(throws: BlobError.self) {
                try await test.service.exportIntoContainer(project, export, replaces: false)
            }
            try await test.submit(1)
            let again = try await test.service.exportIntoContainer(project, export, replaces: true)
            #expect(again.file.counts.images == 3)
            #expect(try await test.catalog.dataset(test.dataset.id).cocoFiles == ["training-labels.json"])
            let frozen = try await test.service.datasets.freeze(test.dataset.id)
            #expect(try await test.service.datasets.trainingSet(of: [frozen]).set.photos.count == 3)
        }
    }

    @Test("The table has one line a box, and one for a photo without")
    func csv() async throws {
        try await labeled { test in
            let text = String(decoding: try await file(test, .csv), as: UTF8.self)
            #expect(
                text == """
                    photo,width,height,category,xMin,yMin,xMax,yMax\r
                    photo-0.jpg,64,48,apple,0,0,16,12\r
                    photo-0.jpg,64,48,banana,10,5,42,29\r
                    photo-1.jpg,64,48,,,,,\r

                    """)
        }
    }

    @Test(
        "What is exported comes back by import with the same boxes",
        arguments: [
            (LabelExport.Format.coco, LabelingService.ImportFormat.coco), (.yolo, .yolo), (.voc, .voc),
        ])
    func roundTrip(out: LabelExport.Format, back: LabelingService.ImportFormat) async throws {
        try await labeled { test in
            let bytes = try await file(test, out)
            let other = try await test.service.createProject(NewProject(name: "other", dataset: test.dataset.id))
            let result = try await test.service.importLabels(
                bytes, named: "labels", back, as: .labels, into: other.id, by: test.owner)
            #expect(result.photos == 2)
            #expect(result.annotations == 2)
            #expect(result.categoriesAdded.sorted() == ["apple", "banana"])
            #expect(result.refused.isEmpty)
            let project = try await test.catalog.project(other.id)
            #expect(project.categories.map(\.hotkey) == ["1", "2"])
            let first = try #require(
                try await test.catalog.tasks(TaskQuery(search: "photo-0"), in: other.id).tasks.first)
            #expect(first.state == .submitted)
            #expect(first.annotations.allSatisfy { $0.origin == .import })
            let names = first.annotations.map { annotation in
                project.categories.first { $0.id == annotation.category }?.name
            }
            #expect(names == ["apple", "banana"])
            let boxes = first.annotations.compactMap(\.box)
            let expected = [Box(xMin: 0, yMin: 0, xMax: 16, yMax: 12), Box(xMin: 10, yMin: 5, xMax: 42, yMax: 29)]
            #expect(boxes.count == 2)
            for (box, wanted) in zip(boxes, expected) { #expect(box.intersectionOverUnion(wanted) > 0.999) }
        }
    }

    @Test("Imported suggestions pre-label photos that wait, and a person's labels stay whatever is imported")
    func suggestions() async throws {
        try await labeled { test in
            let json = """
                [{"data": {"image": "/data/upload/1/0a1b2c3d-photo-2.jpg"}, "annotations": [{"result": [
                   {"type": "rectanglelabels", "original_width": 64, "original_height": 48, "value":
                    {"x": 25, "y": 50, "width": 50, "height": 25, "rotation": 0, "rectanglelabels": ["Apple"]}}]}]},
                 {"data": {"image": "photo-0.jpg"}, "annotations": [{"result": []}]},
                 {"data": {"image": "elsewhere.jpg"}, "annotations": [{"result": []}]}]
                """
            let result = try await test.service.importLabels(
                Array(json.utf8), named: "tasks.json", .labelStudio, as: .suggestions, into: test.id, by: test.owner)
            #expect(result.photos == 1)
            #expect(result.categoriesAdded.isEmpty)
            #expect(result.refused.count == 2)
            let task = try #require(try await test.catalog.tasks(TaskQuery(search: "photo-2"), in: test.id).tasks.first)
            #expect(task.state == .preLabeled)
            #expect(task.suggestions.map(\.box) == [Box(xMin: 16, yMin: 24, xMax: 48, yMax: 36)])
            #expect(task.suggestions.map(\.category) == [test.category()])
            let kept = try #require(try await test.catalog.tasks(TaskQuery(search: "photo-0"), in: test.id).tasks.first)
            #expect(kept.annotations.count == 2)
        }
    }

    @Test(
        "CVAT's XML gives boxes and tags; labels of a photo of another size are scaled, those of another shape refused")
    func cvat() async throws {
        try await withProject(photos: 2) { test in
            let xml = """
                <annotations><version>1.1</version>
                  <image id="0" name="photo-0.jpg" width="128" height="96">
                    <box label="pear" occluded="0" xtl="20" ytl="10" xbr="60" ybr="50" z_order="0"/></image>
                  <image id="1" name="photo-1.jpg" width="100" height="100">
                    <box label="pear" xtl="0" ytl="0" xbr="10" ybr="10"/></image>
                </annotations>
                """
            let result = try await test.service.importLabels(
                Array(xml.utf8), named: "cvat.xml", .cvat, as: .labels, into: test.id, by: test.owner)
            #expect(result.categoriesAdded == ["pear"])
            #expect(result.photos == 1)
            #expect(result.refused.map(\.file) == ["photo-1.jpg"])
            let task = try #require(try await test.catalog.tasks(TaskQuery(search: "photo-0"), in: test.id).tasks.first)
            #expect(task.annotations.map(\.box) == [Box(xMin: 10, yMin: 5, xMax: 30, yMax: 25)])
        }
    }

    @Test(
        "Files that are not what they should be change nothing and are named",
        arguments: [
            (LabelingService.ImportFormat.coco, "not json"), (.voc, "<html/>"), (.cvat, "<annotation/>"),
            (.labelStudio, "{}"), (.labelStudio, #"[{"data": {"image": ""}, "annotations": [{"result": []}]}]"#),
            (.labelStudio, #"[{"data": {"image": "?"}, "annotations": [{"result": []}]}]"#),
            (.yolo, "0 0.5 0.5 0.1 0.1"),
            (.cvat, "<annotations><image name=\"no.jpg\"/></annotations>"),
            (.voc, "<!DOCTYPE a [<!ENTITY b \"c\">]><annotation>&b;</annotation>"),
        ])
    func hostile(format: LabelingService.ImportFormat, text: String) async throws {
        try await withProject(photos: 1) { test in
            var caught: (any Error)?
            do {
                _ = try await test.service.importLabels(
                    Array(text.utf8), named: "bad", format, as: .labels, into: test.id, by: test.owner)
            } catch { caught = error }
            #expect(caught is any PomonaError)
            #expect(try await test.project().categories.count == 2)
            let tasks = try await test.tasks()
            #expect(tasks.allSatisfy { $0.state == .unlabeled })
        }
    }

    @Test("A YOLO file with an unknown class is left out and the others are taken; paths in a zip lead nowhere")
    func unknownClass() async throws {
        try await withProject(photos: 2) { test in
            var zip = ZipWriter()
            try zip.add("classes.txt", Array("apple\nbanana\n".utf8))
            try zip.add("../../photo-0.txt", Array("0 0.5 0.5 0.5 0.5\n".utf8))
            try zip.add("/etc/photo-1.txt", Array("7 0.5 0.5 0.5 0.5\n".utf8))
            let result = try await test.service.importLabels(
                zip.finished(), named: "yolo.zip", .yolo, as: .labels, into: test.id, by: test.owner)
            #expect(result.photos == 1)
            #expect(result.refused.count == 1)
            #expect(result.refused.first?.message.contains("class 7") == true)
        }
    }

    @Test("Only who asked for a download gets it")
    func downloads() async throws {
        try await labeled { test in
            let id = try await test.service.keepDownload(
                of: try await test.project(), LabelExport(format: .csv, name: "table"), for: "u1")
            #expect(try test.service.download(id, for: "u1").card.name == "table.csv")
            #expect(throws: ExportError.self) { try test.service.download(id, for: "u2") }
            #expect(throws: ExportError.self) { try test.service.download("../catalog", for: "u1") }
        }
    }
}
