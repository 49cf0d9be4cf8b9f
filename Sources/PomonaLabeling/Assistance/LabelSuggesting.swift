public import PomonaCore
public import PomonaStore

/// Looks at photos with trained models; whoever runs the server has one.
public protocol LabelSuggesting: Sendable {
    /// What a model sees in a photo, most confident first.
    ///
    /// - Parameters:
    ///   - photo: the bytes of the file.
    ///   - threshold: what is less sure (0...1) is left out.
    /// - Throws: an error of the kind `badData` for a photo that cannot be read.
    func suggestions(for photo: [UInt8], from model: Model, threshold: Double) async throws -> [SuggestedLabel]
}

/// One thing that a model sees.
public struct SuggestedLabel: Hashable, Sendable {
    public var tag: String

    /// 0...1.
    public var confidence: Double

    /// In pixels of the upright photo; `nil` where the tag speaks of all of it.
    public var box: Box?

    public init(tag: String, confidence: Double, box: Box?) {
        self.tag = tag
        self.confidence = confidence
        self.box = box
    }
}
