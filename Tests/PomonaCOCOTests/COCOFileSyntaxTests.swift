import PomonaCore
import Testing

@testable import PomonaCOCO

@Suite("Files that cannot be read")
struct COCOFileSyntaxTests {
    struct Case: CustomTestStringConvertible, Sendable {
        let text: String
        let message: String

        var testDescription: String { message }
    }

    static let cases = [
        Case(text: "", message: "labels.json is not JSON: it is empty."),
        Case(text: " \n\u{FEFF}", message: "labels.json is not JSON: it is empty."),
        Case(
            text: "{",
            message: "labels.json is not JSON: line 1, column 2: the file ends in the middle of a value; "
                + "it was cut short."),
        Case(
            text: "images:\n- id: 1", message: "labels.json is not JSON: line 1, column 1: images is no JSON value."),
        Case(text: "\u{7F}ELF", message: #"labels.json is not JSON: line 1, column 1: \x7FELF may not stand here."#),
        Case(
            text: "[]",
            message: "labels.json is not a COCO file: its outermost value is an array, "
                + "not an object with images, annotations and categories."),
        Case(
            text: "12",
            message: "labels.json is not a COCO file: its outermost value is a number, "
                + "not an object with images, annotations and categories."),
        Case(
            text: #"{"images": {}}"#,
            message: #"labels.json is not a COCO file: "images" is an object, not an array (line 1)."#),
        Case(
            text: "{\"images\": [],\n\"images\": []}",
            message: #"labels.json is not a COCO file: "images" stands twice (line 2)."#),
        Case(
            text: #"{"images": [],}"#,
            message: "labels.json is not JSON: line 1, column 15: a comma stands before a closing bracket."),
        Case(
            text: #"{"images": [{"id": 1},]}"#,
            message: "labels.json is not JSON: line 1, column 23: a comma stands before a closing bracket."),
        Case(
            text: "{\"images\": [\n{\"id\": 1,\n \"width\": 1,}]}",
            message: "labels.json is not JSON: line 3, column 12: a comma stands before a closing bracket "
                + "(in images[0])."),
        Case(
            text: #"{"images": [{"id": 01}]}"#,
            message: "labels.json is not JSON: line 1, column 20: 01 is not how JSON writes a number "
                + "(in images[0], field id)."),
        Case(
            text: #"{"images": [{"id": 1, "width": 1e999}]}"#,
            message: "labels.json is not JSON: line 1, column 32: the number 1e999 is too large "
                + "(in images[0], field width)."),
        Case(
            text: "{'images': []}", message: "labels.json is not JSON: line 1, column 2: 'images': may not stand here."),
        Case(
            text: #"{"images": [{'id': 1}]}"#,
            message: "labels.json is not JSON: line 1, column 14: 'id': may not stand here (in images[0])."),
        Case(
            text: #"{"images": [{"id": None}]}"#,
            message: "labels.json is not JSON: line 1, column 20: None is no JSON value (in images[0], field id)."),
        Case(
            text: "{\"info\": {\"x\": NaN}, \"images\": []}",
            message: "labels.json is not JSON: line 1, column 16: NaN is not a number that JSON has."),
        Case(
            text: "{\"images\": []} {}",
            message: "labels.json is not JSON: line 1, column 16: {} follows the end of the file's object."
                .replacing("{} follows", with: "{ follows")),
        Case(
            text: #"{"images": [{"id": 1} {"id": 2}]}"#,
            message: #"labels.json is not JSON: line 1, column 23: {"id": may not stand here."#),
        Case(
            text: #"{"images": [{"id": 1]]}"#,
            message: "labels.json is not JSON: line 1, column 21: ] may not stand here (in images[0])."),
        Case(
            text: #"{"images" []}"#, message: "labels.json is not JSON: line 1, column 11: [ may not stand here."),
        Case(
            text: "{\"images\": [{\"file_name\": \"a\u{1}b\"}]}",
            message: #"labels.json is not JSON: line 1, column 29: a text holds a control character or a broken "#
                + #"escape, \x01b" (in images[0], field file_name)."#),
        Case(
            text: #"{"images": [{"file_name": "C:\photos\x.jpg"}]}"#,
            message: "labels.json is not JSON: line 1, column 30: a text holds a control character or a broken "
                + #"escape, \photos\x.jpg" (in images[0], field file_name)."#),
        Case(
            text: #"{"images": [{"file_name": "\ud83c\udf4e\ud83cx"}]}"#,
            message: "labels.json is not JSON: line 1, column 40: a text holds a control character or a broken "
                + #"escape, \ud83cx" (in images[0], field file_name)."#),
    ]

    @Test("What is wrong is said in words, with its place", arguments: cases)
    func words(_ fault: Case) {
        #expect(readingError(fault.text)?.message == fault.message)
        #expect(readingError(fault.text)?.kind == .badData)
    }

    @Test("Another encoding than UTF-8 is named")
    func encoding() {
        let text = #"{"images": [{"id": 1, "file_name": "bl\#u{1}.jpg"}]}"#
        let bytes = Array(text.utf8).map { $0 == 1 ? 0xE4 : $0 }
        let error = #expect(throws: COCOError.self) { try COCOFile.read(bytes: bytes, name: "labels.json") }
        #expect(
            error?.message == #"labels.json is not JSON: line 1, column 39: \xE4.jpg" is not UTF-8; "#
                + "the file was saved in another encoding (in images[0], field file_name).")
    }

    @Test("A file cut short anywhere is an error, never less than the file")
    func truncated() {
        var labels = LabelText()
        labels.images.append(#"{"id": 2, "width": 5.5e0, "height": 5, "file_name": "\u00e9\\.jpg", "x": [[{}]]}"#)
        let bytes = Array(("\u{FEFF}" + labels.text).utf8)
        for count in 0..<bytes.count {
            #expect(throws: COCOError.self, "cut after \(count) bytes") {
                try COCOFile.read(bytes: Array(bytes.prefix(count)), name: "labels.json")
            }
        }
    }

    @Test("A byte changed anywhere gives labels or an error, never a crash")
    func damaged() {
        let bytes = Array(LabelText().text.utf8)
        var generator = SeededGenerator(seed: 1)
        var refused = 0
        for index in bytes.indices {
            for _ in 0..<8 {
                var damaged = bytes
                damaged[index] = UInt8(generator.index(below: 256))
                do {
                    _ = try COCOFile.read(bytes: damaged, name: "labels.json").validate()
                } catch {
                    #expect(error is COCOError)
                    refused += 1
                }
            }
        }
        #expect(refused > bytes.count)
    }

    @Test("JSON nested 200 deep is refused in words, wherever it stands")
    func depth() {
        let arrays = String(repeating: "[", count: 200) + String(repeating: "]", count: 200)
        let objects = String(repeating: #"{"a":"#, count: 200) + "1" + String(repeating: "}", count: 200)
        let words =
            "labels.json: on line 1 arrays and objects stand more than 64 deep in each other; a COCO file needs 5."
        for text in [
            #"{"x": \#(arrays)}"#, objects, #"{"images": [\#(arrays)]}"#,
            #"{"annotations": [{"id": 1, "segmentation": \#(arrays)}]}"#,
        ] {
            #expect(readingError(text)?.message == words)
        }
        let sixty = String(repeating: "[", count: 60) + String(repeating: "]", count: 60)
        #expect(readingError(#"{"images": [{"x": \#(sixty)}]}"#) == nil)
        var limits = COCOLimits()
        limits.depth = 500
        #expect(readingError(#"{"x": \#(arrays)}"#, limits: limits) == nil)
    }

    @Test("A file, a record or a list beyond its limit is refused in words")
    func limits() throws {
        var labels = LabelText()
        labels.annotations = (1...100).map { #"{"id": \#($0), "image_id": 1, "category_id": 1}"# }
        var limits = COCOLimits()
        limits.fileBytes = 1000
        #expect(
            readingError(labels.text, limits: limits)?.message
                == "labels.json: it has more than 1,000 bytes, the largest file that is read.")
        let folder = try TemporaryFolder()
        let path = try folder.file("labels.json", labels.text)
        #expect(throws: COCOError.self) { try COCOFile.read(path, limits: limits) }

        limits = COCOLimits()
        limits.records = 99
        #expect(
            readingError(labels.text, limits: limits)?.message
                == #"labels.json: "annotations" has more than 99 records."#)

        limits = COCOLimits()
        limits.recordBytes = 1000
        limits.windowBytes = 64
        let long = #"{"info": 1, "images":[\#n{"id": 1, "x": "\#(String(repeating: "x", count: 2000))"}]}"#
        let words = "labels.json: the record that begins on line 2 has more than 1,000 bytes, the largest that is read."
        #expect(readingError(long, limits: limits)?.message == words)
        limits.windowBytes = 1 << 20
        #expect(readingError(long, limits: limits)?.message == words)
    }

    @Test("A missing file and a folder in the place of a file are told apart")
    func system() throws {
        let folder = try TemporaryFolder()
        let missing = #expect(throws: COCOError.self) { try COCOFile.read(folder.path + "/none.json") }
        #expect(missing?.kind == .missing)
        #expect(missing?.message == "\(folder.path)/none.json does not exist.")
        let directory = #expect(throws: COCOError.self) { try COCOFile.read(folder.path) }
        #expect(directory?.message == "\(folder.path) cannot be read: Is a directory.")
    }
}
