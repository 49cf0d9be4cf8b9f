public import PomonaCore

/// One thing a detector got wrong, to be shown as a picture next to the truth.
public struct Mistake: Codable, Equatable, Sendable {
    public enum Kind: String, Codable, Sendable, CaseIterable {
        /// An object that no detection found and that no other mistake explains.
        case missed
        /// A detection of something that is not there, or of something found already.
        case falseDetection
        /// A detection on an object of another tag, IoU at least 0.5.
        case wrongTag
        /// A detection of the right tag on an object that was not found, IoU at least 0.1 but below 0.5.
        case looseBox
    }

    public let kind: Kind

    /// Index into the evaluated photos.
    public let photo: Int

    /// The object concerned; `nil` for a false detection.
    public let truth: Annotation?

    /// The detection concerned. For a missed object: the one that would have found it, had its confidence reached the
    /// threshold; `nil` where there is none.
    public let detection: Detection?

    /// The IoU of the two boxes, 0...1; `nil` where one is missing.
    public let intersectionOverUnion: Double?

    /// How bad it is, 0...1; what mistakes are ranked by. The confidence of a false detection or a wrong tag; the
    /// confidence times 1 - IoU for a loose box; for a missed object how far the model was from seeing it, 1 minus the
    /// confidence of the detection above.
    public let severity: Double
}
