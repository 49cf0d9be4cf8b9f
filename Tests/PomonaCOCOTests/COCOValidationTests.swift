import PomonaCore
import Testing

@testable import PomonaCOCO

@Suite("COCOValidation")
struct COCOValidationTests {
    static func document(boxes: [COCOBox], width: Double = 100, height: Double = 80) -> COCODocument {
        COCODocument(
            images: [COCOImage(id: 5, width: width, height: height, fileName: "a.jpg")],
            annotations: boxes.enumerated().map {
                COCOAnnotation(id: $0 + 11, imageID: 5, categoryID: 2, box: $1)
            },
            categories: [COCOCategory(id: 2, name: "apple")])
    }

    static func box(_ left: Double, _ top: Double, _ width: Double, _ height: Double) -> COCOBox {
        COCOBox(left: left, top: top, width: width, height: height)
    }

    private func validate(_ document: COCODocument, kind: COCOKind? = nil, form: BoxForm? = nil) -> COCOValidation {
        COCOFile(document, name: "labels.json").validate(kind: kind, form: form)
    }

    private func messages(_ document: COCODocument, _ rule: COCORule, form: BoxForm? = nil) -> [String] {
        validate(document, form: form).findings.first(rule)?.examples.map(\.message) ?? []
    }

    @Test("A sound file has no findings")
    func sound() {
        let validation = validate(Self.document(boxes: [Self.box(10, 10, 50, 50), Self.box(0, 0, 100, 80)]))
        #expect(validation.findings.isEmpty)
        #expect(validation.isUsable)
        #expect(validation.kind == .detection)
        #expect(validation.labels == ["apple"])
    }

    @Test("A box without width or height is an error that names it", arguments: [BoxForm.pixels, .fractions])
    func extent(form: BoxForm) {
        let document = Self.document(boxes: [Self.box(0.1, 0.1, 0, 0.4), Self.box(0.1, 0.1, 0.5, -3)])
        #expect(
            messages(document, .boxExtent, form: form) == [
                "annotation 11 of a.jpg (image 5): bbox[2] (width) is 0, but must be above 0",
                "annotation 12 of a.jpg (image 5): bbox[3] (height) is -3, but must be above 0",
            ])
    }

    @Test("A box more than 2 px outside is an error; up to 2 px it is clipped and counted")
    func outside() {
        let document = Self.document(boxes: [
            Self.box(-2, 0, 50, 50), Self.box(60, 40, 42, 42), Self.box(60, 40, 42.25, 20), Self.box(-2.5, 40, 20, 20),
            Self.box(20, 20, 20, 60.0005),
        ])
        let validation = validate(document)
        #expect(validation.clippedBoxCount == 2)
        #expect(validation.findings.first(.boxClipped)?.count == 2)
        #expect(validation.findings.first(.boxClipped)?.severity == .warning)
        #expect(
            messages(document, .boxOutside) == [
                "annotation 13 of a.jpg (image 5): bbox [60, 40, 42.25, 20] in pixels hangs over by "
                    + "2.25 px at the right of a photo of 100 x 80 px",
                "annotation 14 of a.jpg (image 5): bbox [-2.5, 40, 20, 20] in pixels hangs over by "
                    + "2.5 px at the left of a photo of 100 x 80 px",
            ])
    }

    @Test("An overhang of fractions is measured in pixels of the photo")
    func outsideFractions() {
        // 0.015 of 100 px is within the tolerance, 0.03 is not.
        let document = Self.document(boxes: [
            Self.box(0.5, 0.5, 0.515, 0.2), Self.box(0.5, 0.5, 0.53, 0.2), Self.box(0.1, 0.1, 0.2, 0.2),
        ])
        let validation = validate(document)
        #expect(validation.form.form == .fractions)
        #expect(validation.clippedBoxCount == 1)
        #expect(validation.findings.errorRules == [.boxOutside])
    }

    @Test("A box that lies beside its photo is an error, even within 2 px")
    func beside() {
        let document = Self.document(boxes: [Self.box(100.5, 10, 1, 10), Self.box(10, 10, 20, 20)])
        #expect(validate(document).findings.errorRules == [.boxOutside])
    }

    @Test("An image with an impossible size is an error; its boxes are not told of as well")
    func imageSizes() {
        let sizes: [(Double, Double)] = [(0, 80), (-5, 80), (100, 2e6), (100, 1e300)]
        for (width, height) in sizes {
            let validation = validate(Self.document(boxes: [Self.box(10, 10, 50, 50)], width: width, height: height))
            #expect(validation.findings.errorRules.first == .imageSize)
        }
        #expect(
            messages(Self.document(boxes: [Self.box(10, 10, 5, 5)], width: 0), .imageSize) == [
                "image 5 (a.jpg): width is 0, but a photo has 1 to 1,000,000 px"
            ])
    }

    @Test("A size in fractions of a pixel is rounded and said")
    func roundedSize() {
        let validation = validate(Self.document(boxes: [Self.box(10, 10, 50, 50)], width: 100.4))
        #expect(validation.isUsable)
        #expect(validation.findings.map(\.rule) == [.sizeNotWhole])
    }

    @Test("References that lead nowhere are errors")
    func references() {
        var document = Self.document(boxes: [Self.box(10, 10, 50, 50), Self.box(10, 10, 50, 50)])
        document.annotations[0].imageID = 6
        document.annotations[1].categoryID = 1
        #expect(
            messages(document, .unknownImage) == [
                "annotation 11 of image 6: image_id is 6, but no image has that id"
            ])
        #expect(
            messages(document, .unknownCategory) == [
                "annotation 12 of a.jpg (image 5): category_id is 1, but no category has that id"
            ])
    }

    @Test("An id that stands twice is an error in each list")
    func duplicates() {
        var document = Self.document(boxes: [Self.box(10, 10, 50, 50), Self.box(10, 10, 50, 50)])
        document.images.append(COCOImage(id: 5, width: 10, height: 10, fileName: "b.jpg"))
        document.categories.append(COCOCategory(id: 2, name: "pear"))
        document.annotations[1].id = 11
        #expect(
            messages(document, .duplicateID) == [
                "image 5 (b.jpg): its id stands at images[0] already; ids are unique",
                "annotation 11 of a.jpg (image 5): its id stands at annotations[0] already; ids are unique",
                "category 2 (pear): its id stands at categories[0] already; ids are unique",
            ])
    }

    @Test("An empty file says which parts it lacks")
    func empty() throws {
        #expect(
            validate(COCODocument()).findings.errorRules == [.noImages, .noCategories, .noBoxes])
        let file = try readLabels(#"{"images": []}"#)
        let missing = file.validate().findings.first(.missingList)
        #expect(missing?.examples.map(\.list) == [.annotations, .categories])
        #expect(missing?.count == 2)
    }

    @Test("Detection needs a box for each annotation")
    func missingBoxes() {
        var document = Self.document(boxes: [Self.box(10, 10, 50, 50), Self.box(10, 10, 50, 50)])
        document.annotations[1].box = nil
        #expect(validate(document).kind == .detection)
        #expect(
            messages(document, .missingBox) == [
                "annotation 12 of a.jpg (image 5): bbox is missing; detection needs one"
            ])
    }

    @Test("Classification takes one tag for each photo and leaves out photos without one")
    func classification() {
        var document = Self.document(boxes: [Self.box(1, 1, 1, 1), Self.box(1, 1, 1, 1)])
        document.annotations[0].box = nil
        document.annotations[1].box = nil
        document.images.append(COCOImage(id: 6, width: 10, height: 10, fileName: "b.jpg"))
        let validation = validate(document)
        #expect(validation.kind == .classification)
        #expect(validation.kindReason == "no annotation has a box")
        #expect(validation.findings.map(\.rule) == [.secondTag, .photoWithoutTag])
        #expect(
            validation.findings.first(.secondTag)?.examples.map(\.message) == [
                "annotation 12 of a.jpg (image 5): the photo has annotation 11 already; "
                    + "classification takes one tag for each photo"
            ])
        document.annotations.removeLast()
        #expect(validate(document).isUsable)
        document.annotations[0].box = Self.box(0, 0, 10, 10)
        #expect(validate(document, kind: .classification).findings.map(\.rule) == [.boxNotUsed, .photoWithoutTag])
    }

    @Test("Categories of one name are one tag, in the order of ids")
    func categoryNames() {
        var document = Self.document(boxes: [Self.box(10, 10, 50, 50)])
        document.categories = [
            COCOCategory(id: 9, name: "pear"), COCOCategory(id: 2, name: "apple"), COCOCategory(id: 4, name: "pear"),
            COCOCategory(id: 3, name: " "),
        ]
        let validation = validate(document)
        #expect(validation.labels == ["apple", " ", "pear"])
        #expect(validation.findings.first(.duplicateCategoryName)?.count == 1)
        #expect(validation.findings.errorRules == [.emptyName])
    }

    @Test("Photos without a box and categories without use are notes")
    func notes() {
        var document = Self.document(boxes: [Self.box(10, 10, 50, 50)])
        document.images.append(COCOImage(id: 6, width: 10, height: 10, fileName: "b.jpg"))
        document.categories.append(COCOCategory(id: 3, name: "pear"))
        let validation = validate(document)
        #expect(validation.isUsable)
        #expect(validation.findings.map(\.rule) == [.photoWithoutBox, .unusedCategory])
        #expect(validation.findings.allSatisfy { $0.severity == .note })
    }

    @Test("File names that leave the folder or stand twice are warnings")
    func fileNames() {
        var document = Self.document(boxes: [Self.box(10, 10, 50, 50)])
        document.images += ["a.jpg", "../a.jpg", "/etc/a.jpg"].enumerated().map {
            COCOImage(id: $0 + 6, width: 10, height: 10, fileName: $1)
        }
        let findings = validate(document).findings
        #expect(findings.first(.duplicateFileName)?.count == 1)
        #expect(findings.first(.nameLeavesFolder)?.examples.map(\.id) == [7, 8])
        #expect(findings.errorRules.isEmpty)
    }

    @Test("The error for a file lists the first faults of each kind and counts the rest")
    func error() throws {
        let boxes = (0..<40).map { Self.box(Double($0), 0, 0, 5) } + [Self.box(90, 0, 20, 20)]
        let file = COCOFile(Self.document(boxes: boxes), name: "labels.json")
        let folder = try TemporaryFolder()
        let error = #expect(throws: COCOError.self) { try file.trainingSet(imagesFolder: folder.path) }
        let lines = try #require(error).message.split(separator: "\n")
        #expect(lines.first == "labels.json has faults in its labels:")
        #expect(lines.count == 13)
        #expect(lines[11] == "  and 30 more of these: boxes without width or height")
        #expect(lines[12].contains("10 px at the right"))
        #expect(error?.kind == .badData)
        #expect(error?.code == "labelsInvalid")
    }
}
