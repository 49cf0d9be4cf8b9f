import Crypto
import Foundation
import PomonaCore
import PomonaEngine

/// What a model file says of how it came to be.
struct Provenance {
    let texts: [String: String]

    init(_ request: TrainingRequest, origin: RunOrigin, plan: RunPlan) throws {
        texts = [
            "program": "pomona \(ProgramVersion.current)",
            "recipe": try Self.json(origin.recipe),
            "steps": "\(plan.steps)",
            "seed": "\(request.seed)",
            "foundation": request.foundation.map { URL(fileURLWithPath: $0).lastPathComponent } ?? "none",
            "dataset": try Self.hash(request.trainingSet),
            "statistics": origin.recipe.keepsStatistics ? "folded" : "measured",
        ]
    }

    /// SHA-256 of the labels and of the photos' names and sizes.
    static func hash(_ set: TrainingSet) throws -> String {
        var anonymous = set
        // The same photos elsewhere on disk are the same set.
        for index in anonymous.photos.indices { anonymous.photos[index].path = "" }
        return SHA256.hash(data: Data(try json(anonymous).utf8)).map { String(format: "%02x", $0) }.joined()
    }

    static func json(_ value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }
}
