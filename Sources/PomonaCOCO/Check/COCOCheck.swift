import Foundation

/// Judges a label file: what `pomona coco check` prints, and what an import shows before anything is taken over.
public enum COCOCheck {
    /// Reads a file and judges it.
    ///
    /// - Parameters:
    ///   - images: A folder in which to look for the photos; `nil` not to look.
    ///   - kind: What the file is to teach; `nil` to go by whether its annotations have boxes.
    ///   - role: What it is for; Image Analysis 4.0 has other limits for each.
    ///   - form: The form of the boxes; `nil` to recognise it.
    /// - Returns: The report. Its ``COCOReport/isValid`` decides the exit status of a command.
    /// - Throws: ``COCOError`` where there is nothing to judge: the file or the folder is missing, or the file is no
    ///   COCO file.
    public static func run(
        file path: String, images: String? = nil, kind: COCOKind? = nil, role: COCORole = .train,
        form: BoxForm? = nil, limits: COCOLimits = COCOLimits()
    ) throws -> COCOReport {
        let folder = try images.map(PhotoFolder.init(path:))
        let file = try COCOFile.read(path, limits: limits)
        return run(file, folder: folder, kind: kind, role: role, form: form)
    }

    /// Judges a file that has been read.
    public static func run(
        _ file: COCOFile, folder: PhotoFolder? = nil, kind: COCOKind? = nil, role: COCORole = .train,
        form: BoxForm? = nil
    ) -> COCOReport {
        run(file, validation: file.validate(kind: kind, form: form), folder: folder, role: role, form: form)
    }

    /// Judges a file of which is known already what Pomona makes of it.
    ///
    /// - Parameter form: the form of the boxes that was given to the validation; `nil` where it was recognised.
    public static func run(
        _ file: COCOFile, validation: COCOValidation, folder: PhotoFolder? = nil, role: COCORole = .train,
        form: BoxForm? = nil
    ) -> COCOReport {
        let conformance = ImageAnalysisConformance(file, validation: validation, role: role)
        var serviceFindings = conformance.check()
        var findings = validation.findings
        let photos = folder.map { folder in
            var search = PhotoSearch(document: file.document, folder: folder)
            search.run()
            findings += search.pomona.findings
            serviceFindings += search.imageAnalysis.findings
            return COCOReport.Photos(folder: folder.path, found: search.foundCount, missing: search.missingCount)
        }
        let pomona = COCOReport.Verdict(findings)
        let imageAnalysis = COCOReport.Verdict(serviceFindings)
        let isForImageAnalysis = isForImageAnalysis(file.document, validation)
        let isValid = pomona.isAccepted && (imageAnalysis.isAccepted || !isForImageAnalysis)
        let needsRepair = !isValid || findings.contains { $0.severity == .warning }
        let repairs = needsRepair ? COCORepair(kind: validation.kind, sourceForm: form).repair(file).actions : []
        let boxCount = file.document.annotations.reduce(0) { $0 + ($1.box == nil ? 0 : 1) }
        return COCOReport(
            file: file.path, bytes: file.byteCount, imageCount: file.document.images.count,
            annotationCount: file.document.annotations.count, boxCount: boxCount,
            crowdCount: file.document.annotations.reduce(0) { $0 + ($1.isCrowd ? 1 : 0) },
            tags: tags(validation, imageCount: file.document.images.count), kind: validation.kind,
            kindReason: validation.kindReason, role: role,
            form: validation.form, clippedBoxCount: validation.clippedBoxCount, photos: photos, pomona: pomona,
            imageAnalysis: imageAnalysis, isForImageAnalysis: isForImageAnalysis, repairs: repairs.map(\.text),
            isValid: isValid)
    }

    private static func isForImageAnalysis(_ document: COCODocument, _ validation: COCOValidation) -> Bool {
        switch validation.kind {
        case .detection: validation.form.form == .fractions
        case .classification:
            !document.images.isEmpty && document.images.allSatisfy { $0.cocoURL != nil || $0.absoluteURL != nil }
        }
    }

    private static func tags(_ validation: COCOValidation, imageCount: Int) -> [COCOReport.Tag] {
        var tags = validation.labels.map { COCOReport.Tag(name: $0, annotations: 0, images: 0) }
        var annotations = [Int](repeating: 0, count: tags.count)
        var images = annotations
        for label in validation.labelOf where label >= 0 { annotations[Int(label)] += 1 }
        // Image by image, so that the last image of a tag says whether it was counted.
        var last = [Int32](repeating: -1, count: tags.count)
        for index in validation.indicesByImage(count: imageCount) {
            let (label, image) = (Int(validation.labelOf[Int(index)]), validation.imageOf[Int(index)])
            guard label >= 0, last[label] != image else { continue }
            last[label] = image
            images[label] += 1
        }
        for label in tags.indices {
            (tags[label].annotations, tags[label].images) = (annotations[label], images[label])
        }
        return tags
    }
}

/// Looks for the photos of a label file in a folder.
private struct PhotoSearch {
    let document: COCODocument
    let folder: PhotoFolder
    let pomona = FindingCollector()
    let imageAnalysis = FindingCollector()
    private(set) var foundCount = 0
    private(set) var missingCount = 0

    init(document: COCODocument, folder: PhotoFolder) {
        self.document = document
        self.folder = folder
    }

    mutating func run() {
        let words = RecordWords(document: document)
        var missing: [Int] = []
        for (index, image) in document.images.enumerated() {
            guard let path = folder.file(of: image) else {
                missing.append(index)
                continue
            }
            foundCount += 1
            let attributes = try? FileManager.default.attributesOfItem(atPath: path)
            let bytes = (attributes?[.size] as? NSNumber)?.intValue ?? 0
            if bytes > ImageAnalysisLimits.photoBytes {
                imageAnalysis.add(.photoBytes) {
                    words.place(
                        image: index, value: String(bytes),
                        "it has \(bytes.grouped) bytes, but may have \(ImageAnalysisLimits.photoBytes.grouped)")
                }
            }
        }
        missingCount = missing.count
        // One photo in two is where a few lost files become the wrong folder.
        let severity: COCOFinding.Severity = missing.count * 2 > document.images.count ? .error : .warning
        for index in missing {
            pomona.add(.photosMissing, severity) { words.place(image: index, "it is not in \(folder.path)") }
        }
    }
}
