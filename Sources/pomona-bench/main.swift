import Foundation

// One subcommand for each benchmark; the scripts in Benchmarks/ call them and compare.
let arguments = Array(CommandLine.arguments.dropFirst())
switch arguments.first {
case "evaluation":
    do {
        try EvaluationBench.run(arguments: Array(arguments.dropFirst()))
    } catch {
        FileHandle.standardError.write(Data("pomona-bench: \(error)\n".utf8))
        exit(65)
    }
default:
    FileHandle.standardError.write(Data("usage: pomona-bench evaluation FILE\n".utf8))
    exit(64)
}
