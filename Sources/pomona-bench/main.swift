import Foundation

// One subcommand for each benchmark; the scripts in Benchmarks/ call them and compare.
let arguments = Array(CommandLine.arguments.dropFirst())
do {
    switch arguments.first {
    case "coco-read": try COCOReadBench.run(arguments: Array(arguments.dropFirst()))
    case "evaluation": try EvaluationBench.run(arguments: Array(arguments.dropFirst()))
    case "export": try ExportBench.run(arguments: Array(arguments.dropFirst()))
    case "prediction": try await PredictionBench.run(arguments: Array(arguments.dropFirst()))
    default:
        FileHandle.standardError.write(Data("usage: pomona-bench coco-read | evaluation | export | prediction\n".utf8))
        exit(64)
    }
} catch {
    FileHandle.standardError.write(Data("pomona-bench: \(error)\n".utf8))
    exit(65)
}
