import Testing

@testable import PomonaCOCO

@Suite("FormRecognition")
struct FormRecognitionTests {
    private func recognise(
        _ boxes: [[Double]], width: Double = 100, height: Double = 80, chosen: BoxForm? = nil
    ) -> FormRecognition {
        let document = COCOValidationTests.document(
            boxes: boxes.map { COCOBox(left: $0[0], top: $0[1], width: $0[2], height: $0[3]) }, width: width,
            height: height)
        return COCOFile(document, name: "labels.json").validate(form: chosen).form
    }

    @Test("Boxes that reach beyond 2 are pixels")
    func pixels() {
        let form = recognise([[10, 20, 30, 40], [1, 1, 1, 1], [0, 0, 100, 80]])
        #expect(form.form == .pixels)
        #expect(form.reason == "2 of 3 boxes reach beyond 2, which no fraction does")
    }

    @Test("Boxes within 0...1 are fractions, a hair over the edge as well")
    func fractions() {
        let form = recognise([
            [0.1, 0.2, 0.3, 0.4], [0, 0, 1, 1], [0.5, 0.5, 0.5000001, 0.51], [0.9, 0.9, 0.5, 0.05],
        ])
        #expect(form.form == .fractions)
        #expect(form.reason == "3 of 4 boxes lie within 0...1 and none reaches beyond 2")
    }

    @Test("A file in both forms needs a choice and shows a box of each")
    func mixed() {
        let form = recognise([[0.1, 0.2, 0.3, 0.4], [10, 20, 30, 40]])
        #expect(form.form == nil)
        #expect(form.needsChoice)
        let file = COCOFile(
            COCOValidationTests.document(boxes: [
                COCOBox(left: 0.1, top: 0.2, width: 0.3, height: 0.4),
                COCOBox(left: 10, top: 20, width: 30, height: 40),
            ]), name: "labels.json")
        let finding = file.validate().findings.first(.boxForm)
        #expect(finding?.count == 1)
        #expect(
            finding?.examples.map(\.message) == [
                "1 of 2 boxes reach beyond 2, as only pixels do, and 1 lie within 0...1, as only fractions do; "
                    + "the file mixes both or has wrong values",
                "annotation 12 of a.jpg (image 5): bbox [10, 20, 30, 40] looks like pixels",
                "annotation 11 of a.jpg (image 5): bbox [0.1, 0.2, 0.3, 0.4] looks like fractions",
            ])
    }

    @Test("A choice overrules what the boxes look like")
    func chosen() {
        let form = recognise([[0.1, 0.2, 0.3, 0.4], [10, 20, 30, 40]], chosen: .pixels)
        #expect(form.form == .pixels)
        #expect(!form.needsChoice)
        #expect(recognise([[10, 20, 30, 40]], chosen: .fractions).form == .fractions)
    }

    @Test("One speck in a corner among a thousand boxes changes nothing, but is said")
    func stray() {
        let many = [[Double]](repeating: [10, 20, 30, 40], count: 1000)
        #expect(recognise(many + [[0, 0, 0.5, 0.5]]).form == .pixels)
        #expect(recognise(many.dropLast() + [[0, 0, 0.5, 0.5]]).needsChoice)
        let file = COCOFile(
            COCOValidationTests.document(
                boxes: (many + [[0, 0, 0.5, 0.5]]).map {
                    COCOBox(left: $0[0], top: $0[1], width: $0[2], height: $0[3])
                }), name: "labels.json")
        #expect(file.validate().findings.first(.strayBoxForm)?.count == 1)
        #expect(file.validate().isUsable)
    }

    @Test("Whole photos are fractions, unless the photos are so small that it may be their first pixel")
    func wholePhotos() {
        #expect(recognise([[0, 0, 1, 1], [0, 0, 1, 1]]).form == .fractions)
        #expect(recognise([[0, 0, 1, 1]], width: 9).needsChoice)
        #expect(recognise([[0, 0, 1, 1]], width: 1, height: 1).form == .pixels)
        #expect(recognise([[0, 0, 2, 2]]).needsChoice)
        #expect(recognise([[0, 0, 2, 2]], width: 2, height: 2).needsChoice)
    }

    @Test("A single pixel says nothing among other boxes")
    func singlePixel() {
        #expect(recognise([[0, 0, 1, 1], [2, 2, 4, 4]], width: 8, height: 8).form == .pixels)
        #expect(recognise([[0, 0, 1, 1], [0.2, 0.2, 0.4, 0.4]], width: 8, height: 8).form == .fractions)
    }

    @Test("A file without boxes has no form and needs none")
    func noBoxes() {
        let form = recognise([])
        #expect(form.form == nil)
        #expect(!form.needsChoice)
        #expect(form.reason == "there are no boxes")
    }

    @Test("Boxes without extent do not vote for fractions")
    func withoutExtent() {
        #expect(recognise([[0, 0, 0, 0], [10, 20, 30, 40]]).form == .pixels)
    }
}
