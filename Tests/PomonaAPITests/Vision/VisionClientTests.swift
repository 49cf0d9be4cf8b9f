import PomonaStore
import Testing

@Suite("The Vision API under clients that others wrote")
struct VisionClientTests {
    @Test(
        "Microsoft's sample client, azure-ai-vision-imageanalysis and curl have the program itself learn, and predict with it",
        .enabled(
            if: PythonClient.has("cognitive_service_vision_model_customization_python_samples"), PythonClient.absence),
        .enabled(
            if: BuiltPrograms.areComplete && BuiltPrograms.haveSample,
            "an optimised build of pomona, or pomona-engine, is missing"))
    func ownProgram() async throws {
        try await PythonClient.run(
            "vision_house.py", [BuiltPrograms.pomona] + [BuiltPrograms.sample].compactMap { $0 })
    }

    @Test(
        "azure-ai-vision-imageanalysis analyzes photos by body and by URL",
        .enabled(if: PythonClient.has("azure.ai.vision.imageanalysis"), PythonClient.absence))
    func analysisClient() async throws {
        try await withVisionServer { server in
            try await PythonClient.run("analysis_client.py", server.arguments)
        }
    }

    @Test(
        "plain requests, as the documentation writes them, and everything that must be refused",
        .enabled(if: PythonClient.has("requests"), PythonClient.absence))
    func plainRequests() async throws {
        try await withVisionServer { server in
            // A second group, whose things the first one's key must not open.
            let other = try await server.store.catalog.createGroup(named: "Vineyard")
            let otherKey = try await server.store.catalog.visionResource(of: other.id).keys.key1
            let account = try await server.store.catalog.createAccount(named: "grapes", in: other.id, keys: nil)
            try await PythonClient.run(
                "vision_requests.py", server.arguments + [otherKey, account.name, account.keys.key1])
        }
    }
}
