import Foundation
import Testing

@Suite("The exercise over HTTP alone", .serialized)
struct ExerciseClientTests {
    private static let environment = ProcessInfo.processInfo.environment
    private static let shared =
        environment["POMONA_SHARED"] ?? PythonClient.root.appending(path: "../shared").standardized.path
    private static let program = URL(
        filePath: (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
    ).deletingLastPathComponent().appending(path: "pomona").path
    private static let weights = "\(shared)/weights/yolox_nano_coco.safetensors"

    // Two trainings take minutes, which the usual run of all tests has no room for.
    @Test(
        "Azure's clients upload, register, train within an hour, evaluate, and find every fruit",
        .enabled(if: environment["POMONA_SLOW"] == "1", "takes ten minutes; set POMONA_SLOW=1"),
        .enabled(if: PythonClient.has("azure.storage.blob"), PythonClient.absence),
        .enabled(
            if: FileManager.default.fileExists(atPath: weights), "the shared weights and photos are not here"))
    func exercise() async throws {
        try await PythonClient.run(
            "exercise_house.py", [Self.program, Self.weights, "\(Self.shared)/data/fruit-exercise"])
    }
}
