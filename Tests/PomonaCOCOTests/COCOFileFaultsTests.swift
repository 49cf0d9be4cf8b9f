import Testing

@testable import PomonaCOCO

@Suite("Faults of single records")
struct COCOFileFaultsTests {
    struct Case: CustomTestStringConvertible, Sendable {
        var images: String?
        var annotation: String?
        var category: String?
        let rule: COCORule
        let message: String

        var testDescription: String { message }
    }

    static let cases = [
        Case(
            annotation: #"{"id": "1", "image_id": 1, "category_id": 1, "bbox": [1, 2, 3, 4]}"#, rule: .wrongType,
            message: #"annotations[0] of a.jpg (image 1): id is the text "1", not an integer (line 2)"#),
        Case(
            annotation: #"{"id": 9, "image_id": 1, "category_id": 1, "bbox": [1, 2, "3", 4]}"#, rule: .wrongType,
            message: #"annotation 9 of a.jpg (image 1): bbox[2] (width) is the text "3", not a number (line 2)"#),
        Case(
            annotation: #"{"id": 9, "image_id": 1, "category_id": 1, "bbox": [1, null, 3, 4]}"#, rule: .wrongType,
            message: "annotation 9 of a.jpg (image 1): bbox[1] (top) is null, not a number (line 2)"),
        Case(
            annotation: #"{"id": 9, "image_id": 1, "category_id": 1, "bbox": {"x": 1}}"#, rule: .wrongType,
            message: "annotation 9 of a.jpg (image 1): bbox is an object, not an array of four numbers (line 2)"),
        Case(
            annotation: #"{"id": 9, "image_id": 1, "category_id": 1, "bbox": [1, 2, 3]}"#, rule: .boxCount,
            message: "annotation 9 of a.jpg (image 1): bbox has 3 values, not four (line 2)"),
        Case(
            annotation: #"{"id": 9, "image_id": 1, "category_id": 1, "bbox": [1, 2, 3, 4, 5]}"#, rule: .boxCount,
            message: "annotation 9 of a.jpg (image 1): bbox has 5 values, not four (line 2)"),
        Case(
            annotation: #"{"id": 9, "image_id": 1, "category_id": 1, "bbox": [NaN, 2, 3, 4]}"#, rule: .notANumber,
            message: "annotation 9 of a.jpg (image 1): bbox[0] (left) holds NaN, which JSON does not have (line 2)"),
        Case(
            annotation: #"{"id": 9, "image_id": 1, "category_id": 1, "bbox": [1, 2, -Infinity, 4]}"#,
            rule: .notANumber,
            message: "annotation 9 of a.jpg (image 1): "
                + "bbox[2] (width) holds -Infinity, which JSON does not have (line 2)"),
        Case(
            annotation: #"{"id": 9, "image_id": 1, "category_id": 1, "area": nan, "bbox": [1, 2, 3, 4]}"#,
            rule: .notANumber,
            message: "annotation 9 of a.jpg (image 1): area holds nan, which JSON does not have (line 2)"),
        Case(
            annotation: #"{"id": 9, "image_id": 1.5, "category_id": 1}"#, rule: .notAnInteger,
            message: "annotation 9: image_id is the number 1.5, not an integer of 64 bits (line 2)"),
        Case(
            annotation: #"{"id": 18446744073709551615, "image_id": 1, "category_id": 1}"#, rule: .notAnInteger,
            message: "annotations[0] of a.jpg (image 1): "
                + "id is the number 18446744073709551615, not an integer of 64 bits (line 2)"),
        Case(
            annotation: #"{"id": 9, "image_id": 1}"#, rule: .missingField,
            message: "annotation 9 of a.jpg (image 1): category_id is missing (line 2)"),
        Case(
            annotation: #"{"id": 9, "image_id": null, "category_id": 1}"#, rule: .missingField,
            message: "annotation 9: image_id is null, but a value must be there (line 2)"),
        Case(
            annotation: #"{"id": 9, "id": 10, "image_id": 1, "category_id": 1}"#, rule: .repeatedField,
            message: "annotation 9 of a.jpg (image 1): id stands twice in the record (line 2)"),
        Case(
            annotation: #"{"id": 9, "image_id": 1, "category_id": 1, "iscrowd": 2}"#, rule: .crowdFlag,
            message: "annotation 9 of a.jpg (image 1): iscrowd is the number 2, not 0 or 1 (line 2)"),
        Case(
            annotation: "[9, 1, 1]", rule: .recordNotAnObject,
            message: "annotations[0]: it is an array, not an object (line 2)"),
        Case(
            annotation: "null", rule: .recordNotAnObject,
            message: "annotations[0]: it is null, not an object (line 2)"),
        Case(
            images: #"{"id": 1, "width": "100", "height": 80, "file_name": "a.jpg"}"#, rule: .wrongType,
            message: #"image 1 (a.jpg): width is the text "100", not a number (line 1)"#),
        Case(
            images: #"{"id": 1, "width": 100, "height": true, "file_name": "a.jpg"}"#, rule: .wrongType,
            message: "image 1 (a.jpg): height is true, not a number (line 1)"),
        Case(
            images: #"{"id": 1, "width": 100, "file_name": "a.jpg"}"#, rule: .missingField,
            message: "image 1 (a.jpg): height is missing (line 1)"),
        Case(
            images: #"{"id": 1, "width": 100, "height": 80, "file_name": 3}"#, rule: .wrongType,
            message: "image 1: file_name is the number 3, not a text (line 1)"),
        Case(
            images: #"{"id": 1, "width": 100, "height": 80, "file_name": null}"#, rule: .missingField,
            message: "image 1: file_name is missing (line 1)"),
        Case(
            images: #"{"width": 100, "height": 80, "file_name": "a\u001b[31m.jpg"}"#, rule: .missingField,
            message: #"images[0] (a\u{1b}[31m.jpg): id is missing (line 1)"#),
        Case(
            category: #"{"id": 1}"#, rule: .missingField, message: "category 1: name is missing (line 3)"),
        Case(
            category: #"{"id": true, "name": "apple"}"#, rule: .wrongType,
            message: "categories[0] (apple): id is true, not an integer (line 3)"),
    ]

    @Test("A fault names the record, the photo, the field and what was found", arguments: cases)
    func names(_ fault: Case) throws {
        var labels = LabelText()
        if let image = fault.images { labels.images = [image] }
        if let annotation = fault.annotation { labels.annotations = [annotation] }
        if let category = fault.category { labels.categories = [category] }
        let file = try labels.read()
        #expect(file.faults.map(\.rule) == [fault.rule])
        #expect(file.faults.flatMap(\.examples).map(\.message) == [fault.message])
        #expect(file.faults.map(\.severity) == [.error])
        #expect(!file.validate().isUsable)
    }

    @Test("An id written 3.0 is taken and said")
    func decimalID() throws {
        var labels = LabelText()
        labels.annotations = [#"{"id": 3.0, "image_id": 1e0, "category_id": 1, "bbox": [1, 2, 3, 4]}"#]
        let file = try labels.read()
        #expect(file.document.annotations.first?.id == 3)
        #expect(file.document.annotations.first?.imageID == 1)
        #expect(file.faults.map(\.rule) == [.integerAsDecimal])
        #expect(file.faults.map(\.count) == [2])
        #expect(file.validate().isUsable)
    }

    @Test("Each fault of a record is told, and records keep their places")
    func manyFaults() throws {
        var labels = LabelText()
        labels.annotations = [
            "7", #"{"id": "x", "image_id": [], "category_id": {}, "bbox": "no"}"#,
            #"{"id": 3, "image_id": 1, "category_id": 1, "bbox": [1, 2, 3, 4]}"#,
        ]
        let file = try labels.read()
        #expect(file.document.annotations.count == 3)
        #expect(file.faults.first(.wrongType)?.count == 4)
        #expect(file.faults.first(.wrongType)?.examples.map(\.index) == [1, 1, 1, 1])
        #expect(file.faults.first(.recordNotAnObject)?.examples.map(\.index) == [0])
        // What could not be read is not held against the records it belongs to again.
        #expect(Set(file.validate().findings.errorRules) == [.wrongType, .recordNotAnObject])
    }

    @Test("All faults are counted, the first are kept")
    func bounded() throws {
        var labels = LabelText()
        labels.annotations = (0..<500).map { #"{"id": \#($0), "image_id": "x", "category_id": 1}"# }
        let finding = try labels.read().faults.first(.wrongType)
        #expect(finding?.count == 500)
        #expect(finding?.examples.count == 10)
        #expect(finding?.examples.last?.line == 11)
    }
}
