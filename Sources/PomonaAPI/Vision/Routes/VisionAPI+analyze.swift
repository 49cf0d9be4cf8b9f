import Hummingbird
import PomonaCore
import PomonaStore

extension VisionAPI {
    /// Looks at one photo with a custom model, or for features with the resource's default model.
    func analyze(_ request: VisionRequest) async throws -> Response {
        let question = try AnalyzeQuestion(request.query, request.version)
        switch question.subject {
        case .model(let name):
            let model = try await trained(model: name, request)
            let photo = try await photos.photo(request)
            let analysis = try await look(photo, with: .custom(model), threshold: settings.customThreshold)
            return request.version == .preview202302
                ? try Self.json(EarlyCustomAnalysisDocument(analysis))
                : try Self.json(CustomAnalysisDocument(analysis, modelVersion: request.version.rawValue))
        case .features(let features):
            let photo = try await photos.photo(request)
            return try Self.json(
                try await answer(to: features, question, of: photo, request.resource, request.version))
        }
    }

    /// A model of the group that has learned something.
    ///
    /// - Throws: `404`; `InvalidRequest` for a model that is not trained.
    func trained(model name: String, _ request: VisionRequest) async throws -> Model {
        let model = try await found(model: name, request)
        guard model.status.isFinal, !model.files.isEmpty else {
            throw StoreError.stateForbids(
                "model", named: model.name, state: model.status.rawValue, action: "asked for predictions")
        }
        return model
    }

    private func answer(
        to features: Set<AnalyzeQuestion.Feature>, _ question: AnalyzeQuestion, of photo: [UInt8],
        _ resource: VisionResource, _ version: VisionVersion
    ) async throws -> FeatureAnalysisDocument {
        let model = try await defaultModel(of: resource)
        // People and what a crop should keep are questions for the model that knows common objects.
        let needsDefault = !features.isDisjoint(with: [.objects, .tags]) || model == .builtIn
        let needsBuiltIn = !features.isDisjoint(with: [.people, .smartCrops])
        let threshold = settings.featureThreshold
        let own = needsDefault ? try await look(photo, with: model, threshold: threshold) : nil
        let common =
            needsBuiltIn ? (model == .builtIn ? own : try await look(photo, with: .builtIn, threshold: threshold)) : nil
        guard let size = (own ?? common)?.size else { throw VisionError.failedToProcess }
        // COCO's classes are known by their first one.
        if let common, !common.labels.contains(Self.personTag) {
            throw VisionError.parameter(
                "features", features.contains(.people) ? "people" : "smartCrops",
                expected: "a feature that the built-in model knows, which has other tags than COCO's,",
                inner: .notSupportedVisualFeature)
        }
        var document = FeatureAnalysisDocument(
            modelVersion: version.rawValue, metadata: AnalysisParts.Metadata(size))
        if features.contains(.tags), let own { document.tagsResult = .init(values: AnalysisParts.tags(own)) }
        if features.contains(.objects), let own { document.objectsResult = .init(values: AnalysisParts.objects(own)) }
        if features.contains(.people), let common { document.peopleResult = .init(values: Self.people(common)) }
        if features.contains(.smartCrops), let common {
            document.smartCropsResult = .init(values: Self.crops(common, question.aspectRatios))
        }
        return document
    }

    /// COCO's name for people.
    private static let personTag = "person"

    private static func people(_ analysis: PhotoAnalysis) -> [AnalysisParts.Person] {
        (analysis.objects ?? []).filter { $0.tag == personTag }.map { object in
            AnalysisParts.Person(
                boundingBox: .init(object.box, in: analysis.size), confidence: object.confidence)
        }
    }

    private static func crops(_ analysis: PhotoAnalysis, _ asked: [Double]) -> [AnalysisParts.Crop] {
        let ratios = asked.isEmpty ? [SmartCrop.ownAspectRatio(analysis.size)] : asked
        return ratios.map { ratio in
            let crop = SmartCrop.crop(analysis.size, aspectRatio: ratio, around: analysis.objects ?? [])
            return AnalysisParts.Crop(aspectRatio: ratio, boundingBox: .init(crop, in: analysis.size))
        }
    }

    private func defaultModel(of resource: VisionResource) async throws -> AnalysisModel {
        guard let id = resource.defaultModel else { return .builtIn }
        let model = try await store.catalog.model(id)
        guard !model.files.isEmpty else {
            throw StoreError.stateForbids(
                "model", named: model.name, state: model.status.rawValue, action: "asked for predictions")
        }
        return .custom(model)
    }

    /// The code of the analyzer's error where there is no such model.
    private static let noBuiltInModel = "builtInModelMissing"

    /// - Throws: `InvalidRequest` for a photo that cannot be read and where the built-in model is missing,
    ///   ``AnalysisFailure`` for whatever else goes wrong.
    func look(_ photo: [UInt8], with model: AnalysisModel, threshold: Double) async throws -> PhotoAnalysis {
        let analysis: PhotoAnalysis
        do {
            analysis = try await analyzer.analyze(photo, with: model, threshold: threshold)
        } catch let error as any PomonaError {
            if model == .builtIn, error.code == Self.noBuiltInModel {
                throw VisionError.invalidRequest(
                    "The server has no built-in model, so this is answered only once a custom model is the default.",
                    inner: .notSupportedVisualFeature, target: "features")
            }
            throw PhotoSource.refusal(error) ?? AnalysisFailure(cause: error)
        }
        try PhotoSource.check(analysis.size)
        return analysis
    }
}

/// A model that could not be used. The caller can do nothing about it, and learns nothing of files on the server.
struct AnalysisFailure: PomonaError {
    var cause: any PomonaError

    var code: String { cause.code }
    var message: String { cause.message }
    var kind: ErrorKind { .internal }
}
