import ArgumentParser
import Foundation
import PomonaCOCO
import PomonaImaging
import PomonaSample

struct SampleCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sample", abstract: "Render the exercise's photos of fruit, with and without labels.")

    @Argument(help: "The folder to fill; new, empty, or an earlier sample.")
    var folder: String

    @Option(help: "The same seed gives the same photos.")
    var seed: UInt64 = 0

    func run() throws {
        try Self.write(to: folder, seed: seed)
        Terminal.print(
            "\(folder)/training-images holds 53 photos to label, \(folder)/evaluation-images 31 labelled ones, "
                + "\(folder)/test-images four to try a model on; \(folder)/answers the labels a person would have drawn."
        )
    }

    /// Renders the exercise's data.
    @discardableResult
    static func write(to folder: String, seed: UInt64) throws -> ExerciseSample.Sets {
        let sample = ExerciseSample(
            jpegEncoder: { try $0.encoded(as: .jpeg(quality: 92)) },
            labelWriter: { set, file in
                try COCOWriter().write(COCODocument(set), to: file.path)
            })
        let sets = try sample.write(to: URL(fileURLWithPath: folder), seed: seed) { progress in
            guard Terminal.isInteractive else { return }
            let text = "\r\u{1B}[Krendering photo \(progress.finishedPhotos) of \(progress.totalPhotos)"
            try? FileHandle.standardError.write(contentsOf: Data(text.utf8))
        }
        if Terminal.isInteractive { Terminal.note("") }
        return sets
    }
}
