public import PomonaCOCO
public import PomonaStore

/// Labels to be written as a file.
public struct LabelExport: Sendable {
    public enum Format: String, Codable, CaseIterable, Sendable {
        case coco
        case csv
        case yolo
        case voc
    }

    public var format: Format

    /// Of COCO's boxes.
    public var form: BoxForm

    /// The photos that go along.
    public var states: Set<LabelingTask.State>

    /// As typed, with or without an ending.
    public var name: String

    /// - Parameter states: submitted and approved ones where empty.
    public init(
        format: Format = .coco, form: BoxForm = .pixels, states: Set<LabelingTask.State> = [], name: String
    ) {
        self.format = format
        self.form = form
        self.states = states.isEmpty ? [.submitted, .approved] : states
        self.name = name
    }

    /// The name with the format's ending.
    public var fileName: String {
        let ending = "." + format.ending
        return name.lowercased().hasSuffix(ending) ? name : name + ending
    }
}

extension LabelExport.Format {
    var ending: String {
        switch self {
        case .coco: "json"
        case .csv: "csv"
        case .yolo, .voc: "zip"
        }
    }

    public var mediaType: String {
        switch self {
        case .coco: "application/json"
        case .csv: "text/csv; charset=utf-8"
        case .yolo, .voc: "application/zip"
        }
    }
}
