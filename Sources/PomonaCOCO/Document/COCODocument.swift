/// The labels of a COCO file: its photos, what is to be seen in them, and the categories.
///
/// This is the file's own picture of things, before any judgement: ids as they stand, boxes in whichever form the file
/// uses, references that may lead nowhere. ``COCOFile`` reads one, ``COCOFile/validate(kind:form:)`` judges it,
/// ``COCOFile/trainingSet(imagesFolder:kind:form:)`` makes it something to train on, ``COCORepair`` mends it and
/// ``COCOWriter`` writes it. What Pomona has no use for (segmentations, licences, capture dates) is not kept.
public struct COCODocument: Equatable, Sendable {
    public var images: [COCOImage]
    public var annotations: [COCOAnnotation]
    public var categories: [COCOCategory]

    public init(images: [COCOImage] = [], annotations: [COCOAnnotation] = [], categories: [COCOCategory] = []) {
        self.images = images
        self.annotations = annotations
        self.categories = categories
    }
}

/// The three lists of a COCO file.
public enum COCOList: String, Codable, Sendable, CaseIterable {
    case images
    case annotations
    case categories

    /// What one record of the list is called in messages.
    var recordName: String {
        switch self {
        case .images: "image"
        case .annotations: "annotation"
        case .categories: "category"
        }
    }
}

/// A name for one kind of thing.
public struct COCOCategory: Equatable, Sendable {
    public var id: Int
    public var name: String

    /// Fields that the file does not have in a readable form.
    var unread: UnreadFields = []

    public init(id: Int, name: String) {
        self.id = id
        self.name = name
    }
}

/// Fields of a record whose value is missing or of the wrong type: they hold 0 or nothing, and the file's faults name
/// them. They keep one fault from being told twice, as when an image of unknown size makes all its boxes lie outside.
struct UnreadFields: OptionSet, Sendable {
    let rawValue: UInt8

    static let id = UnreadFields(rawValue: 1)
    static let size = UnreadFields(rawValue: 2)
    static let name = UnreadFields(rawValue: 4)
    static let imageID = UnreadFields(rawValue: 8)
    static let categoryID = UnreadFields(rawValue: 16)
    static let box = UnreadFields(rawValue: 32)
}
