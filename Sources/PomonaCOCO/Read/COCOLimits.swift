import CSimdjson

/// How much a label file may ask for before it is refused.
public struct COCOLimits: Sendable {
    /// Bytes of the file. COCO train2017 has 448 million.
    public var fileBytes = 1_536 << 20

    /// Bytes of one record, or of one value that is skipped.
    public var recordBytes = 16 << 20

    /// Records of each list.
    public var records = 10_000_000

    /// Arrays and objects in each other, at most 1,024. A COCO file needs five.
    public var depth = 64

    /// Examples that are kept of each kind of fault; all are counted.
    public var examples = 10

    /// Bytes read at a time.
    var windowBytes = 1 << 20

    public init() {}

    var native: CCOCOLimits {
        CCOCOLimits(
            file_bytes: UInt64(max(0, fileBytes)), record_bytes: UInt64(max(0, recordBytes)),
            records: UInt64(max(0, records)), depth: UInt32(min(max(0, depth), 1024)),
            examples: UInt32(min(max(0, examples), 1000)), window_bytes: UInt64(max(1, windowBytes)))
    }
}
