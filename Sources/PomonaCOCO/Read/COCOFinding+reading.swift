import CSimdjson

extension COCOFinding {
    /// What the reader noticed of single records, in words.
    static func reading(faultsOf labels: CCOCOLabels, document: COCODocument) -> [COCOFinding] {
        guard labels.fault_count > 0 else { return [] }
        let faults = UnsafeBufferPointer(start: labels.faults, count: Int(labels.fault_count))
        let words = ReadingWords(document: document)
        var findings: [COCOFinding] = []
        for kind in 0..<Int(CCOCO_FAULT_KINDS.rawValue) {
            let total = withUnsafeBytes(of: labels.fault_totals) { bytes in
                let totals = bytes.bindMemory(to: UInt64.self)
                return COCOList.allCases.indices.reduce(0) {
                    $0 + Int(totals[$1 * Int(CCOCO_FAULT_KINDS.rawValue) + kind])
                }
            }
            guard total > 0, let rule = COCORule(faultKind: kind) else { continue }
            let examples = faults.filter { Int($0.kind.rawValue) == kind }.map(words.place)
            findings.append(
                COCOFinding(
                    rule: rule, severity: rule == .integerAsDecimal ? .warning : .error, count: total,
                    examples: examples))
        }
        return findings
    }
}

extension COCORule {
    fileprivate init?(faultKind: Int) {
        switch CCOCOFaultKind(rawValue: CCOCOFaultKind.RawValue(faultKind)) {
        case CCOCO_FAULT_NOT_AN_OBJECT: self = .recordNotAnObject
        case CCOCO_FAULT_MISSING: self = .missingField
        case CCOCO_FAULT_TYPE: self = .wrongType
        case CCOCO_FAULT_NOT_AN_INTEGER: self = .notAnInteger
        case CCOCO_FAULT_NONFINITE: self = .notANumber
        case CCOCO_FAULT_TWICE: self = .repeatedField
        case CCOCO_FAULT_BOX_COUNT: self = .boxCount
        case CCOCO_FAULT_CROWD: self = .crowdFlag
        case CCOCO_FAULT_INTEGER_AS_DECIMAL: self = .integerAsDecimal
        default: return nil
        }
    }
}

/// Puts the reader's faults into words.
private struct ReadingWords {
    let words: RecordWords
    private let imagesByID: [Int: COCOImage]

    init(document: COCODocument) {
        words = RecordWords(document: document)
        imagesByID = Dictionary(
            document.images.lazy.filter { !$0.unread.contains(.id) }.map { ($0.id, $0) },
            uniquingKeysWith: { first, _ in first })
    }

    func place(_ fault: CCOCOFault) -> COCOPlace {
        let field = string(fault.field)
        let shownField = Self.shownField(field)
        let value = fault.found_type == CCOCO_TYPE_MISSING ? nil : string(fault.found)
        let sentence = "\(Self.sentence(fault, field: shownField)) (line \(fault.line))"
        let index = Int(fault.index)
        let line = Int(fault.line)
        switch fault.list {
        case CCOCO_IMAGES:
            return words.place(image: index, field: field, value: value, line: line, sentence)
        case CCOCO_CATEGORIES:
            return words.place(category: index, field: field, value: value, line: line, sentence)
        default:
            let image = fault.has_image_id != 0 ? imagesByID[Int(fault.image_id)] : nil
            return words.place(
                annotation: index, image: image, field: field, value: value, line: line, sentence)
        }
    }

    private static func shownField(_ field: String) -> String {
        boxFieldNames.first { $0.hasPrefix(field + " ") } ?? field.shown
    }

    private static func sentence(_ fault: CCOCOFault, field: String) -> String {
        let found = FoundWords(type: fault.found_type, text: string(fault.found)).sentence
        return switch fault.kind {
        case CCOCO_FAULT_NOT_AN_OBJECT: "it is \(found), not an object"
        case CCOCO_FAULT_MISSING where fault.found_type == CCOCO_TYPE_NULL:
            "\(field) is null, but a value must be there"
        case CCOCO_FAULT_MISSING: "\(field) is missing"
        case CCOCO_FAULT_TYPE: "\(field) is \(found), not \(expectation(of: field))"
        case CCOCO_FAULT_NOT_AN_INTEGER: "\(field) is \(found), not an integer of 64 bits"
        case CCOCO_FAULT_NONFINITE: "\(field) holds \(string(fault.found).shown), which JSON does not have"
        case CCOCO_FAULT_TWICE: "\(field) stands twice in the record"
        case CCOCO_FAULT_BOX_COUNT: "bbox has \(string(fault.found)) values, not four"
        case CCOCO_FAULT_CROWD: "iscrowd is \(found), not 0 or 1"
        default: "\(field) is written \(string(fault.found).shown) and was taken as an integer"
        }
    }

    private static func expectation(of field: String) -> String {
        switch field {
        case "id", "image_id", "category_id": "an integer"
        case "file_name", "coco_url", "absolute_url", "name": "a text"
        case "bbox": "an array of four numbers"
        default: "a number"
        }
    }
}

/// A JSON value of some type, as a sentence names it.
struct FoundWords {
    let type: CCOCOType
    var text = ""

    var sentence: String {
        switch type {
        case CCOCO_TYPE_MISSING: "missing"
        case CCOCO_TYPE_NULL: "null"
        case CCOCO_TYPE_BOOLEAN: text.isEmpty ? "a truth value" : text
        case CCOCO_TYPE_NUMBER: text.isEmpty ? "a number" : "the number \(text.shown)"
        case CCOCO_TYPE_TEXT: text.isEmpty ? "a text" : "the text \"\(text.shown)\""
        case CCOCO_TYPE_ARRAY: "an array"
        case CCOCO_TYPE_NONFINITE: text.shown
        default: "an object"
        }
    }
}

/// The text in a fixed field of a C struct.
func string<Tuple>(_ field: Tuple) -> String {
    withUnsafeBytes(of: field) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
}
