public import PomonaCore
public import PomonaStore

/// Looks at photos with models that are kept loaded.
public protocol PhotoAnalyzing: Sendable {
    /// - Parameters:
    ///   - photo: the bytes of the file.
    ///   - threshold: what is less sure (0...1) is left out.
    ///   - isTiled: whether a large photo is looked at piece by piece, to find small objects on it.
    /// - Throws: an error of the kind `badData` with a code of `ImagingError` for a photo that cannot be read; one with the
    ///   code `builtInModelMissing` where the built-in model is asked for and there is none; any other error for a model
    ///   that cannot be used.
    func analyze(
        _ photo: [UInt8], with model: AnalysisModel, threshold: Double, isTiled: Bool
    ) async throws -> PhotoAnalysis
}

extension PhotoAnalyzing {
    /// Looks at a photo as a whole.
    public func analyze(
        _ photo: [UInt8], with model: AnalysisModel, threshold: Double
    ) async throws -> PhotoAnalysis {
        try await analyze(photo, with: model, threshold: threshold, isTiled: false)
    }
}

/// Which model is to look.
public enum AnalysisModel: Hashable, Sendable {
    /// The one that knows common objects.
    case builtIn
    case custom(Model)
}

/// What a model sees on a photo.
public struct PhotoAnalysis: Hashable, Sendable {
    /// Something that a box shows.
    public struct Object: Hashable, Sendable {
        public var tag: String
        public var confidence: Double

        /// In pixels of the upright photo.
        public var box: Box

        public init(tag: String, confidence: Double, box: Box) {
            self.tag = tag
            self.confidence = confidence
            self.box = box
        }
    }

    /// Something that the photo as a whole shows.
    public struct Tag: Hashable, Sendable {
        public var name: String
        public var confidence: Double

        public init(name: String, confidence: Double) {
            self.name = name
            self.confidence = confidence
        }
    }

    /// The photo's, upright.
    public var size: ImageSize

    /// All tags that the model knows.
    public var labels: [String]

    /// Most confident first; `nil` for a model that finds no boxes.
    public var objects: [Object]?

    /// Most confident first; `nil` for a model that only finds boxes.
    public var tags: [Tag]?

    /// The time from bytes to answer where the model is loaded, without what lies between there and here.
    public var milliseconds: Double

    public init(
        size: ImageSize, labels: [String], objects: [Object]? = nil, tags: [Tag]? = nil, milliseconds: Double = 0
    ) {
        self.size = size
        self.labels = labels
        self.objects = objects
        self.tags = tags
        self.milliseconds = milliseconds
    }
}
