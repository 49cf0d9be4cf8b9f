import PomonaCore
import Testing

@testable import PomonaCOCO

@Suite("COCOTrainingSet")
struct COCOTrainingSetTests {
    private func folder(with names: String...) throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        for name in names { _ = try folder.file(name, name) }
        return folder
    }

    @Test(
        "Boxes come out in pixels, clipped, with tags in the order of category ids",
        arguments: [
            BoxForm.pixels, .fractions,
        ])
    func boxes(form: BoxForm) throws {
        let folder = try folder(with: "a.jpg", "b.jpg")
        let scale = form == .pixels ? 1.0 : 0.01
        let document = COCODocument(
            images: [
                COCOImage(id: 30, width: 100, height: 100, fileName: "b.jpg"),
                COCOImage(id: 7, width: 100, height: 100, fileName: "a.jpg"),
            ],
            annotations: [
                COCOAnnotation(
                    id: 2, imageID: 7, categoryID: 9,
                    box: COCOBox(left: 25 * scale, top: 50 * scale, width: 50 * scale, height: 25 * scale)),
                COCOAnnotation(
                    id: 1, imageID: 7, categoryID: 4,
                    box: COCOBox(left: -1 * scale, top: 50 * scale, width: 51 * scale, height: 51.5 * scale),
                    isCrowd: true),
            ],
            categories: [COCOCategory(id: 9, name: "pear"), COCOCategory(id: 4, name: "apple")])
        let made = try document.trainingSet(imagesFolder: folder.path)
        #expect(made.validation.form.form == form)
        #expect(made.validation.clippedBoxCount == 1)
        #expect(made.missing.isEmpty)
        #expect(made.set.labels == ["apple", "pear"])
        #expect(made.set.photos.map(\.name) == ["b.jpg", "a.jpg"])
        #expect(made.set.photos.map(\.path) == ["\(folder.path)/b.jpg", "\(folder.path)/a.jpg"])
        #expect(
            made.set.photos.map(\.size) == [ImageSize(width: 100, height: 100), ImageSize(width: 100, height: 100)])
        #expect(made.set.photos[0].annotations.isEmpty)
        #expect(
            made.set.photos[1].annotations == [
                Annotation(label: 1, box: Box(xMin: 25, yMin: 50, xMax: 75, yMax: 75)),
                Annotation(label: 0, box: Box(xMin: 0, yMin: 50, xMax: 50, yMax: 100), isCrowd: true),
            ])
    }

    @Test("Missing photos are listed, not an error, and more than half is told apart")
    func missing() throws {
        let folder = try folder(with: "a.jpg")
        var document = COCOValidationTests.document(boxes: [COCOBox(left: 1, top: 1, width: 10, height: 10)])
        document.images.append(COCOImage(id: 6, width: 10, height: 10, fileName: "b.jpg"))
        let half = try document.trainingSet(imagesFolder: folder.path)
        #expect(half.set.photos.map(\.name) == ["a.jpg"])
        #expect(
            half.missing == [
                COCOTrainingSet.MissingPhoto(name: "b.jpg", id: 6, reason: "it is not in \(folder.path)")
            ])
        #expect(!half.isMostlyMissing)
        document.images.append(COCOImage(id: 8, width: 10, height: 10, fileName: "c.jpg"))
        #expect(try document.trainingSet(imagesFolder: folder.path).isMostlyMissing)
    }

    @Test("For classification, photos without a tag are left out and boxes are dropped")
    func classification() throws {
        let folder = try folder(with: "a.jpg", "b.jpg")
        var document = COCOValidationTests.document(boxes: [COCOBox(left: 1, top: 1, width: 10, height: 10)])
        document.images.append(COCOImage(id: 6, width: 10, height: 10, fileName: "b.jpg"))
        let made = try document.trainingSet(imagesFolder: folder.path, kind: .classification)
        #expect(made.set.photos.map(\.name) == ["a.jpg"])
        #expect(made.set.photos[0].annotations == [Annotation(label: 0, box: nil)])
        #expect(made.missing.isEmpty)
    }

    @Test("Faults end it with all of them in one error, a missing folder with its path")
    func errors() throws {
        let folder = try folder(with: "a.jpg")
        var document = COCOValidationTests.document(boxes: [COCOBox(left: 1, top: 1, width: 0, height: 10)])
        document.images[0].height = -1
        let error = #expect(throws: COCOError.self) {
            try document.trainingSet(imagesFolder: folder.path, name: "eval.json")
        }
        guard case .invalid("eval.json", let findings) = error else {
            Issue.record("\(String(describing: error)) is another error")
            return
        }
        #expect(Set(findings.errorRules) == [.imageSize, .boxExtent])
        document = COCOValidationTests.document(boxes: [COCOBox(left: 1, top: 1, width: 10, height: 10)])
        let missing = #expect(throws: COCOError.self) { try document.trainingSet(imagesFolder: folder.path + "/x") }
        #expect(missing?.kind == .missing)
    }

    @Test("A training set becomes a document and the same set again")
    func backAndForth() throws {
        let folder = try folder(with: "a.jpg", "b.jpg")
        let set = TrainingSet(
            labels: ["pear", "apple"],
            photos: [
                LabeledPhoto(
                    name: "a.jpg", path: "\(folder.path)/a.jpg", size: ImageSize(width: 64, height: 48),
                    annotations: [
                        Annotation(label: 1, box: Box(xMin: 4.5, yMin: 3, xMax: 20.25, yMax: 48), isCrowd: true),
                        Annotation(label: 0, box: Box(xMin: 0, yMin: 0, xMax: 64, yMax: 48)),
                    ]),
                LabeledPhoto(
                    name: "b.jpg", path: "\(folder.path)/b.jpg", size: ImageSize(width: 8, height: 8), annotations: []),
            ])
        #expect(try COCODocument(set).trainingSet(imagesFolder: folder.path).set == set)
    }
}
