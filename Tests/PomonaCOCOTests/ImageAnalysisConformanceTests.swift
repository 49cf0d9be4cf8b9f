import Testing

@testable import PomonaCOCO

@Suite("Conformance with Image Analysis 4.0")
struct ImageAnalysisConformanceTests {
    /// A file as the service wants it, with one photo for each box or tag.
    private func document(
        _ annotations: [(category: Int, box: COCOBox?)], categories: Int, side: Double = 100
    ) -> COCODocument {
        COCODocument(
            images: annotations.indices.map {
                COCOImage(
                    id: $0 + 1, width: side, height: side, fileName: "\($0 + 1).jpg",
                    cocoURL: "https://photos.invalid/\($0 + 1).jpg")
            },
            annotations: annotations.enumerated().map {
                COCOAnnotation(id: $0 + 1, imageID: $0 + 1, categoryID: $1.category, box: $1.box)
            },
            categories: (1...categories).map { COCOCategory(id: $0, name: "tag \($0)") })
    }

    private func report(
        _ document: COCODocument, _ kind: COCOKind? = nil, _ role: COCORole = .train
    ) -> COCOReport {
        COCOCheck.run(COCOFile(document, name: "labels.json"), kind: kind, role: role)
    }

    private static let box = COCOBox(left: 0, top: 0, width: 0.25, height: 0.5)

    @Test("A sound file for detection is taken, for training and evaluation")
    func soundDetection() {
        let sound = document([(1, Self.box), (1, Self.box)], categories: 1)
        for role in COCORole.allCases {
            let report = report(sound, .detection, role)
            #expect(report.imageAnalysis.findings.isEmpty)
            #expect(report.isForImageAnalysis)
            #expect(report.isValid)
        }
    }

    @Test("Classification for training needs two photos of each tag, for evaluation one")
    func soundClassification() {
        let three = document([(1, nil), (1, nil), (2, nil)], categories: 2)
        let training = report(three, .classification, .train)
        #expect(training.imageAnalysis.findings.errorRules == [.imagesPerCategory])
        #expect(
            training.imageAnalysis.findings.flatMap(\.examples).map(\.message) == [
                "category 2 (tag 2): it is on 1 image, but must be on 2 or more"
            ])
        // Pomona itself makes do with it, but the file is meant for the service.
        #expect(training.pomona.isAccepted)
        #expect(!training.isValid)
        #expect(report(three, .classification, .evaluation).isValid)
        #expect(report(document([(1, nil), (1, nil), (2, nil), (2, nil)], categories: 2)).isValid)
    }

    @Test("Detection with a single photo of a tag is taken with a warning")
    func quota() {
        let report = report(document([(1, Self.box)], categories: 1))
        #expect(report.isValid)
        #expect(report.imageAnalysis.findings.map(\.rule) == [.imagesPerCategory])
        #expect(report.imageAnalysis.findings.map(\.severity) == [.warning])
    }

    @Test(
        "Sides of 10 to 10,240 px train, of 50 to 16,000 px evaluate",
        arguments: [
            (COCORole.train, 9.0, false), (.train, 10, true), (.train, 10_240, true), (.train, 10_241, false),
            (.evaluation, 49, false), (.evaluation, 50, true), (.evaluation, 16_000, true),
            (.evaluation, 16_001, false),
        ])
    func sides(role: COCORole, side: Double, isTaken: Bool) {
        let report = report(document([(1, Self.box), (1, Self.box)], categories: 1, side: side), .detection, role)
        #expect(report.imageAnalysis.isAccepted == isTaken)
        let rules: [COCORule] = isTaken ? [] : [.imageSide]
        #expect(report.imageAnalysis.findings.errorRules == rules)
        // Width and height of both photos.
        if !isTaken { #expect(report.imageAnalysis.findings.first?.count == 4) }
    }

    @Test(
        "A box is a part of the photo in fractions, compared exactly",
        arguments: [
            (0.8, 0.1, 0.3, 0.1, "left + width is 1.1, but must be at most 1"),
            (0.1, 0.8, 0.1, 0.3, "top + height is 1.1, but must be at most 1"),
            (-0.01, 0.1, 0.3, 0.1, "left is -0.01, but must be at least 0 and less than 1"),
            (0.1, 1, 0.3, 0.1, "top is 1, but must be at least 0 and less than 1"),
            (0, 0, 1.01, 0.1, "width is 1.01, but must be more than 0 and at most 1"),
            (0, 0, 0.1, 0, "height is 0, but must be more than 0 and at most 1"),
        ])
    func relativeBoxes(left: Double, top: Double, width: Double, height: Double, message: String) {
        let wrong = COCOBox(left: left, top: top, width: width, height: height)
        let report = report(document([(1, Self.box), (1, wrong)], categories: 1))
        #expect(report.form.form == .fractions)
        #expect(report.imageAnalysis.findings.errorRules == [.relativeBox])
        #expect(
            report.imageAnalysis.findings.first(.relativeBox)?.examples.map(\.message) == [
                "annotation 2 of 2.jpg (image 2): \(message)"
            ])
        #expect(!report.isValid)
    }

    @Test("Ids and references are 1 to the length of their list")
    func ids() {
        var gaps = document([(1, Self.box), (1, Self.box)], categories: 1)
        gaps.images[1].id = 3
        gaps.annotations[1].imageID = 3
        gaps.annotations[0].id = 0
        gaps.categories[0].id = 8
        gaps.annotations[0].categoryID = 8
        gaps.annotations[1].categoryID = 8
        let report = report(gaps)
        #expect(report.pomona.isAccepted)
        #expect(report.imageAnalysis.findings.errorRules == [.idRange])
        #expect(report.imageAnalysis.findings.first(.idRange)?.count == 6)
        #expect(
            report.repairs == [
                "Images get new ids, 1 to their number (1): image 3",
                "Categories get new ids, 1 to their number (1): category 8 (tag 1)",
                "Annotations get new ids, 1 to their number (1): annotation 0",
            ])
    }

    @Test("Every photo needs an address; one that cannot be fetched is a warning")
    func addresses() {
        var changed = document([(1, Self.box), (1, Self.box)], categories: 1)
        changed.images[0].cocoURL = nil
        changed.images[1].cocoURL = "AmlDatastore://store/2.jpg"
        let findings = report(changed).imageAnalysis.findings
        #expect(findings.errorRules == [.missingAddress])
        #expect(findings.first(.unreachableAddress)?.severity == .warning)
        changed.images[0].absoluteURL = "https://photos.invalid/1.jpg"
        #expect(report(changed).isValid)
    }

    @Test("Counts of images and categories have limits")
    func counts() {
        #expect(
            report(document([(1, nil), (1, nil)], categories: 1)).imageAnalysis.findings.errorRules == [.categoryCount])
        let boxes = [(category: Int, box: COCOBox?)](repeating: (1, Self.box), count: 2)
        #expect(report(document(boxes, categories: 1000)).imageAnalysis.findings.first(.categoryCount) == nil)
        let many = report(document(boxes, categories: 1001)).imageAnalysis.findings.first(.categoryCount)
        #expect(many?.severity == .warning)
        let tooMany = report(document(boxes, categories: 2001)).imageAnalysis.findings.first(.categoryCount)
        #expect(tooMany?.severity == .error)
        #expect(tooMany?.examples.map(\.message) == ["there are 2,001 categories, but must be 1 to 2,000"])
    }

    @Test("More than 1,000 boxes on a photo and other types of photos are warnings")
    func quotas() {
        var crowded = document([(1, Self.box), (1, Self.box)], categories: 1)
        crowded.images[1].fileName = "2.HEIC"
        for id in 3...1003 {
            crowded.annotations.append(COCOAnnotation(id: id, imageID: 1, categoryID: 1, box: Self.box))
        }
        let report = report(crowded)
        #expect(report.isValid)
        #expect(Set(report.imageAnalysis.findings.map(\.rule)) == [.photoType, .regionsPerImage])
    }

    @Test("What cannot be read is refused by both, decimal ids by the service alone")
    func reading() throws {
        var labels = LabelText()
        labels.annotations = [
            #"{"id": 1, "image_id": 1, "category_id": 1, "bbox": [0.1, 0.1, 0.2, "x"]}"#,
            #"{"id": 2.0, "image_id": 1, "category_id": 1, "bbox": [0.1, 0.1, 0.2, 0.2]}"#,
        ]
        let report = COCOCheck.run(try labels.read())
        #expect(report.pomona.findings.errorRules == [.wrongType])
        #expect(report.imageAnalysis.findings.errorRules == [.wrongType, .integerAsDecimal, .missingAddress])
    }

    @Test("An ordinary file in pixels is valid, though the service would refuse it")
    func ordinary() throws {
        let report = COCOCheck.run(try LabelText().read())
        #expect(report.isValid)
        #expect(!report.isForImageAnalysis)
        #expect(report.imageAnalysis.findings.errorRules == [.missingAddress, .relativeBox])
    }
}
