/// Everything that offends against one rule: how many, and the first of them.
public struct COCOFinding: Codable, Equatable, Sendable {
    public enum Severity: String, Codable, Sendable, CaseIterable {
        case error
        case warning
        case note
    }

    public var rule: COCORule
    public var severity: Severity

    /// How many there are.
    public var count: Int

    /// The first of them, each in words.
    public var examples: [COCOPlace]

    public init(rule: COCORule, severity: Severity, count: Int, examples: [COCOPlace]) {
        self.rule = rule
        self.severity = severity
        self.count = count
        self.examples = examples
    }
}

/// One place in a label file, with what is wrong there.
public struct COCOPlace: Codable, Equatable, Sendable {
    /// The list, where the place is in one.
    public var list: COCOList?

    /// The place in the list, from 0.
    public var index: Int?

    /// The id of the record.
    public var id: Int?

    /// The photo it concerns, and its id.
    public var photo: String?
    public var photoID: Int?

    public var field: String?

    /// What was found, as the file has it.
    public var value: String?

    /// The line on which the record begins, where it was noticed while reading.
    public var line: Int?

    /// The whole in words: the thing, the field, what was found and what would be right.
    public var message: String

    public init(
        list: COCOList? = nil, index: Int? = nil, id: Int? = nil, photo: String? = nil, photoID: Int? = nil,
        field: String? = nil, value: String? = nil, line: Int? = nil, message: String
    ) {
        self.list = list
        self.index = index
        self.id = id
        self.photo = photo
        self.photoID = photoID
        self.field = field
        self.value = value
        self.line = line
        self.message = message
    }
}

/// Findings in the order in which their rules are first offended against. A class, so that words for a place can be made
/// from the very thing that is being checked.
final class FindingCollector {
    private(set) var findings: [COCOFinding] = []
    private let exampleCount: Int

    init(exampleCount: Int = 10) {
        self.exampleCount = exampleCount
    }

    /// Counts one more; the place is asked for only if it is among the first.
    func add(
        _ rule: COCORule, _ severity: COCOFinding.Severity = .error, count: Int = 1, _ place: () -> COCOPlace
    ) {
        let index =
            findings.firstIndex { $0.rule == rule && $0.severity == severity }
            ?? {
                findings.append(COCOFinding(rule: rule, severity: severity, count: 0, examples: []))
                return findings.count - 1
            }()
        findings[index].count += count
        if findings[index].examples.count < exampleCount { findings[index].examples.append(place()) }
    }

    /// Adds what was found elsewhere.
    func add(_ more: [COCOFinding]) {
        findings += more
    }
}
