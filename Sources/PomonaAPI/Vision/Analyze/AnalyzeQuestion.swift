/// What a call of `imageanalysis:analyze` asks for.
struct AnalyzeQuestion: Sendable {
    /// What Image Analysis 4.0 can be asked for; `rawValue` is the word as it is documented.
    enum Feature: String, CaseIterable, Sendable {
        case tags, objects, caption, denseCaptions, read, smartCrops, people

        /// Whether it is answered here.
        var isSupported: Bool {
            switch self {
            case .tags, .objects, .smartCrops, .people: true
            case .caption, .denseCaptions, .read: false
            }
        }
    }

    enum Subject: Sendable {
        /// The custom model of this name.
        case model(String)
        case features(Set<Feature>)
    }

    var subject: Subject

    /// Width by height of the crops to suggest; empty leaves it to the server.
    var aspectRatios: [Double] = []

    static let aspectRatioRange = 0.75...1.8

    /// - Throws: `InvalidRequest` with `NotSupportedVisualFeature`, `NotSupportedLanguage` or `BadArgument`.
    init(_ query: QueryItems, _ version: VisionVersion) throws(VisionError) {
        let features = query.nonEmpty("features")
        let model = version.isPreview ? query.nonEmpty("model-name") : nil
        switch (features, model) {
        case (let features?, nil): subject = .features(try Self.features(features))
        case (nil, let model?): subject = .model(model)
        case (nil, nil):
            let ways = version.isPreview ? "either features or model-name" : "features"
            throw .invalidRequest("The query has to name \(ways).", inner: .badArgument, target: "features")
        default:
            throw .invalidRequest(
                "The query names both features and model-name; only one of them is possible.", inner: .badArgument,
                target: "model-name")
        }
        if let language = query.nonEmpty("language"), language.lowercased() != "en" {
            throw .parameter("language", language, expected: "en", inner: .notSupportedLanguage)
        }
        if let version = query.nonEmpty("model-version") { try Self.check(modelVersion: version) }
        if let ratios = query.nonEmpty("smartcrops-aspect-ratios") { aspectRatios = try Self.aspectRatios(ratios) }
    }

    private static func features(_ text: String) throws(VisionError) -> Set<Feature> {
        var features: Set<Feature> = []
        for word in text.split(separator: ",") {
            let name = word.trimmingSpaces()
            let feature = Feature.allCases.first { $0.rawValue.lowercased() == name.lowercased() }
            guard let feature, feature.isSupported else {
                let known = Feature.allCases.filter(\.isSupported).map(\.rawValue).joined(separator: ", ")
                throw .parameter("features", String(name), expected: known, inner: .notSupportedVisualFeature)
            }
            features.insert(feature)
        }
        guard !features.isEmpty else {
            throw .parameter("features", text, expected: "at least one feature", inner: .notSupportedVisualFeature)
        }
        return features
    }

    private static func check(modelVersion text: String) throws(VisionError) {
        let word = text.lowercased()
        let day = word.hasSuffix("-preview") ? String(word.dropLast("-preview".count)) : word
        guard word == "latest" || (day.utf8.count == 10 && ISO8601.date(day) != nil) else {
            throw .parameter("model-version", text, expected: "latest or a day such as 2023-10-01")
        }
    }

    private static func aspectRatios(_ text: String) throws(VisionError) -> [Double] {
        var ratios: [Double] = []
        for word in text.split(separator: ",") {
            guard let ratio = Double(word.trimmingSpaces()), aspectRatioRange.contains(ratio) else {
                throw .parameter(
                    "smartcrops-aspect-ratios", text,
                    expected: "numbers from \(aspectRatioRange.lowerBound) to \(aspectRatioRange.upperBound)")
            }
            ratios.append(ratio)
        }
        return ratios
    }
}
