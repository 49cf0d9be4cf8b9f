/// What Pomona makes of a label file: whether it can be used, what is wrong with it, and how its parts belong together.
public struct COCOValidation: Sendable {
    public let kind: COCOKind

    /// Why it was taken for this kind, in words.
    public let kindReason: String

    public let form: FormRecognition

    /// Errors, warnings and notes by rule.
    public let findings: [COCOFinding]

    /// Boxes that hang over the edge of their photo by up to 2 px; they are clipped.
    public let clippedBoxCount: Int

    /// The tags: names of categories in the order of their ids, each name once.
    public let labels: [String]

    /// For each annotation the place of its image, or -1.
    let imageOf: [Int32]

    /// For each annotation the index of its tag in `labels`, or -1.
    let labelOf: [Int32]

    /// The places of annotations that have an image, image by image, each image's in their order.
    func indicesByImage(count: Int) -> [Int32] {
        var starts = [Int](repeating: 0, count: count + 1)
        for image in imageOf where image >= 0 { starts[Int(image) + 1] += 1 }
        for image in 0..<count { starts[image + 1] += starts[image] }
        var indices = [Int32](repeating: 0, count: starts[count])
        for (index, image) in imageOf.enumerated() where image >= 0 {
            indices[starts[Int(image)]] = Int32(index)
            starts[Int(image)] += 1
        }
        return indices
    }

    /// Whether Pomona can train on the file or evaluate with it.
    public var isUsable: Bool { findings.allSatisfy { $0.severity != .error } }
}

extension COCOFile {
    /// How far a box may reach out of its photo, in pixels, before it is an error: rounding on the way through other
    /// programs explains as much.
    static let tolerance = 2.0

    /// The largest side of a photo that is believed.
    static let largestSide = 1_000_000.0

    /// Judges the labels: every fault is found, counted, and the first of each kind named.
    ///
    /// - Parameters:
    ///   - kind: What the file is to teach; `nil` to go by whether its annotations have boxes.
    ///   - form: The form of the boxes; `nil` to recognise it.
    public func validate(kind: COCOKind? = nil, form: BoxForm? = nil) -> COCOValidation {
        var validator = COCOValidator(file: self, kind: kind, form: form)
        return validator.validate()
    }
}
