import Foundation
import PomonaCore
import Testing

@testable import PomonaCOCO

/// Label files that others made. They are no part of the project, so these tests are skipped where they are absent.
@Suite("Label files from elsewhere", .enabled(if: SharedData.isPresent, "the shared photo sets are not here"))
struct SharedDataTests {
    struct Sample: CustomTestStringConvertible, Sendable {
        let name: String
        /// What the checking script of Microsoft's samples says is wrong; nothing where it takes the file.
        let message: String?

        var testDescription: String { name }
        var kind: COCOKind { name.hasPrefix("od") ? .detection : .classification }
        var role: COCORole { name.contains("_train_") ? .train : .evaluation }
    }

    static let samples = [
        Sample(
            name: "ic_eval_image_size_too_small",
            message: "image 1 (1.jpg): width is 10 px, but must be 50 to 16,000"),
        Sample(name: "ic_eval_valid", message: nil),
        Sample(
            name: "ic_train_too_few_images",
            message: "category 2 (dog): it is on 1 image, but must be on 2 or more"),
        Sample(name: "ic_train_valid", message: nil),
        Sample(name: "od_eval_valid", message: nil),
        Sample(
            name: "od_train_invalid_bbox",
            message: "annotation 1 of 1.jpg (image 1): left + width is 1.1, but must be at most 1"),
        Sample(name: "od_train_valid", message: nil),
    ]

    @Test("Microsoft's samples get Microsoft's verdicts", arguments: samples)
    func verdicts(sample: Sample) throws {
        let data = try #require(SharedData.path)
        for kind in [nil, sample.kind] {
            let report = try COCOCheck.run(
                file: "\(data)/azure-coco-checks/\(sample.name).json", kind: kind, role: sample.role)
            #expect(report.kind == sample.kind)
            #expect(report.imageAnalysis.isAccepted == (sample.message == nil))
            #expect(report.isValid == (sample.message == nil))
            let errors = report.imageAnalysis.findings.filter { $0.severity == .error }
            #expect(errors.first?.examples.first?.message == sample.message)
            #expect(errors.count == (sample.message == nil ? 0 : 1))
        }
    }

    @Test("All photo sets can be used, with every photo found")
    func sets() throws {
        let data = try #require(SharedData.path)
        let folders = [
            "fruit-exercise", "fruit-web", "fork-scissors", "nuts", "bccd", "coco-val128", "cls-fruit-mslearn",
            "cls-cats-dogs",
        ]
        var count = 0
        for folder in folders {
            for name in try FileManager.default.contentsOfDirectory(atPath: "\(data)/\(folder)").sorted()
            where name.hasSuffix(".json") && !name.hasPrefix("azure") {
                let photos = name.hasPrefix("eval") ? "eval" : name.hasPrefix("test") ? "test" : "train"
                let file = try COCOFile.read("\(data)/\(folder)/\(name)")
                let made = try file.trainingSet(imagesFolder: "\(data)/\(folder)/\(photos)")
                #expect(made.missing.isEmpty, "\(folder)/\(name)")
                #expect(made.validation.form.form == (folder.hasPrefix("cls") ? nil : .pixels))
                #expect(!made.set.labels.isEmpty)
                count += 1
            }
        }
        #expect(count == 24)
    }

    @Test("The same labels in fractions give the same boxes")
    func dialect() throws {
        let data = try #require(SharedData.path)
        for (pixels, fractions, photos) in [
            ("train.json", "training-labels.json", "train"), ("eval.json", "eval-labels.json", "eval"),
        ] {
            let folder = "\(data)/fruit-exercise"
            let first = try COCOFile.read("\(folder)/\(pixels)").trainingSet(imagesFolder: "\(folder)/\(photos)")
            let second = try COCOFile.read("\(folder)/azure-dialect/\(fractions)")
                .trainingSet(imagesFolder: "\(folder)/\(photos)")
            #expect(second.validation.form.form == .fractions)
            #expect(first.set.labels == second.set.labels)
            for (one, other) in zip(first.set.photos, second.set.photos) {
                #expect(one.path == other.path)
                #expect(one.annotations.count == other.annotations.count)
                for (a, b) in zip(one.annotations, other.annotations) {
                    let (a, b) = (try #require(a.box), try #require(b.box))
                    #expect(a.intersectionOverUnion(b) > 0.999_999)
                }
            }
            let report = try COCOCheck.run(
                file: "\(folder)/azure-dialect/\(fractions)", images: "\(folder)/\(photos)",
                role: photos == "train" ? .train : .evaluation)
            #expect(report.isValid)
            #expect(report.photos?.missing == 0)
        }
    }
}
