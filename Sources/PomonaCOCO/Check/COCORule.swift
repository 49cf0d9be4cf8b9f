/// What a label file can offend against. The raw values are stable words for programs.
public enum COCORule: String, Codable, Sendable, CaseIterable {
    // Of single records, found while reading.
    case recordNotAnObject
    case missingField
    case wrongType
    case notAnInteger
    /// A bare NaN or Infinity, which JSON does not have.
    case notANumber
    case repeatedField
    case boxCount
    case crowdFlag
    /// An id written as a decimal number, such as `3.0`. Read, but Image Analysis 4.0 refuses it.
    case integerAsDecimal

    // Of the whole.
    case missingList
    case noImages
    case noCategories
    case noBoxes
    case noTags
    case duplicateID
    case unknownImage
    case unknownCategory
    case imageSize
    case emptyName
    /// A box without width or height.
    case boxExtent
    /// A box that reaches further out of its photo than an uneven edge explains.
    case boxOutside
    /// An annotation without a box in a file for detection.
    case missingBox
    /// A second annotation of one photo in a file for classification.
    case secondTag
    /// Whether boxes are in pixels or fractions cannot be told.
    case boxForm
    case photosMissing

    // Worth knowing.
    case boxClipped
    case strayBoxForm
    case duplicateCategoryName
    case duplicateFileName
    case sizeNotWhole
    case nameLeavesFolder
    case unusedCategory
    case photoWithoutBox
    case photoWithoutTag
    case boxNotUsed

    // Image Analysis 4.0's own.
    case idRange
    case missingAddress
    case unreachableAddress
    case imageSide
    case imageCount
    case categoryCount
    case imagesPerCategory
    case relativeBox
    case regionsPerImage
    case photoType
    case photoBytes

    /// What is wrong, of any number of things; a heading over examples.
    public var title: String {
        switch self {
        case .recordNotAnObject: "records that are no objects"
        case .missingField: "fields that are missing"
        case .wrongType: "values of the wrong type"
        case .notAnInteger: "ids that are no integers"
        case .notANumber: "NaN or Infinity, which JSON does not have"
        case .repeatedField: "fields that stand twice in one record"
        case .boxCount: "boxes without exactly four values"
        case .crowdFlag: "iscrowd that is neither 0 nor 1"
        case .integerAsDecimal: "integers written as decimal numbers"
        case .missingList: "lists that are missing"
        case .noImages: "no images"
        case .noCategories: "no categories"
        case .noBoxes: "no boxes"
        case .noTags: "no tagged photos"
        case .duplicateID: "ids used more than once"
        case .unknownImage: "annotations of images that are not in the file"
        case .unknownCategory: "annotations with categories that are not in the file"
        case .imageSize: "images with an impossible size"
        case .emptyName: "names without any letter"
        case .boxExtent: "boxes without width or height"
        case .boxOutside: "boxes more than 2 px outside of their photo"
        case .missingBox: "annotations without a box"
        case .secondTag: "photos with more than one tag"
        case .boxForm: "boxes whose form cannot be told"
        case .photosMissing: "photos that are not in the folder"
        case .boxClipped: "boxes that hang over the edge by up to 2 px, and are clipped"
        case .strayBoxForm: "boxes that look like fractions in a file of pixels"
        case .duplicateCategoryName: "category names used more than once, and taken as one"
        case .duplicateFileName: "images with the file name of another"
        case .sizeNotWhole: "image sizes that are not whole pixels, and are rounded"
        case .nameLeavesFolder: "file names that lead out of the folder of photos; only their last part is used"
        case .unusedCategory: "categories without any annotation"
        case .photoWithoutBox: "photos without a box, which say \"nothing here\""
        case .photoWithoutTag: "photos without a tag, which are left out"
        case .boxNotUsed: "boxes that classification has no use for"
        case .idRange: "ids and references that are not 1 to the length of their list"
        case .missingAddress: "images with neither coco_url nor absolute_url"
        case .unreachableAddress: "images whose only address is a datastore's, which cannot be fetched"
        case .imageSide: "images that are too small or too large"
        case .imageCount: "a number of images outside of the limits"
        case .categoryCount: "a number of categories outside of the limits"
        case .imagesPerCategory: "categories with too few annotations"
        case .relativeBox: "boxes that are not fractions of the photo within it"
        case .regionsPerImage: "images with more than 1,000 boxes"
        case .photoType: "photos of a type that is not taken"
        case .photoBytes: "photos of more than 20 MB"
        }
    }
}
