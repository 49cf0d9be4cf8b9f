import Foundation
import Testing

@Suite("The exercise over HTTP alone", .serialized)
struct ExerciseClientTests {
    private static let weights = "\(BuiltPrograms.shared)/weights/yolox_nano_coco.safetensors"

    // Two trainings take minutes, which the usual run of all tests has no room for.
    @Test(
        "Azure's clients upload, register, train within an hour, evaluate, and find every fruit",
        .enabled(if: BuiltPrograms.variable("POMONA_SLOW") == "1", "takes ten minutes; set POMONA_SLOW=1"),
        .enabled(if: PythonClient.has("azure.storage.blob"), PythonClient.absence),
        .enabled(
            if: FileManager.default.fileExists(atPath: weights), "the shared weights and photos are not here"))
    func exercise() async throws {
        try await PythonClient.run(
            "exercise_house.py",
            [BuiltPrograms.pomona, Self.weights, "\(BuiltPrograms.shared)/data/fruit-exercise"])
    }
}
