import Testing

@testable import PomonaCOCO

@Suite("COCOFile")
struct COCOFileTests {
    @Test("Images, annotations and categories are read with all their fields")
    func reads() throws {
        let file = try readLabels(
            #"""
            {"info": {"year": 2024, "nested": [[1, [2]]]}, "licenses": [{"id": 1}, null, 3, "x"],
             "images": [{"license": 3, "file_name": "a.jpg", "coco_url": "http://x.invalid/a.jpg",
                         "absolute_url": "https://y.invalid/a.jpg", "height": 80.5, "width": 100, "id": 7,
                         "flickr_url": null}],
             "annotations": [{"segmentation": [[1.5, 2, 3, 4e0]], "area": 1200, "iscrowd": 0, "image_id": 7,
                              "bbox": [10, 20.25, 30, 40], "category_id": 3, "id": 900100000001},
                             {"segmentation": {"counts": [1, 2], "size": [80, 100]}, "iscrowd": 1, "image_id": 7,
                              "category_id": 3, "id": -2}],
             "categories": [{"supercategory": "fruit", "id": 3, "name": "apple"}]}
            """#)
        #expect(file.faults.isEmpty)
        #expect(
            file.document.images == [
                COCOImage(
                    id: 7, width: 100, height: 80.5, fileName: "a.jpg", cocoURL: "http://x.invalid/a.jpg",
                    absoluteURL: "https://y.invalid/a.jpg")
            ])
        #expect(
            file.document.annotations == [
                COCOAnnotation(
                    id: 900_100_000_001, imageID: 7, categoryID: 3,
                    box: COCOBox(left: 10, top: 20.25, width: 30, height: 40)),
                COCOAnnotation(id: -2, imageID: 7, categoryID: 3, isCrowd: true),
            ])
        #expect(file.document.categories == [COCOCategory(id: 3, name: "apple")])
    }

    @Test("Lists and fields may stand in any order, compact or spread out")
    func anyOrder() throws {
        let sound = try LabelText().read().document
        let annotation = #"{"bbox":[10,20,30,40],"category_id":1,"image_id":1,"id":1}"#
        let image = #"{"file_name":"a.jpg","height":80,"id":1,"width":100}"#
        let turned = #"{"annotations":[\#(annotation)],"categories":[{"name":"apple","id":1}],"images":[\#(image)]}"#
        #expect(try readLabels(turned).document == sound)
        #expect(try readLabels("\r\n\t " + turned.replacing(",", with: " ,\r\n\t") + "\n\n").document == sound)
    }

    @Test("A byte order mark before the text is passed over")
    func byteOrderMark() throws {
        #expect(try readLabels("\u{FEFF}" + LabelText().text).document == LabelText().read().document)
    }

    @Test("Escapes in names and keys mean what JSON says")
    func escapes() throws {
        var labels = LabelText()
        labels.images = [
            #"{"id": 1, "width": 1, "height": 1, "f\u0069le_name": "\u00e9\n\"\\\/\ud83c\udf4e.jpg"}"#
        ]
        labels.categories = [#"{"id": 1, "name": "ябл\u043eко 🍎"}"#]
        let document = try readLabels(labels.text.replacing("\"images\"", with: "\"im\\u0061ges\"")).document
        #expect(document.images.first?.fileName == "é\n\"\\/🍎.jpg")
        #expect(document.categories.first?.name == "яблоко 🍎")
    }

    @Test("A truth value says crowd as well as 0 and 1 do")
    func crowds() throws {
        var labels = LabelText()
        labels.annotations = ["0", "1", "false", "true", "null", "1.0"].enumerated().map {
            #"{"id": \#($0 + 1), "image_id": 1, "category_id": 1, "iscrowd": \#($1)}"#
        }
        let file = try labels.read()
        #expect(file.faults.isEmpty)
        #expect(file.document.annotations.map(\.isCrowd) == [false, true, false, true, false, true])
    }

    @Test("How much is read at a time changes nothing", arguments: [1, 2, 3, 7, 16, 64, 1000])
    func windows(bytes: Int) throws {
        var labels = LabelText()
        labels.images.append(#"{"id": 2, "width": 5, "height": 5, "file_name": "\\\"x\\", "note": "}]{["}"#)
        labels.annotations.append(#"{"id": "two", "image_id": 2, "category_id": 1}"#)
        var limits = COCOLimits()
        limits.windowBytes = bytes
        let whole = try labels.read()
        let pieces = try labels.read(limits: limits)
        #expect(pieces.document == whole.document)
        #expect(pieces.faults == whole.faults)
        #expect(pieces.byteCount == labels.text.utf8.count)
        #expect(readingError(labels.text + "x", limits: limits) == readingError(labels.text + "x"))
    }

    @Test("An image is called by its file name, or else by the end of its address")
    func names() {
        func name(_ file: String?, _ coco: String? = nil, _ absolute: String? = nil) -> String {
            COCOImage(id: 4, width: 1, height: 1, fileName: file, cocoURL: coco, absoluteURL: absolute).name
        }
        #expect(name("x/a.jpg", "http://h.invalid/b.jpg") == "x/a.jpg")
        #expect(name(nil, "AmlDatastore://store/x/b.jpg") == "b.jpg")
        #expect(name(nil, "AmlDatastore://store/x/b.jpg", "https://h.invalid/c%20d.jpg?sig=1/2") == "c d.jpg")
        #expect(name("", nil) == "image 4")
    }
}
