import CSimdjson

/// A COCO file that has been read: its labels, and what could not be read of them.
///
/// Reading streams the file through a small window, so memory follows what is kept (about 150 bytes for a box or a
/// photo), never the length of the file. Everything in the file must be JSON; what a label file does not need is then
/// passed over. Keys may stand in any order, at the top and in records.
public struct COCOFile: Sendable {
    /// The path it was read from, or the name it was given: what messages call it.
    public let path: String

    public let byteCount: Int

    public var document: COCODocument

    /// Records that could not be read in full, by kind. Their places in the document's arrays are kept.
    public let faults: [COCOFinding]

    /// The lists that the file has, empty or not.
    let lists: Set<COCOList>

    /// Labels that come from elsewhere than a file, to be judged as if they had been read.
    ///
    /// - Parameter name: What messages call them.
    public init(_ document: COCODocument, name: String) {
        path = name
        byteCount = 0
        self.document = document
        faults = []
        lists = Set(COCOList.allCases)
    }

    /// Reads a file.
    ///
    /// - Parameter name: What messages call it; `nil` for its path.
    /// - Throws: ``COCOError`` where the file cannot be read at all: it is missing, too large, no JSON, nested too
    ///   deeply, or has no lists. Faults of single records end up in ``faults``.
    public static func read(
        _ path: String, name: String? = nil, limits: COCOLimits = COCOLimits()
    ) throws -> COCOFile {
        try read(name: name ?? path, limits: limits) { ccoco_read_file(path, $0, $1, $2) }
    }

    /// Reads the bytes of a file.
    ///
    /// - Parameter name: What messages call the file.
    /// - Throws: ``COCOError``, as for a file on disk.
    public static func read(bytes: [UInt8], name: String, limits: COCOLimits = COCOLimits()) throws -> COCOFile {
        try bytes.withUnsafeBufferPointer { buffer in
            try read(name: name, limits: limits) {
                ccoco_read_bytes(buffer.baseAddress, buffer.count, $0, $1, $2)
            }
        }
    }

    private static func read(
        name: String, limits: COCOLimits,
        call: (
            UnsafePointer<CCOCOLimits>, UnsafeMutablePointer<UnsafeMutablePointer<CCOCOLabels>?>,
            UnsafeMutablePointer<CCOCOFailure>
        ) -> CCOCOStatus
    ) throws -> COCOFile {
        var native = limits.native
        var labels: UnsafeMutablePointer<CCOCOLabels>?
        var failure = CCOCOFailure()
        let status = call(&native, &labels, &failure)
        guard status == CCOCO_OK, let labels else { throw COCOError(failure, file: name) }
        defer { ccoco_free(labels) }
        return COCOFile(name: name, reading: labels.pointee)
    }

    private init(name: String, reading labels: CCOCOLabels) {
        path = name
        byteCount = Int(labels.byte_count)
        document = COCODocument(copying: labels)
        faults = COCOFinding.reading(faultsOf: labels, document: document)
        let present = [labels.has_list.0, labels.has_list.1, labels.has_list.2]
        lists = Set(zip(COCOList.allCases, present).filter { $1 != 0 }.map(\.0))
    }
}
