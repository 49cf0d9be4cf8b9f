import Foundation
import PomonaTensor

// One subcommand for each benchmark; Benchmarks/network/compare.py calls them and compares.
let arguments = Array(CommandLine.arguments.dropFirst())
do {
    try TensorRuntime.setThreadCount(ProcessInfo.processInfo.environment["OMP_NUM_THREADS"].flatMap { Int($0) } ?? 2)
    switch (arguments.first, arguments.count) {
    case ("logits", 5):
        try NetworkBench(weights: arguments[1], classCount: nil)
            .writeOutputs(of: arguments[2], count: Int(arguments[3]) ?? 0, to: arguments[4])
    case ("predict", 2): try NetworkBench(weights: arguments[1], classCount: nil).timePredictions()
    case ("train-step", 3):
        try TrainingStepBench(weights: arguments[1], isBackboneFrozen: arguments[2] == "frozen").run()
    case ("describe", 4):
        try NetworkBench.writeModel(weights: arguments[1], cocoLabels: arguments[2], to: arguments[3])
    default:
        FileHandle.standardError.write(
            Data(
                """
                usage: pomona-engine-bench logits WEIGHTS INPUT COUNT OUTPUT | predict WEIGHTS
                       | train-step WEIGHTS frozen|whole | describe WEIGHTS COCO MODEL

                """.utf8))
        exit(64)
    }
} catch {
    FileHandle.standardError.write(Data("pomona-engine-bench: \(error)\n".utf8))
    exit(65)
}
