import Foundation
import PomonaCore
import PomonaExport

/// Writes a model as ONNX, for the comparison with other runtimes in `Benchmarks/prediction/compare.py`.
enum ExportBench {
    enum Failure: PomonaError {
        case usage

        var code: String { "usage" }
        var message: String { "usage: pomona-bench export MODEL ONNX [fp32|fp16] [dynamic|fixed]" }
        var kind: ErrorKind { .usage }
    }

    /// - Parameter arguments: The paths of the model file and of the ONNX file, then the options.
    static func run(arguments: [String]) throws {
        guard arguments.count >= 2, arguments.count <= 4 else { throw Failure.usage }
        var options = ONNXExportOptions()
        for word in arguments.dropFirst(2) {
            if let precision = ONNXPrecision(rawValue: word) {
                options.precision = precision
            } else if word == "fixed" || word == "dynamic" {
                options.batch = word == "fixed" ? .fixed(1) : .dynamic
            } else {
                throw Failure.usage
            }
        }
        let duration = try ContinuousClock().measure {
            try ONNXExport.write(model: arguments[0], to: arguments[1], options: options)
        }
        print("{\"seconds\": \(duration / .seconds(1))}")
    }
}
