import Foundation
import PomonaCore
import PomonaEngine
import PomonaModel
import Testing

@testable import PomonaTraining

@Suite("PretrainingOptions")
struct PretrainingOptionsTests {
    private func written<Result>(_ text: String, _ body: (String) throws -> Result) throws -> Result {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("options-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        try text.write(toFile: path, atomically: true, encoding: .utf8)
        return try body(path)
    }

    private static let classify = """
        {"packs": ["a.bin"], "folder": "run", "side": 64, "batchSize": 128, "learningRate": 0.003, "weightDecay": 0.05,
         "labelSmoothing": 0.1, "warmUpSteps": 300, "seed": 0, "steps": 10, "cooldownSteps": 0,
         "architecture": {"depth": 0.33, "width": 0.25, "isDepthwise": false, "activation": "silu"}}
        """

    private static let detect = """
        {"packs": ["a.bin"], "folder": "run", "backbone": "b", "side": 320, "batchSize": 16, "learningRate": 0.001,
         "backboneLearningRateScale": 0.25, "weightDecay": 0.05, "warmUpSteps": 200, "renderedScenes": 800,
         "renderedShare": 0.25, "seed": 0, "steps": 10, "cooldownSteps": 0, "device": "cpu", "heldOut": "shuffle"}
        """

    @Test("Files as the documentation shows them are read; device and rule may be said")
    func reads() throws {
        let first = try written(Self.classify) { try ClassifierPretraining.Options(path: $0) }
        #expect(first.batchSize == 128 && first.device == nil && first.heldOut == nil)
        let second = try written(Self.detect) { try DetectionPretraining.Options(path: $0) }
        #expect(second.renderedScenes == 800 && second.device == .cpu && second.heldOut == .shuffle)
        #expect(throws: PretrainingOptionsError.missing(path: "/nowhere.json")) {
            try DetectionPretraining.Options(path: "/nowhere.json")
        }
    }

    @Test(
        "A name that is misspelt or missing, a value of another kind and one out of range are named",
        arguments: [
            ("\"batchSize\"", "\"batchsize\"", "no option \"batchsize\""),
            ("\"seed\": 0, ", "", "option \"seed\" is missing"),
            ("\"depth\"", "\"deep\"", "option \"architecture.depth\" is missing"),
            ("\"steps\": 10", "\"steps\": \"ten\"", "option \"steps\" cannot be read"),
            ("\"silu\"", "\"sigmoid\"", "option \"architecture.activation\" cannot be read"),
            ("\"steps\": 10", "\"steps\": 10, \"device\": \"tpu\"", "option \"device\" cannot be read"),
            ("\"side\": 64", "\"side\": 60", "option \"side\" is 60"),
            ("\"batchSize\": 128", "\"batchSize\": 0", "option \"batchSize\" is 0"),
            ("\"a.bin\"", "", "option \"packs\" is none"),
            ("\"width\": 0.25", "\"width\": 1e300", "option \"architecture.width\" is 1e+300"),
            ("{\"packs\"", "[\"packs\"", "no JSON object"),
        ] as [(String, String, String)])
    func refuses(text: String, other: String, words: String) throws {
        #expect(Self.classify.contains(text))
        let error = #expect(throws: PretrainingOptionsError.self) {
            try written(Self.classify.replacingOccurrences(of: text, with: other)) {
                try ClassifierPretraining.Options(path: $0)
            }
        }
        #expect(error?.message.contains(words) == true, "\(error?.message ?? "")")
        #expect(error?.kind == .usage)
    }
}
