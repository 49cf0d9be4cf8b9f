import PomonaStore

/// A row that the page knows by an id: a letter and the row's number, such as `m7`.
protocol StudioIdentified {
    static var studioLetter: Character { get }

    /// What it is called in words.
    static var studioName: String { get }
}

extension ResourceGroup: StudioIdentified {
    static let studioLetter: Character = "g"
    static let studioName = "resource group"
}

extension StorageAccount: StudioIdentified {
    static let studioLetter: Character = "a"
    static let studioName = "storage account"
}

extension BlobContainer: StudioIdentified {
    static let studioLetter: Character = "c"
    static let studioName = "container"
}

extension BlobItem: StudioIdentified {
    static let studioLetter: Character = "b"
    static let studioName = "blob"
}

extension Dataset: StudioIdentified {
    static let studioLetter: Character = "d"
    static let studioName = "dataset"
}

extension DatasetFile: StudioIdentified {
    static let studioLetter: Character = "f"
    static let studioName = "COCO file"
}

extension Model: StudioIdentified {
    static let studioLetter: Character = "m"
    static let studioName = "model"
}

extension Evaluation: StudioIdentified {
    static let studioLetter: Character = "e"
    static let studioName = "evaluation"
}

extension Job: StudioIdentified {
    static let studioLetter: Character = "j"
    static let studioName = "job"
}

extension Person: StudioIdentified {
    static let studioLetter: Character = "u"
    static let studioName = "person"
}

extension RowID where Row: StudioIdentified {
    /// The id as the page knows it.
    var studioID: String { "\(Row.studioLetter)\(rawValue)" }

    /// - Returns: `nil` for a text that is no id of such a thing.
    init?(studioID text: String) {
        guard text.first == Row.studioLetter, let number = Int64(text.dropFirst()), number > 0,
            text.dropFirst().allSatisfy(\.isNumber)
        else { return nil }
        self.init(rawValue: number)
    }
}
