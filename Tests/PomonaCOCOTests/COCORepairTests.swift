import PomonaCore
import Testing

@testable import PomonaCOCO

@Suite("COCORepair")
struct COCORepairTests {
    private func repair(_ document: COCODocument, into form: BoxForm? = nil) -> COCORepaired {
        COCORepair(form: form).repair(COCOFile(document, name: "labels.json"))
    }

    private static func box(_ left: Double, _ top: Double, _ width: Double, _ height: Double) -> COCOBox {
        COCOBox(left: left, top: top, width: width, height: height)
    }

    @Test("A sound file stays as it is")
    func sound() throws {
        var document = COCOValidationTests.document(boxes: [Self.box(10, 10, 20, 20)])
        document.images[0].id = 1
        document.annotations[0] = COCOAnnotation(id: 1, imageID: 1, categoryID: 1, box: Self.box(10, 10, 20, 20))
        document.categories[0].id = 1
        let repaired = repair(document)
        #expect(repaired.actions.isEmpty)
        #expect(try repaired.checked() == document)
        #expect(repaired.form == .pixels)
    }

    @Test("Ids become 1 to N and references follow; categories keep the order of their ids")
    func renumbers() throws {
        var document = COCODocument(
            images: [
                COCOImage(id: 90, width: 100, height: 100, fileName: "a.jpg"),
                COCOImage(id: 0, width: 100, height: 100, fileName: "b.jpg"),
            ],
            annotations: [
                COCOAnnotation(id: 5, imageID: 0, categoryID: 7, box: Self.box(10, 10, 20, 20)),
                COCOAnnotation(id: 5, imageID: 90, categoryID: 3, box: Self.box(30, 10, 20, 20)),
            ],
            categories: [COCOCategory(id: 7, name: "pear"), COCOCategory(id: 3, name: "apple")])
        let repaired = repair(document)
        document = try repaired.checked()
        #expect(document.images.map(\.id) == [1, 2])
        #expect(document.annotations.map(\.id) == [1, 2])
        #expect(document.annotations.map(\.imageID) == [2, 1])
        #expect(document.annotations.map(\.categoryID) == [2, 1])
        #expect(document.categories.map(\.id) == [2, 1])
        #expect(repaired.actions.map(\.kind) == [.idsRenumbered, .idsRenumbered, .idsRenumbered])
    }

    @Test("Categories of one name become one")
    func mergesCategories() throws {
        var document = COCOValidationTests.document(boxes: [Self.box(10, 10, 20, 20), Self.box(30, 10, 20, 20)])
        document.categories = [
            COCOCategory(id: 3, name: "apple"), COCOCategory(id: 2, name: "apple"), COCOCategory(id: 2, name: "apple"),
            COCOCategory(id: 4, name: "pear"),
        ]
        document.annotations[1].categoryID = 3
        let repaired = repair(document)
        let mended = try repaired.checked()
        #expect(mended.categories == [COCOCategory(id: 1, name: "apple"), COCOCategory(id: 2, name: "pear")])
        #expect(mended.annotations.map(\.categoryID) == [1, 1])
        #expect(
            repaired.actions.first?.text == "Categories of the same name become one (2): "
                + "category 3 (apple), category 2 (apple)")
    }

    @Test("Records that stand twice are dropped, annotations of nothing removed")
    func drops() throws {
        var document = COCOValidationTests.document(boxes: [
            Self.box(10, 10, 20, 20), Self.box(30, 10, 20, 20), Self.box(30, 10, 20, 20), Self.box(30, 10, 20, 20),
        ])
        document.images.append(document.images[0])
        document.annotations.append(document.annotations[0])
        document.annotations[2].imageID = 99
        document.annotations[3].categoryID = 99
        let repaired = repair(document)
        #expect(try repaired.checked().images.count == 1)
        #expect(repaired.document.annotations.map(\.box) == document.annotations.prefix(2).map(\.box))
        #expect(repaired.actions.prefix(3).map(\.kind) == [.imagesDropped, .annotationsDropped, .danglingRemoved])
        #expect(repaired.actions.prefix(3).map(\.count) == [1, 1, 2])
    }

    @Test(
        "Boxes are clipped if half of them is in the photo, and removed without extent",
        arguments: [
            BoxForm.pixels, .fractions,
        ])
    func boxes(form: BoxForm) throws {
        let (x, y) = form == .pixels ? (1.0, 1.0) : (0.01, 0.0125)
        func scaled(_ box: COCOBox) -> COCOBox { Self.box(box.left * x, box.top * y, box.width * x, box.height * y) }
        let boxes = [
            Self.box(-5, 0, 20, 20), Self.box(90, 70, 20, 10), Self.box(10, 10, 0, 5), Self.box(10, 10, 50, 50),
        ]
        let repaired = repair(COCOValidationTests.document(boxes: boxes.map(scaled)))
        let mended = try repaired.checked().annotations.compactMap(\.box)
        let right = [Self.box(0, 0, 15, 20), Self.box(90, 70, 10, 10), Self.box(10, 10, 50, 50)].map(scaled)
        #expect(mended.count == right.count)
        for (box, right) in zip(mended, right) {
            for (value, wanted) in zip(box.values, right.values) { #expect(abs(value - wanted) < 1e-12) }
        }
        #expect(repaired.actions.prefix(2).map(\.kind) == [.emptyBoxesRemoved, .boxesClipped])
        #expect(repaired.actions.prefix(2).map(\.count) == [1, 2])
    }

    @Test("Pixels become fractions that Image Analysis 4.0 takes, and pixels again without loss")
    func converts() throws {
        var generator = SeededGenerator(seed: 11)
        for _ in 0..<200 {
            let (width, height) = (Double(generator.index(below: 4000) + 3), Double(generator.index(below: 4000) + 3))
            // Boxes of whole hundredths, many of which end at the very edge.
            let boxes =
                (0..<5).map { _ -> COCOBox in
                    let left = (generator.unit() * (width - 3) * 100).rounded() / 100
                    let top = (generator.unit() * (height - 3) * 100).rounded() / 100
                    let isWide = generator.chance(0.5)
                    return Self.box(
                        left, top, isWide ? width - left : 2.25, isWide ? 2.5 : height - top)
                } + [Self.box(0, 0, width, height)]
            let document = COCOValidationTests.document(boxes: boxes, width: width, height: height)
            let fractions = COCORepair(sourceForm: .pixels, form: .fractions)
                .repair(COCOFile(document, name: "labels.json"))
            let mended = try fractions.checked()
            #expect(mended.annotations.allSatisfy { $0.box?.isRelative == true })
            let back = COCORepair(sourceForm: .fractions, form: .pixels).repair(COCOFile(mended, name: "labels.json"))
            for (annotation, box) in zip(try back.checked().annotations, boxes) {
                let values = try #require(annotation.box).values
                for (value, wanted) in zip(values, box.values) { #expect(abs(value - wanted) < 1e-6) }
            }
        }
    }

    @Test("Sizes become whole pixels")
    func sizes() throws {
        let document = COCOValidationTests.document(boxes: [Self.box(10, 10, 20, 20)], width: 100.4)
        #expect(try repair(document).checked().images[0].width == 100)
        #expect(repair(document).actions.first?.kind == .sizesRounded)
    }

    @Test("What only a person can mend is left and said")
    func remaining() throws {
        var document = COCOValidationTests.document(boxes: [Self.box(10, 10, 20, 20), Self.box(95, 10, 20, 20)])
        document.images.append(COCOImage(id: 5, width: 10, height: 10, fileName: "b.jpg"))
        document.categories.append(COCOCategory(id: 2, name: "pear"))
        let repaired = repair(document)
        #expect(Set(repaired.remaining.map(\.rule)) == [.duplicateID, .boxOutside])
        let error = #expect(throws: COCOError.self) { try repaired.checked() }
        #expect(error?.code == "labelsNotRepairable")

        let mixed = COCOValidationTests.document(boxes: [Self.box(10, 10, 20, 20), Self.box(0.1, 0.1, 0.5, 0.5)])
        #expect(repair(mixed).remaining.map(\.rule) == [.boxForm])

        var labels = LabelText()
        labels.annotations.append(#"{"id": 2, "image_id": 1, "category_id": 1, "bbox": [1, 2, NaN, 4]}"#)
        #expect(COCORepair().repair(try labels.read()).remaining.map(\.rule) == [.notANumber])
    }
}
