import PomonaCore

/// The pieces that answers of `imageanalysis:analyze` are made of.
enum AnalysisParts {
    struct Values<Item: Encodable & Sendable>: Encodable, Sendable {
        var values: [Item]
    }

    struct Metadata: Codable, Sendable {
        var width: Int
        var height: Int

        init(_ size: ImageSize) {
            width = size.width
            height = size.height
        }
    }

    struct Tag: Codable, Sendable {
        var name: String
        var confidence: Double
    }

    /// Whole pixels of the photo, at least one along each side.
    struct PixelBox: Codable, Equatable, Sendable {
        var x: Int
        var y: Int
        var w: Int
        var h: Int

        init(x: Int, y: Int, w: Int, h: Int) {
            (self.x, self.y, self.w, self.h) = (x, y, w, h)
        }

        init(_ box: Box, in size: ImageSize) {
            (x, w) = Self.span(box.xMin, box.xMax, limit: size.width)
            (y, h) = Self.span(box.yMin, box.yMax, limit: size.height)
        }

        private static func span(_ low: Double, _ high: Double, limit: Int) -> (start: Int, length: Int) {
            let start = min(max(Int(low.rounded()), 0), max(0, limit - 1))
            return (start, max(1, min(Int(high.rounded()), limit) - start))
        }
    }

    struct Object: Codable, Sendable {
        var id: String
        var boundingBox: PixelBox
        var tags: [Tag]
    }

    struct Person: Encodable, Sendable {
        var boundingBox: PixelBox
        var confidence: Double
    }

    struct Crop: Encodable, Sendable {
        var aspectRatio: Double
        var boundingBox: PixelBox
    }

    static func objects(_ analysis: PhotoAnalysis) -> [Object] {
        (analysis.objects ?? []).enumerated().map { index, object in
            Object(
                id: String(index + 1), boundingBox: PixelBox(object.box, in: analysis.size),
                tags: [Tag(name: object.tag, confidence: object.confidence)])
        }
    }

    /// The tags of the photo as a whole; for a model that finds boxes, those of its boxes with the best confidence of each.
    static func tags(_ analysis: PhotoAnalysis) -> [Tag] {
        if let tags = analysis.tags { return tags.map { Tag(name: $0.name, confidence: $0.confidence) } }
        var best: [String: Double] = [:]
        for object in analysis.objects ?? [] { best[object.tag] = max(best[object.tag] ?? 0, object.confidence) }
        return best.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { Tag(name: $0.key, confidence: $0.value) }
    }
}

/// What a custom model says, as of 2023-04-01-preview.
struct CustomAnalysisDocument: Encodable, Sendable {
    struct Result: Encodable, Sendable {
        var tagsResult: AnalysisParts.Values<AnalysisParts.Tag>?
        var objectsResult: AnalysisParts.Values<AnalysisParts.Object>?
    }

    var modelVersion: String
    var metadata: AnalysisParts.Metadata
    var customModelResult: Result

    init(_ analysis: PhotoAnalysis, modelVersion: String) {
        self.modelVersion = modelVersion
        metadata = AnalysisParts.Metadata(analysis.size)
        customModelResult = Result(
            tagsResult: analysis.tags == nil ? nil : AnalysisParts.Values(values: AnalysisParts.tags(analysis)),
            objectsResult: analysis.objects == nil ? nil : AnalysisParts.Values(values: AnalysisParts.objects(analysis))
        )
    }
}

/// The same as of 2023-02-01-preview.
struct EarlyCustomAnalysisDocument: Encodable, Sendable {
    struct Classification: Encodable, Sendable {
        var label: String
        var confidence: Double
    }

    struct Object: Encodable, Sendable {
        var id: String
        var boundingBox: AnalysisParts.PixelBox
        var classifications: [Classification]
    }

    struct Result: Encodable, Sendable {
        var classifications: [Classification]?
        var objects: [Object]?
        var imageMetadata: AnalysisParts.Metadata
    }

    var kind = "imageAnalysisResult"
    var customModelResult: Result

    init(_ analysis: PhotoAnalysis) {
        let objects = AnalysisParts.objects(analysis).map { object in
            Object(
                id: object.id, boundingBox: object.boundingBox,
                classifications: object.tags.map { Classification(label: $0.name, confidence: $0.confidence) })
        }
        customModelResult = Result(
            classifications: analysis.tags.map { tags in
                tags.map { Classification(label: $0.name, confidence: $0.confidence) }
            },
            objects: analysis.objects == nil ? nil : objects, imageMetadata: AnalysisParts.Metadata(analysis.size))
    }
}

/// The answer to `features`, in all versions.
struct FeatureAnalysisDocument: Encodable, Sendable {
    var modelVersion: String
    var metadata: AnalysisParts.Metadata
    var tagsResult: AnalysisParts.Values<AnalysisParts.Tag>?
    var objectsResult: AnalysisParts.Values<AnalysisParts.Object>?
    var peopleResult: AnalysisParts.Values<AnalysisParts.Person>?
    var smartCropsResult: AnalysisParts.Values<AnalysisParts.Crop>?
}
