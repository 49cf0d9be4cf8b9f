import Foundation
import HTTPTypes
import Hummingbird
import PomonaCore
import PomonaImaging
import PomonaStore

extension StudioAPI {
    /// Bytes of the largest photo, as the Vision API has it.
    private static let largestPhoto = 20 << 20

    static let predictionRoutes: [StudioRoute] = [
        StudioRoute(.post, "/models/{model}/predict") { api, call in try await api.predict(call) }
    ]

    private struct Answer: Encodable {
        struct ModelPart: Encodable {
            var id: String
            var name: String
        }

        struct Object: Encodable {
            var tag: String
            var confidence: Double
            var box: Box
        }

        struct Tag: Encodable {
            var name: String
            var confidence: Double
        }

        struct Milliseconds: Encodable {
            /// From the photo's bytes to what is on it.
            var predictor: Double
            /// With the way there and back, and where it comes first, with the loading of the model.
            var total: Double
        }

        var model: ModelPart
        var width: Int
        var height: Int
        var objects: [Object]
        var tags: [Tag]
        var milliseconds: Milliseconds
        var analysis: CustomAnalysisDocument?
        var features: FeatureAnalysisDocument?

        enum CodingKeys: String, CodingKey {
            case model, width, height, objects, tags, milliseconds, analysis
        }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(model, forKey: .model)
            try container.encode(width, forKey: .width)
            try container.encode(height, forKey: .height)
            try container.encode(objects, forKey: .objects)
            try container.encode(tags, forKey: .tags)
            try container.encode(milliseconds, forKey: .milliseconds)
            if let analysis { try container.encode(analysis, forKey: .analysis) }
            if let features { try container.encode(features, forKey: .analysis) }
        }
    }

    private func predict(_ call: StudioCall) async throws -> Response {
        let threshold = try call.number("threshold", in: 0...1) ?? 0.05
        let (part, model) = try await analysisModel(call)
        let photo = try await photo(call)
        let clock = ContinuousClock()
        let begin = clock.now
        // Only how it begins: what a decoder stumbles over shall end the predictor's process and not this one.
        _ = try photo.withUnsafeBytes { try ImageDecoder().format(of: $0, named: "sent") }
        let analysis = try await analyzer.analyze(
            photo, with: model, threshold: threshold, isTiled: call.value("tile") == "true")
        let total = (clock.now - begin) / .milliseconds(1)
        var answer = Answer(
            model: part, width: analysis.size.width, height: analysis.size.height,
            objects: (analysis.objects ?? []).map { .init(tag: $0.tag, confidence: $0.confidence, box: $0.box) },
            tags: AnalysisParts.tags(analysis).map { .init(name: $0.name, confidence: $0.confidence) },
            milliseconds: .init(predictor: analysis.milliseconds, total: total))
        if model == .builtIn {
            answer.features = FeatureAnalysisDocument(
                modelVersion: VisionVersion.general202310.rawValue, metadata: AnalysisParts.Metadata(analysis.size),
                tagsResult: .init(values: AnalysisParts.tags(analysis)),
                objectsResult: .init(values: AnalysisParts.objects(analysis)))
        } else {
            answer.analysis = CustomAnalysisDocument(analysis, modelVersion: VisionVersion.preview202304.rawValue)
        }
        return try StudioJSON.response(answer)
    }

    private func analysisModel(_ call: StudioCall) async throws -> (Answer.ModelPart, AnalysisModel) {
        let word = call.word("model")
        if let builtIn = try await foundations.builtInModels().first(where: { $0.id == word }) {
            return (Answer.ModelPart(id: builtIn.id, name: builtIn.name), .builtIn)
        }
        let model = try await model(call)
        guard model.status.isFinal, !model.files.isEmpty else {
            throw StudioFailure.conflict("The model \"\(model.name)\" is not trained (yet).")
        }
        return (Answer.ModelPart(id: model.id.studioID, name: model.name), .custom(model))
    }

    /// The photo itself, or the one that the body names.
    private func photo(_ call: StudioCall) async throws -> [UInt8] {
        let type = call.header("Content-Type")?.prefix { $0 != ";" }.lowercased()
        guard type == "application/json" else { return try await call.bytes(upTo: Self.largestPhoto) }
        struct Body: Decodable { var blobID: String }
        let body: Body = try await call.json()
        guard let id = BlobItem.ID(studioID: body.blobID) else {
            throw StudioFailure.field("blobID", "There is no such blob.")
        }
        let item = try await store.catalog.item(id)
        guard item.length <= Self.largestPhoto else {
            throw BlobError.tooLarge("The photo \"\(item.address.name)\"", limit: Int64(Self.largestPhoto))
        }
        return try await store.blobs.read(item.address).bytes.collected(upTo: Self.largestPhoto)
    }
}
