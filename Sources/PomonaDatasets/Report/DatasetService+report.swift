import Foundation
import PomonaCOCO
import PomonaCore
public import PomonaStore

extension DatasetService {
    /// Judges a COCO file before it is added to a dataset.
    ///
    /// - Throws: ``DatasetError``, `COCOError` for what is no COCO file at all.
    public func check(_ source: LabelSource, for dataset: Dataset) async throws -> DatasetReport {
        async let alike = duplicates(of: dataset)
        let file = try await file(of: source, for: dataset)
        try await fetchPhotos(of: file, for: dataset)
        return try await report(on: file, dataset).with(try await alike)
    }

    /// Judges one of a dataset's files again.
    public func report(on file: DatasetFile, of dataset: Dataset) async throws -> DatasetReport {
        try await report(on: try await labelFile(file.reference, of: dataset), dataset)
    }

    /// Judges a whole dataset: all its files, all its photos, and whether photos are in another dataset too.
    public func report(on dataset: Dataset) async throws -> DatasetReport {
        var whole = try await emptyReport(dataset)
        for reference in dataset.cocoFiles {
            do {
                let file = try await labelFile(reference, of: dataset)
                whole.add(try await report(on: file, dataset))
            } catch let error as any PomonaError {
                whole.isAccepted = false
                whole.photos.missing.append(reference)
                whole.photos.missingCount += 1
                whole.headings["file \(reference)"] = error.message
            }
        }
        let index = try await index(of: dataset.id)
        whole.photos.found = index.photos.count
        return whole.with(try await duplicates(of: dataset))
    }

    private func emptyReport(_ dataset: Dataset) async throws -> DatasetReport {
        DatasetReport(
            coco: nil, headings: [:],
            photos: .init(found: 0, missing: [], missingCount: 0, takenFromContainer: 0), duplicates: [],
            notExaminedCount: 0, isAccepted: true, repairs: [])
    }

    /// Judges a file's labels and looks for its photos, and for nothing that needs only the photos.
    func report(on file: LabelFile, _ dataset: Dataset) async throws -> DatasetReport {
        // Two things that know nothing of each other and are each slow for 100,000 photos.
        async let checked = PhotoThreads.run { file.check(dataset.kind.cocoKind) }
        let found = try await PhotoFinder(self, for: dataset).photos(of: file)
        let coco = try await checked
        let missing = zip(file.document.images, found).filter { $1 == nil }.map(\.0.name)
        let findings = coco.pomona.findings + coco.imageAnalysis.findings
        // One photo in two is where a few lost files become the wrong container.
        let isFound = missing.count * 2 <= file.document.images.count
        return DatasetReport(
            coco: coco,
            headings: Dictionary(
                findings.map { ($0.rule.rawValue, $0.rule.title) }, uniquingKeysWith: { first, _ in first }),
            photos: .init(
                found: found.count - missing.count, missing: Array(missing.prefix(DatasetReport.mostNames)),
                missingCount: missing.count,
                takenFromContainer: found.reduce(0) { $0 + ($1?.isTakenFromContainer == true ? 1 : 0) }),
            duplicates: [], notExaminedCount: 0,
            isAccepted: coco.pomona.isAccepted && isFound, repairs: coco.repairs)
    }

    /// The file that a source stands for.
    func file(of source: LabelSource, for dataset: Dataset) async throws -> LabelFile {
        switch source {
        case .blob(let name): return try await labelFile(name, of: dataset)
        case .upload(let id):
            let upload = try await upload(id)
            return try await labelFiles.value(of: LabelFileKey(name: upload.name, sha256: Data(id.utf8))) {
                try await PhotoThreads.run { LabelFile(try COCOFile.read(upload.file.path, name: upload.name)) }
            }
        case .written(let bytes, let name): return LabelFile(try COCOFile.read(bytes: bytes, name: name))
        }
    }
}

extension DatasetReport {
    /// The same with what is known of photos that are in datasets twice.
    func with(_ search: (found: [Duplicates], notExaminedCount: Int)) -> DatasetReport {
        var report = self
        (report.duplicates, report.notExaminedCount) = search
        return report
    }

    /// Adds the report on another file of the same dataset.
    fileprivate mutating func add(_ other: DatasetReport) {
        headings.merge(other.headings) { first, _ in first }
        photos.missing = Array((photos.missing + other.photos.missing).prefix(Self.mostNames))
        photos.missingCount += other.photos.missingCount
        photos.takenFromContainer += other.photos.takenFromContainer
        isAccepted = isAccepted && other.isAccepted
        repairs += other.repairs
        guard let more = other.coco else { return }
        guard var coco else {
            self.coco = more
            return
        }
        coco.imageCount += more.imageCount
        coco.annotationCount += more.annotationCount
        coco.boxCount += more.boxCount
        coco.crowdCount += more.crowdCount
        coco.pomona.findings += more.pomona.findings
        coco.pomona.isAccepted = coco.pomona.isAccepted && more.pomona.isAccepted
        coco.imageAnalysis.findings += more.imageAnalysis.findings
        coco.imageAnalysis.isAccepted = coco.imageAnalysis.isAccepted && more.imageAnalysis.isAccepted
        coco.isValid = coco.isValid && more.isValid
        for tag in more.tags {
            if let place = coco.tags.firstIndex(where: { $0.name == tag.name }) {
                coco.tags[place].annotations += tag.annotations
                coco.tags[place].images += tag.images
            } else {
                coco.tags.append(tag)
            }
        }
        self.coco = coco
    }
}
