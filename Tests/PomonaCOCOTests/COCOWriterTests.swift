import Foundation
import PomonaCore
import Testing

@testable import PomonaCOCO

@Suite("COCOWriter")
struct COCOWriterTests {
    private static let document = COCODocument(
        images: [
            COCOImage(id: 8, width: 200, height: 100.5, fileName: "a \"b\"\n\u{1}é🍎.jpg"),
            COCOImage(
                id: 3, width: 10, height: 10, fileName: nil, cocoURL: "AmlDatastore://s/c.jpg",
                absoluteURL: "https://h.invalid/c.jpg"),
        ],
        annotations: [
            COCOAnnotation(
                id: 77, imageID: 8, categoryID: 5, box: COCOBox(left: 10, top: 20.25, width: 30.1, height: 40)),
            COCOAnnotation(id: 70, imageID: 3, categoryID: 4, isCrowd: true),
        ],
        categories: [COCOCategory(id: 5, name: "pear"), COCOCategory(id: 4, name: "apple")])

    @Test("Lists, records and fields have a fixed order, ids are 1 to N, numbers the fewest digits")
    func bytes() throws {
        let text = String(decoding: try COCOWriter().bytes(of: Self.document), as: UTF8.self)
        #expect(
            text == #"""
                {
                "images": [
                {"id": 1, "width": 200, "height": 100.5, "file_name": "a \"b\"\u000a\u0001é🍎.jpg"},
                {"id": 2, "width": 10, "height": 10, "file_name": "c.jpg", "coco_url": "AmlDatastore://s/c.jpg", "absolute_url": "https://h.invalid/c.jpg"}
                ],
                "annotations": [
                {"id": 1, "image_id": 1, "category_id": 2, "bbox": [10, 20.25, 30.1, 40], "area": 1204, "iscrowd": 0},
                {"id": 2, "image_id": 2, "category_id": 1, "iscrowd": 1}
                ],
                "categories": [
                {"id": 1, "name": "apple"},
                {"id": 2, "name": "pear"}
                ]
                }

                """#)
    }

    @Test("Fractions come with addresses in the container, percent-encoded")
    func fractions() throws {
        var document = Self.document
        document.images[0].fileName = "x/ä b#1.jpg"
        let writer = COCOWriter(form: .fractions, container: "http://127.0.0.1:10000/account/photos")
        let text = String(decoding: try writer.bytes(of: document), as: UTF8.self)
        #expect(text.contains(#""coco_url": "http://127.0.0.1:10000/account/photos/x/%C3%A4%20b%231.jpg""#))
        #expect(text.contains(#""bbox": [0.05, 0.20149253731343283, 0.1505, 0.39800995024875624]"#))
        let read = try COCOFile.read(bytes: Array(text.utf8), name: "x")
        #expect(read.validate(kind: .detection).form.form == .fractions)

        let error = #expect(throws: COCOError.self) { try COCOWriter(form: .fractions).bytes(of: document) }
        #expect(
            error?.message == "the label file was not written: image 1 (x/ä b#1.jpg) has no address, "
                + "which Image Analysis 4.0 needs.")
    }

    @Test("Whatever is written is read again as it was", arguments: [BoxForm.pixels, .fractions])
    func roundTrip(form: BoxForm) throws {
        var generator = SeededGenerator(seed: 5)
        for _ in 0..<50 {
            let document = Self.random(&generator, form: form)
            let writer = COCOWriter(sourceForm: form, form: form, container: "https://h.invalid")
            let bytes = try writer.bytes(of: document)
            // Another reader takes it for JSON, too.
            let object = try #require(try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: [Any]])
            #expect(object["annotations"]?.count == document.annotations.count)
            var read = try COCOFile.read(bytes: bytes, name: "labels.json").document
            for index in read.images.indices { read.images[index].cocoURL = nil }
            #expect(read == document)
            for index in read.images.indices { read.images[index].cocoURL = "https://h.invalid/\(index + 1).jpg" }
            #expect(try writer.bytes(of: read) == bytes)
        }
    }

    /// A sound document with ids 1...N and numbers with all their digits.
    private static func random(_ generator: inout SeededGenerator, form: BoxForm) -> COCODocument {
        var document = COCODocument()
        for id in 1...(generator.index(below: 20) + 1) {
            document.images.append(
                COCOImage(
                    id: id, width: Double(generator.index(below: 5000) + 1),
                    height: Double(generator.index(below: 5000) + 1), fileName: "\(id).jpg"))
        }
        document.categories = (1...3).map { COCOCategory(id: $0, name: "tag \($0)") }
        for id in 1...(generator.index(below: 60) + 1) {
            let image = document.images[generator.index(below: document.images.count)]
            let (farX, farY) = form == .pixels ? (image.width, image.height) : (1, 1)
            let (left, top) = (generator.unit() * farX, generator.unit() * farY)
            let box = COCOBox(
                left: left, top: top, width: (farX - left) * generator.unit(), height: (farY - top) * generator.unit())
            document.annotations.append(
                COCOAnnotation(
                    id: id, imageID: image.id, categoryID: generator.index(below: 3) + 1, box: box,
                    isCrowd: generator.chance(0.1)))
        }
        return document
    }

    @Test(
        "Numbers have the fewest digits that mean them",
        arguments: [
            (0.1, "0.1"), (298, "298"), (-0.0, "0"), (1e-7, "1e-07"), (0.30000000000000004, "0.30000000000000004"),
            (1e20, "1e+20"), (9_007_199_254_740_991, "9007199254740991"), (.leastNonzeroMagnitude, "5e-324"),
        ])
    func numbers(value: Double, text: String) throws {
        var json = JSONText()
        json.number(value)
        #expect(String(decoding: json.bytes, as: UTF8.self) == text)
        #expect(Double(text) == value)
    }

    @Test("A file appears whole, replaces an older one, and leaves nothing beside it")
    func files() throws {
        let folder = try TemporaryFolder()
        let path = try folder.file("labels.json", "old")
        try COCOWriter().write(Self.document, to: path)
        #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == Data(COCOWriter().bytes(of: Self.document)))
        #expect(folder.entries == ["labels.json"])
    }

    @Test("What cannot be written leaves everything as it was")
    func refusals() throws {
        let folder = try TemporaryFolder()
        let path = try folder.file("labels.json", "old")
        var documents = [COCODocument](repeating: Self.document, count: 6)
        documents[0].annotations[1].imageID = 99
        documents[1].annotations[0].categoryID = 99
        documents[2].annotations[0].box?.width = .nan
        documents[3].images[0].width = .infinity
        documents[4].images[1].id = 8
        documents[5].categories[1].id = 5
        let words = [
            "annotation 70 refers to image 99, which does not exist",
            "annotation 77 refers to category 99, which does not exist",
            #"annotation 77 of a "b"\u{a}\u{1}é🍎.jpg has the box [10, 20.25, nan, 40] in pixels, "#
                + "which is no part of the photo",
            #"image 1 (a "b"\u{a}\u{1}é🍎.jpg) has no size"#, "two images have the id 8",
            "two categories have the id 5",
        ]
        for (document, words) in zip(documents, words) {
            let error = #expect(throws: COCOError.self) { try COCOWriter().write(document, to: path) }
            #expect(error?.message == "\(path) was not written: \(words).")
        }
        #expect(try String(contentsOfFile: path, encoding: .utf8) == "old")
        #expect(folder.entries == ["labels.json"])
    }

    @Test("A folder that is not there is said in words")
    func system() throws {
        let folder = try TemporaryFolder()
        let error = #expect(throws: COCOError.self) {
            try COCOWriter().write(Self.document, to: folder.path + "/none/labels.json")
        }
        #expect(error?.message == "\(folder.path)/none/labels.json cannot be written: No such file or directory.")
        #expect(error?.kind == .resource)
        #expect(folder.entries.isEmpty)
    }
}
