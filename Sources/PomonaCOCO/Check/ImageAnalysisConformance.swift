/// Checks a label file as Image Analysis 4.0 (Microsoft's service for custom vision models, and its clients) would:
/// all that it refuses is an error, what it may stumble over is a warning.
///
/// A class, because closures about each of 860,000 annotations hold it.
final class ImageAnalysisConformance {
    let file: COCOFile
    let validation: COCOValidation
    let limits: ImageAnalysisLimits
    let words: RecordWords
    let found = FindingCollector()

    var document: COCODocument { file.document }
    var isDetection: Bool { validation.kind == .detection }

    /// - Parameter validation: What Pomona made of the file: the same faults need not be looked for twice.
    init(_ file: COCOFile, validation: COCOValidation, role: COCORole) {
        self.file = file
        self.validation = validation
        limits = ImageAnalysisLimits(kind: validation.kind, role: role)
        words = RecordWords(document: file.document)
    }

    /// What both refuse: the service cannot read it either.
    private static let shared: Set<COCORule> = [
        .recordNotAnObject, .missingField, .wrongType, .notAnInteger, .notANumber, .repeatedField, .boxCount,
        .missingList, .duplicateID, .missingBox, .secondTag, .noCategories,
    ]

    func check() -> [COCOFinding] {
        for finding in validation.findings {
            var same = finding
            if finding.rule == .integerAsDecimal { same.severity = .error }
            let isShared = Self.shared.contains(finding.rule) && finding.severity == .error
            if isShared || [.integerAsDecimal, .duplicateCategoryName].contains(finding.rule) { found.add([same]) }
        }
        checkCounts()
        checkImages()
        checkIDs()
        if isDetection { checkBoxes() }
        return found.findings
    }

    private func checkCounts() {
        let images = document.images.count
        if file.lists.contains(.images), !limits.images.contains(images) {
            found.add(.imageCount) {
                COCOPlace(
                    list: .images, value: String(images),
                    message: "there are \(images.grouped) images, but must be \(limits.images.words)")
            }
        }
        let categories = document.categories.count
        if file.lists.contains(.categories), categories > 0 {
            let isError = !limits.categories.contains(categories)
            if isError || !limits.quotaCategories.contains(categories) {
                let range = isError ? limits.categories : limits.quotaCategories
                found.add(.categoryCount, isError ? .error : .warning) {
                    COCOPlace(
                        list: .categories, value: String(categories),
                        message: "there are \(categories.grouped) categories, but must be \(range.words)")
                }
            }
        }
        checkImagesPerCategory()
    }

    /// The service counts annotations, so that a category without any escapes it; Pomona notes that one.
    private func checkImagesPerCategory() {
        let index = IDIndex(document.categories)
        var counts = [Int](repeating: 0, count: document.categories.count)
        for annotation in document.annotations where !annotation.unread.contains(.categoryID) {
            if let category = index[annotation.categoryID] { counts[category] += 1 }
        }
        for (index, count) in counts.enumerated() where count > 0 && count < limits.quotaImagesPerCategory {
            let isError = count < limits.imagesPerCategory
            let least = isError ? limits.imagesPerCategory : limits.quotaImagesPerCategory
            found.add(.imagesPerCategory, isError ? .error : .warning) {
                words.place(
                    category: index, value: String(count),
                    "it is on \(count.counted("image")), but must be on \(least) or more")
            }
        }
    }

    private func checkImages() {
        for (index, image) in document.images.enumerated() {
            if image.fileName == nil, !image.unread.contains(.name) {
                found.add(.missingField) { words.place(image: index, field: "file_name", "file_name is missing") }
            }
            checkSides(of: image, at: index)
            checkAddress(of: image, at: index)
            if let ending = image.name.fileEnding, !limits.photoTypes.contains(ending) {
                found.add(.photoType, .warning) {
                    words.place(
                        image: index, field: "file_name", value: image.name,
                        "\(ending.shown) is none of the types \(limits.photoTypes.sorted().phrase)")
                }
            }
        }
    }

    private func checkSides(of image: COCOImage, at index: Int) {
        guard !image.unread.contains(.size) else { return }
        for (field, value) in [("width", image.width), ("height", image.height)]
        where value < Double(limits.side.lowerBound) || value > Double(limits.side.upperBound) {
            found.add(.imageSide) {
                words.place(
                    image: index, field: field, value: value.shown,
                    "\(field) is \(value.shown) px, but must be \(limits.side.words)")
            }
        }
    }

    private func checkAddress(of image: COCOImage, at index: Int) {
        let addresses = [image.absoluteURL, image.cocoURL].compactMap { $0 }
        if addresses.isEmpty {
            found.add(.missingAddress) {
                words.place(image: index, field: "coco_url", "it has neither coco_url nor absolute_url")
            }
            return
        }
        let reachable = addresses.contains {
            if case .web = PhotoLocation(address: $0) { true } else { false }
        }
        if !reachable {
            found.add(.unreachableAddress, .warning) {
                words.place(
                    image: index, field: "coco_url", value: addresses[0],
                    "\(addresses[0].shown) is no http or https address")
            }
        }
    }
}

extension ClosedRange<Int> {
    fileprivate var words: String { "\(lowerBound.grouped) to \(upperBound.grouped)" }
}

extension [String] {
    /// `bmp, gif, jpg`
    fileprivate var phrase: String { joined(separator: ", ") }
}

extension String {
    /// What follows the last dot of a file name, in lower case.
    fileprivate var fileEnding: String? {
        guard let dot = utf8.lastIndex(of: UInt8(ascii: ".")), !utf8[dot...].contains(UInt8(ascii: "/")) else {
            return nil
        }
        return self[utf8.index(after: dot)...].lowercased()
    }
}
