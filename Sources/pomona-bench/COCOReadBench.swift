import Foundation
import PomonaCOCO
import PomonaCore

/// Times reading and validating a label file and prints the times and the peak of memory as one JSON object.
/// `Benchmarks/coco/compare.py` compares them with pycocotools.
enum COCOReadBench {
    private struct Report: Encodable {
        /// Reading and validating together, which is what is compared.
        var seconds: Double
        var readSeconds: Double
        var validateSeconds: Double
        var peakMemoryMB: Double?
        var images: Int
        var annotations: Int
        var isUsable: Bool
        var form: BoxForm?
    }

    enum Failure: PomonaError {
        case usage

        var code: String { "usage" }
        var message: String { "usage: pomona-bench coco-read FILE" }
        var kind: ErrorKind { .usage }
    }

    /// - Parameter arguments: The path of the file.
    static func run(arguments: [String]) throws {
        guard arguments.count == 1 else { throw Failure.usage }
        let clock = ContinuousClock()
        let start = clock.now
        let file = try COCOFile.read(arguments[0])
        let read = clock.now
        let validation = file.validate()
        let end = clock.now
        let report = Report(
            seconds: (end - start) / .seconds(1), readSeconds: (read - start) / .seconds(1),
            validateSeconds: (end - read) / .seconds(1), peakMemoryMB: peakMemoryMB(),
            images: file.document.images.count, annotations: file.document.annotations.count,
            isUsable: validation.isUsable, form: validation.form.form)
        print(String(decoding: try JSONEncoder().encode(report), as: UTF8.self))
    }
}
