import Foundation
import Testing

@testable import PomonaCOCO

@Suite("COCOCheck")
struct COCOCheckTests {
    @Test("The report reads as text")
    func text() throws {
        let folder = try TemporaryFolder()
        var labels = LabelText()
        labels.images.append(#"{"id": 2, "width": 100, "height": 80, "file_name": "b.jpg"}"#)
        labels.annotations += [
            #"{"id": 2, "image_id": 1, "category_id": 1, "bbox": [-1, 20, 30, 40], "iscrowd": 1}"#,
            #"{"id": 4, "image_id": 1, "category_id": 1, "bbox": [10, 20, 0, 40]}"#,
        ]
        let path = try folder.file("labels.json", labels.text)
        _ = try folder.file("photos/a.jpg", "a")
        let report = try COCOCheck.run(file: path, images: "\(folder.path)/photos")
        #expect(!report.isValid)
        #expect(
            report.text == """
                \(path): 2 images, 3 annotations, 1 tag; for detection (every annotation has a box) and training
                Boxes: 3, in pixels: 3 of 3 boxes reach beyond 2, which no fraction does; 1 of crowds
                Tags: apple 3
                Photos: 1 found in \(folder.path)/photos, 1 missing

                Pomona cannot use this file:
                  error: 1 x boxes without width or height
                    annotation 4 of a.jpg (image 1): bbox[2] (width) is 0, but must be above 0
                  warning: 1 x boxes that hang over the edge by up to 2 px, and are clipped
                    annotation 2 of a.jpg (image 1): bbox [-1, 20, 30, 40] in pixels hangs over by 1 px at the left \
                of a photo of 100 x 80 px
                  warning: 1 x photos that are not in the folder
                    image 2 (b.jpg): it is not in \(folder.path)/photos
                  note: 1 x photos without a box, which say "nothing here"
                    image 2 (b.jpg): it has no box

                This is ordinary COCO, which Image Analysis 4.0 would refuse (that does not count against it):
                  error: 2 x images with neither coco_url nor absolute_url
                    image 1 (a.jpg): it has neither coco_url nor absolute_url
                    image 2 (b.jpg): it has neither coco_url nor absolute_url
                  error: 1 x ids and references that are not 1 to the length of their list
                    annotation 4 of a.jpg (image 1): id is 4, but must be 1 to 3
                  error: 3 x boxes that are not fractions of the photo within it
                    annotation 1 of a.jpg (image 1): left is 10, but must be at least 0 and less than 1
                    annotation 2 of a.jpg (image 1): left is -1, but must be at least 0 and less than 1
                    annotation 4 of a.jpg (image 1): left is 10, but must be at least 0 and less than 1

                A repair would do this:
                  Boxes without width or height are removed (1): annotation 4
                  Boxes are clipped to their photo (1): annotation 2 of a.jpg

                Not valid.

                """)
    }

    @Test("The report survives JSON")
    func json() throws {
        let report = COCOCheck.run(try LabelText().read(), kind: .detection, role: .evaluation)
        let data = try JSONEncoder().encode(report)
        #expect(try JSONDecoder().decode(COCOReport.self, from: data) == report)
        let object = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
        #expect(object["isValid"] as? Bool == true)
        #expect((object["form"] as? [String: Any])?["form"] as? String == "pixels")
        #expect(object["role"] as? String == "evaluation")
    }

    @Test("Tags are counted by annotation and by photo")
    func tags() throws {
        var labels = LabelText()
        labels.images.append(#"{"id": 2, "width": 100, "height": 80, "file_name": "b.jpg"}"#)
        labels.categories.append(#"{"id": 2, "name": "pear"}"#)
        labels.annotations = [(1, 1), (1, 1), (2, 1), (2, 2)].enumerated().map {
            #"{"id": \#($0 + 1), "image_id": \#($1.0), "category_id": \#($1.1), "bbox": [1, 2, 30, 40]}"#
        }
        let report = COCOCheck.run(try labels.read())
        #expect(
            report.tags == [
                COCOReport.Tag(name: "apple", annotations: 3, images: 2),
                COCOReport.Tag(name: "pear", annotations: 1, images: 1),
            ])
    }

    @Test("More photos missing than found is an error")
    func missingPhotos() throws {
        let folder = try TemporaryFolder()
        let path = try folder.file("labels.json", LabelText().text)
        let report = try COCOCheck.run(file: path, images: folder.path)
        #expect(report.pomona.findings.errorRules == [.photosMissing])
        #expect(!report.isValid)
    }

    @Test("A photo of more than 20 MB is more than the service takes")
    func largePhoto() throws {
        let folder = try TemporaryFolder()
        let path = try folder.file("labels.json", LabelText().text)
        let photo = try folder.file("a.jpg", "")
        try #require(truncate(photo, 20 * 1024 * 1024 + 1) == 0)
        let findings = try COCOCheck.run(file: path, images: folder.path).imageAnalysis.findings
        #expect(findings.first(.photoBytes)?.count == 1)
    }

    @Test("Faults by the hundred thousand make a short report")
    func short() throws {
        var labels = LabelText()
        labels.annotations = (0..<100_000).map {
            #"{"id": \#($0), "image_id": \#($0), "category_id": \#($0), "bbox": [\#($0), 0, 0, "x"]}"#
        }
        let report = COCOCheck.run(try labels.read())
        #expect(report.pomona.findings.first(.wrongType)?.count == 100_000)
        #expect(report.text.split(separator: "\n").count < 60)
        #expect(try JSONEncoder().encode(report).count < 50_000)
    }
}
