public import PomonaCOCO

/// What the doctor says of a COCO file and the photos that it names, or of a whole dataset.
public struct DatasetReport: Codable, Sendable {
    /// Where the labelled photos are.
    public struct Photos: Codable, Sendable {
        public var found: Int
        /// At most ``mostNames``.
        public var missing: [String]
        public var missingCount: Int
        /// Photos that were named by an address elsewhere and lie in the container under their file name.
        public var takenFromContainer: Int
    }

    /// Photos that are one and the same.
    public struct Duplicates: Codable, Sendable {
        public var photos: [String]
        /// Whether they are the same byte by byte, or only look alike.
        public var isExact: Bool
        /// The dataset that the last of them belongs to, where it is another one.
        public var otherDataset: String?
    }

    public static let mostNames = 20

    public var coco: COCOReport?
    /// Words for every rule among the findings.
    public var headings: [String: String]
    public var photos: Photos
    public var duplicates: [Duplicates]
    /// Photos that were not looked at yet, so that their duplicates are not among ``duplicates``; a report waits for some
    /// hundreds, not for all of a large upload.
    public var notExaminedCount: Int
    public var isAccepted: Bool
    /// What a repair would do, in words.
    public var repairs: [String]
}

/// Where labels to be added come from.
public enum LabelSource: Hashable, Sendable {
    /// A blob of the dataset's container.
    case blob(name: String)
    /// A file that was sent, kept for a day.
    case upload(String)
    /// Labels that another part of the product wrote down.
    case written(bytes: [UInt8], name: String)
}
