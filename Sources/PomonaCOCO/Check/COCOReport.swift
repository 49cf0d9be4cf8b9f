/// What is to be said about a label file: what it holds, whether Pomona can use it, and whether Image Analysis 4.0
/// (Microsoft's service and its clients) would take it.
public struct COCOReport: Codable, Equatable, Sendable {
    /// One side's judgement.
    public struct Verdict: Codable, Equatable, Sendable {
        /// Whether there is no error among the findings.
        public var isAccepted: Bool
        public var findings: [COCOFinding]

        init(_ findings: [COCOFinding]) {
            isAccepted = findings.allSatisfy { $0.severity != .error }
            self.findings = findings
        }
    }

    /// How often a tag is used.
    public struct Tag: Codable, Equatable, Sendable {
        public var name: String
        public var annotations: Int
        /// Photos that have it.
        public var images: Int
    }

    /// The photos that the file speaks of, looked for in a folder.
    public struct Photos: Codable, Equatable, Sendable {
        public var folder: String
        public var found: Int
        public var missing: Int
    }

    public var file: String
    public var bytes: Int
    public var imageCount: Int
    public var annotationCount: Int
    public var boxCount: Int
    public var crowdCount: Int
    public var tags: [Tag]

    public var kind: COCOKind
    public var kindReason: String
    public var role: COCORole

    /// In which form the boxes are, and why.
    public var form: FormRecognition

    /// Boxes that hang over the edge of their photo by up to 2 px; Pomona clips them.
    public var clippedBoxCount: Int

    /// Present where a folder of photos was named.
    public var photos: Photos?

    /// Whether Pomona can use the file.
    public var pomona: Verdict

    /// Whether Image Analysis 4.0 would take it.
    public var imageAnalysis: Verdict

    /// Whether the file is meant for Image Analysis 4.0, and so has to satisfy it too: its boxes are fractions or, for
    /// classification, every photo has an address. A file in pixels is ordinary COCO.
    public var isForImageAnalysis: Bool

    /// What ``COCORepair`` would do, in words.
    public var repairs: [String]

    /// The verdict on the whole: Pomona can use the file and, if it is meant for Image Analysis 4.0, so can that.
    public var isValid: Bool
}
