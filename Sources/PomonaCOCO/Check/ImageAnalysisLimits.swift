/// What Image Analysis 4.0 takes, by kind and role.
///
/// Microsoft's checking script decides what is an error. Its table of quotas is stricter here and there; what only the
/// table refuses is a warning.
struct ImageAnalysisLimits {
    var images: ClosedRange<Int>
    var categories: ClosedRange<Int>
    /// Pixels of each side of a photo.
    var side: ClosedRange<Int>
    /// Annotations that a category has, if it has any.
    var imagesPerCategory: Int
    /// Of the table of quotas.
    var quotaCategories: ClosedRange<Int>
    var quotaImagesPerCategory: Int
    /// Endings of the photos' file names.
    var photoTypes: Set<String>

    /// Boxes on one photo.
    static let regionsPerImage = 1000
    /// Bytes of one photo.
    static let photoBytes = 20 * 1024 * 1024

    init(kind: COCOKind, role: COCORole) {
        side = role == .train ? 10...10_240 : 50...16_000
        photoTypes = ["jpg", "jpeg", "png", "bmp", "gif"]
        if role == .train { photoTypes.formUnion(["webp", "ico", "tif", "tiff", "mpo"]) }
        switch kind {
        case .detection:
            imagesPerCategory = 1
            images = imagesPerCategory...(role == .train ? 200_000 : 100_000)
            categories = 1...2000
            quotaCategories = 1...1000
            quotaImagesPerCategory = role == .train ? 2 : 1
        case .classification:
            imagesPerCategory = role == .train ? 2 : 1
            images = imagesPerCategory...(role == .train ? 1_000_000 : 100_000)
            categories = 2...2000
            quotaCategories = 2...2000
            quotaImagesPerCategory = imagesPerCategory
        }
    }
}
