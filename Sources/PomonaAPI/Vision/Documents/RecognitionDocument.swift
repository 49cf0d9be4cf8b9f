import Foundation
import PomonaStore

/// A run of product recognition as clients of this API know it.
struct RecognitionDocument: Encodable, Sendable {
    /// What was found, as the catalog keeps it and clients get it.
    struct Result: Codable, Sendable {
        var imageMetadata: AnalysisParts.Metadata
        var products: [AnalysisParts.Object]

        /// Places on a shelf where something is missing: what a model tags so.
        var gaps: [AnalysisParts.Object]

        init(_ analysis: PhotoAnalysis) {
            imageMetadata = AnalysisParts.Metadata(analysis.size)
            let objects = AnalysisParts.objects(analysis)
            products = objects.filter { !$0.isGap }
            gaps = objects.filter(\.isGap)
        }
    }

    var runName: String
    var modelName: String

    /// Runs are done when they are answered.
    var status = "succeeded"
    var createdDateTime: String
    var updatedDateTime: String
    var result: Result

    init(_ run: RecognitionRun) throws {
        runName = run.name
        modelName = run.modelName
        createdDateTime = ISO8601.string(run.createdAt)
        updatedDateTime = createdDateTime
        result = try JSONDecoder().decode(Result.self, from: Data(run.result.utf8))
    }
}

extension AnalysisParts.Object {
    fileprivate var isGap: Bool { tags.first?.name.lowercased() == "gap" }
}
