import CSimdjson
import Foundation

extension COCOError {
    /// Why the reader stopped, in words.
    init(_ failure: CCOCOFailure, file: String) {
        let reason = String(cString: strerror(failure.system_error))
        switch failure.status {
        case CCOCO_CANNOT_OPEN where failure.system_error == ENOENT || failure.system_error == ENOTDIR:
            self = .missing(path: file)
        case CCOCO_CANNOT_OPEN, CCOCO_CANNOT_READ: self = .unreadable(file: file, reason: reason)
        case CCOCO_FILE_TOO_LARGE, CCOCO_RECORD_TOO_LARGE, CCOCO_TOO_MANY_RECORDS, CCOCO_TOO_DEEP:
            self = .tooLarge(file: file, what: Self.excess(failure))
        case CCOCO_EMPTY: self = .notJSON(file: file, line: 0, column: 0, what: "it is empty")
        case CCOCO_NOT_JSON:
            self = .notJSON(
                file: file, line: Int(failure.line), column: Int(failure.column), what: Self.syntax(failure))
        case CCOCO_NOT_AN_OBJECT:
            let found = FoundWords(type: failure.found_type).sentence
            self = .notCOCO(
                file: file, what: "its outermost value is \(found), not an object with \(COCOList.phrase)")
        case CCOCO_LIST_NOT_AN_ARRAY:
            let found = FoundWords(type: failure.found_type).sentence
            self = .notCOCO(
                file: file, what: "\"\(COCOList(failure.list))\" is \(found), not an array (line \(failure.line))")
        case CCOCO_LIST_TWICE:
            self = .notCOCO(file: file, what: "\"\(COCOList(failure.list))\" stands twice (line \(failure.line))")
        case CCOCO_OUT_OF_MEMORY: self = .outOfMemory(file: file)
        default: self = .failed(file: file, what: string(failure.found))
        }
    }

    private static func excess(_ failure: CCOCOFailure) -> String {
        let limit = Int(clamping: failure.limit).grouped
        return switch failure.status {
        case CCOCO_FILE_TOO_LARGE: "it has more than \(limit) bytes, the largest file that is read"
        case CCOCO_RECORD_TOO_LARGE:
            "the record that begins on line \(failure.line) has more than \(limit) bytes, the largest that is read"
        case CCOCO_TOO_MANY_RECORDS: "\"\(COCOList(failure.list))\" has more than \(limit) records"
        default:
            "on line \(failure.line) arrays and objects stand more than \(limit) deep in each other; "
                + "a COCO file needs 5"
        }
    }

    private static func syntax(_ failure: CCOCOFailure) -> String {
        let found = string(failure.found).shown
        let what =
            switch failure.syntax {
            case CCOCO_SYNTAX_END: "the file ends in the middle of a value; it was cut short"
            case CCOCO_SYNTAX_WORD: "\(found) is no JSON value"
            case CCOCO_SYNTAX_NONFINITE: "\(found) is not a number that JSON has"
            case CCOCO_SYNTAX_NUMBER: "\(found) is not how JSON writes a number"
            case CCOCO_SYNTAX_NUMBER_RANGE: "the number \(found) is too large"
            case CCOCO_SYNTAX_STRING: "a text holds a control character or a broken escape, \(found)"
            case CCOCO_SYNTAX_ENCODING: "\(found) is not UTF-8; the file was saved in another encoding"
            case CCOCO_SYNTAX_TRAILING_COMMA: "a comma stands before a closing bracket"
            case CCOCO_SYNTAX_TRAILING_TEXT: "\(found) follows the end of the file's object"
            default: "\(found) may not stand here"
            }
        guard failure.list != CCOCO_NO_LIST else { return what }
        let field = string(failure.field)
        let record = "in \(COCOList(failure.list))[\(failure.index)]"
        return field.isEmpty ? "\(what) (\(record))" : "\(what) (\(record), field \(field.shown))"
    }
}

extension COCOList {
    /// The three lists in a sentence.
    static var phrase: String { "images, annotations and categories" }

    fileprivate init(_ native: CCOCOList) {
        switch native {
        case CCOCO_IMAGES: self = .images
        case CCOCO_ANNOTATIONS: self = .annotations
        default: self = .categories
        }
    }
}
