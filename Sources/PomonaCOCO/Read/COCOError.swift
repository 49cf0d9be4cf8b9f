public import PomonaCore

/// Why a label file cannot be used, read or written.
public enum COCOError: PomonaError, Equatable {
    /// The file or folder does not exist.
    case missing(path: String)
    /// The system refuses to read it.
    case unreadable(file: String, reason: String)
    /// It asks for more than the limits allow; `what` says which.
    case tooLarge(file: String, what: String)
    /// It is no JSON text. Line and column (in bytes) count from 1 and are 0 where no place is known.
    case notJSON(file: String, line: Int, column: Int, what: String)
    /// It is JSON, but no COCO file.
    case notCOCO(file: String, what: String)
    /// Its labels have faults: all of them, by rule.
    case invalid(file: String, findings: [COCOFinding])
    /// A repair leaves faults that only a person can mend.
    case notRepairable(file: String, findings: [COCOFinding])
    /// The labels cannot be written in the form that was asked for.
    case notWritable(file: String, what: String)
    /// The system refuses to write it; a full disk, mostly.
    case cannotWrite(file: String, reason: String)
    case outOfMemory(file: String)
    /// A fault of the reader.
    case failed(file: String, what: String)

    public var code: String {
        switch self {
        case .missing: "labelFileMissing"
        case .unreadable: "labelFileUnreadable"
        case .tooLarge: "labelFileTooLarge"
        case .notJSON: "labelFileNotJSON"
        case .notCOCO: "labelFileNotCOCO"
        case .invalid: "labelsInvalid"
        case .notRepairable: "labelsNotRepairable"
        case .notWritable: "labelsNotWritable"
        case .cannotWrite: "labelFileCannotBeWritten"
        case .outOfMemory: "outOfMemory"
        case .failed: "labelReaderFailed"
        }
    }

    public var message: String {
        switch self {
        case .missing(let path): "\(path) does not exist."
        case .unreadable(let file, let reason): "\(file) cannot be read: \(reason)."
        case .tooLarge(let file, let what): "\(file): \(what)."
        case .notJSON(let file, 0, _, let what): "\(file) is not JSON: \(what)."
        case .notJSON(let file, let line, let column, let what):
            "\(file) is not JSON: line \(line), column \(column): \(what)."
        case .notCOCO(let file, let what): "\(file) is not a COCO file: \(what)."
        case .invalid(let file, let findings):
            Self.list(findings, heading: "\(file) has faults in its labels:")
        case .notRepairable(let file, let findings):
            Self.list(findings, heading: "\(file) has faults that only a person can mend:")
        case .notWritable(let file, let what): "\(file) was not written: \(what)."
        case .cannotWrite(let file, let reason): "\(file) cannot be written: \(reason)."
        case .outOfMemory(let file): "There is not enough memory to read \(file)."
        case .failed(let file, let what): "Reading \(file) failed: \(what)."
        }
    }

    public var hint: String? {
        switch self {
        case .invalid(_, let findings):
            if findings.contains(where: { $0.rule == .boxForm && $0.severity == .error }) {
                "Say which form the boxes have: pixels or fractions."
            } else {
                "\"pomona coco check\" lists what is wrong and what can be repaired."
            }
        case .tooLarge: "Split the file, or raise the limit if it is to be trusted."
        default: nil
        }
    }

    public var kind: ErrorKind {
        switch self {
        case .missing, .unreadable: .missing
        case .cannotWrite, .outOfMemory: .resource
        case .failed: .internal
        case .tooLarge, .notJSON, .notCOCO, .invalid, .notRepairable, .notWritable: .badData
        }
    }

    /// The first faults of each rule, one a line; never more than thirty lines.
    private static func list(_ findings: [COCOFinding], heading: String) -> String {
        let errors = findings.filter { $0.severity == .error }
        let perRule = max(1, min(10, 30 / max(1, errors.count)))
        var lines = [heading]
        for finding in errors {
            let shown = finding.examples.prefix(perRule)
            lines += shown.map { "  \($0.message)" }
            let rest = finding.count - shown.count
            if rest > 0 { lines.append("  and \(rest.grouped) more of these: \(finding.rule.title)") }
        }
        return lines.joined(separator: "\n")
    }
}
