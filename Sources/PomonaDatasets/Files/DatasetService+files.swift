import Crypto
import Foundation
import PomonaCOCO
public import PomonaCore
public import PomonaStore
import Synchronization

extension DatasetService {
    /// Keeps a label file that was sent, for a day.
    ///
    /// - Returns: a word that names it in ``LabelSource/upload(_:)``, and its length in bytes.
    /// - Throws: `BlobError.tooLarge` beyond ``DatasetSettings/labelFileLimit``, `StoreError.diskFull`.
    public func keepUpload<Bytes: AsyncSequence & Sendable>(
        _ bytes: Bytes, name: String
    ) async throws -> (id: String, length: Int) where Bytes.Element == [UInt8] {
        try await store.labelUploads.keep(bytes, name: name, limit: settings.labelFileLimit)
    }

    /// A label file that was sent, with the name it was sent under.
    ///
    /// - Throws: ``DatasetError/uploadMissing(_:)``.
    func upload(_ id: String) async throws -> (name: String, file: URL) {
        guard let upload = try await store.labelUploads.file(id) else { throw DatasetError.uploadMissing(id) }
        return upload
    }

    /// Adds a COCO file to a dataset.
    ///
    /// - Parameters:
    ///   - origin: where the labels come from, in the words that are shown.
    ///   - repairs: whether what can be mended is mended first. The file itself stays as it is; what was mended is written
    ///     beside it.
    /// - Throws: ``DatasetRefusal`` for labels that cannot be used; ``DatasetError``, `COCOError`, `BlobError`.
    public func add(
        _ source: LabelSource, as origin: DatasetFile.Source, repairs: Bool, to dataset: Dataset
    ) async throws -> (file: DatasetFile, report: DatasetReport) {
        await indices.makeRoom()
        // Of the photos alone, so it need not wait for the file.
        async let alike = duplicates(of: dataset)
        var file = try await file(of: source, for: dataset)
        let first = file
        async let labels = PhotoThreads.run { try? first.labels(dataset.kind.cocoKind) }
        try await fetchPhotos(of: first, for: dataset)
        var report = try await report(on: file, dataset)
        // Whoever looks at the dataset next needs them.
        _ = try await labels
        let duplicates = try await alike
        report = report.with(duplicates)
        let isRepaired = repairs && !report.repairs.isEmpty
        if isRepaired {
            let mended = COCORepair(kind: dataset.kind.cocoKind).repair(file.file)
            guard mended.remaining.isEmpty else { throw DatasetRefusal(file: file.file.path, report: report) }
            file = LabelFile(COCOFile(mended.document, name: file.file.path))
            report = try await self.report(on: file, dataset).with(duplicates)
        }
        guard report.isAccepted else { throw DatasetRefusal(file: file.file.path, report: report) }
        let reference = try await place(source, file, isRepaired: isRepaired, in: dataset)
        let row = try await store.catalog.attachFile(
            reference, source: origin, counts: Self.counts(file, report), to: dataset.id)
        if case .upload(let id) = source { await store.labelUploads.drop(id) }
        return (row, report)
    }

    /// Mends every file of a dataset that can be mended.
    ///
    /// - Returns: what was done, in words.
    public func repair(_ dataset: Dataset) async throws -> [String] {
        var actions: [String] = []
        let rows = try await store.catalog.labelState(of: dataset.id).files
        for row in rows {
            let file = try await labelFile(row.reference, of: dataset)
            let report = try await report(on: file, dataset)
            guard !report.repairs.isEmpty else { continue }
            let mended = COCORepair(kind: dataset.kind.cocoKind).repair(file.file)
            let result = LabelFile(COCOFile(mended.document, name: file.file.path))
            let after = try await self.report(on: result, dataset)
            let reference = try await write(
                result, named: Self.repairedName(row.reference), form: mended.form ?? .pixels, in: dataset)
            try await store.catalog.attachFile(
                reference, source: row.source, counts: Self.counts(result, after), to: dataset.id,
                replacing: row.reference)
            actions += mended.actions.map { "\(row.reference): \($0.text)" }
        }
        return actions
    }

    private static func counts(_ file: LabelFile, _ report: DatasetReport) -> DatasetFile.Counts {
        DatasetFile.Counts(
            images: file.document.images.count, annotations: file.document.annotations.count,
            findings: report.coco?.pomona.findings.count ?? 0)
    }

    /// Makes sure that the file lies in the dataset's container.
    ///
    /// - Returns: its name there.
    private func place(
        _ source: LabelSource, _ file: LabelFile, isRepaired: Bool, in dataset: Dataset
    ) async throws -> String {
        if isRepaired {
            let form = file.validation(dataset.kind.cocoKind).form.form ?? .pixels
            return try await write(file, named: Self.repairedName(file.file.path), form: form, in: dataset)
        }
        switch source {
        case .blob(let name): return name
        case .upload(let id):
            let upload = try await upload(id)
            return try await write(named: upload.name, in: dataset) { try BlobBytes(of: upload.file) }
        case .written(let bytes, let name):
            return try await write(named: name, in: dataset) { BlobBytes(bytes) }
        }
    }

    private func write(_ file: LabelFile, named name: String, form: BoxForm, in dataset: Dataset) async throws -> String
    {
        let bytes = try COCOWriter(sourceForm: form, form: form).bytes(of: file.document)
        return try await write(named: name, in: dataset) { BlobBytes(bytes) }
    }

    /// Writes a label file into the dataset's container, under a name that is free there or holds the same.
    ///
    /// - Parameter open: gives the file's bytes, as often as it is called.
    private func write(
        named name: String, in dataset: Dataset, _ open: () throws -> BlobBytes
    ) async throws -> String {
        guard let container = dataset.container else { throw DatasetError.noContainer(dataset: dataset.name) }
        let plain = name.hasSuffix(".json") ? String(name.dropLast(5)) : name
        for number in 1...1_000 {
            let name = number == 1 ? "\(plain).json" : "\(plain) (\(number)).json"
            do {
                try await store.blobs.put(
                    BlobAddress(container: container, name: name), try open(),
                    BlobUpload(headers: BlobHeaders(contentType: "application/json"), conditions: .onlyIfAbsent))
                return name
            } catch BlobError.blobExists(let address) {
                var hash = SHA256()
                for try await piece in try open() { hash.update(data: piece) }
                if try await store.blobs.blob(address).sha256 == Data(hash.finalize()) { return name }
            }
        }
        throw BlobError.blobExists(BlobAddress(container: container, name: name))
    }

    private static func repairedName(_ name: String) -> String {
        let last = name.split(separator: "/").last.map(String.init) ?? name
        let plain = last.hasSuffix(".json") ? String(last.dropLast(5)) : last
        return plain.hasSuffix("-repaired") ? "\(plain).json" : "\(plain)-repaired.json"
    }
}

/// Labels that a dataset did not take, with everything that is wrong with them.
public struct DatasetRefusal: PomonaError {
    public var file: String
    public var report: DatasetReport

    public init(file: String, report: DatasetReport) {
        self.file = file
        self.report = report
    }

    public var code: String { "datasetCorrupt" }

    public var message: String {
        let errors = report.coco?.pomona.findings.filter { $0.severity == .error } ?? []
        if let first = errors.first {
            let more = errors.count > 1 ? ", and \(errors.count - 1) more kinds of faults" : ""
            return "\(file) cannot be used: \(first.count) \(first.rule.title)\(more)."
        }
        return "\(file) cannot be used: \(report.photos.missingCount) of its photos are not in the dataset's container."
    }

    public var hint: String? {
        report.repairs.isEmpty ? "Mend the file, or upload the photos it names." : "Add it again with repair."
    }

    public var kind: ErrorKind { .badData }
}

extension BlobBytes {
    /// Bytes that are in memory.
    fileprivate init(_ bytes: [UInt8]) {
        let rest = Mutex<[UInt8]?>(bytes)
        self.init { rest.withLock { $0.take() } }
    }

    /// The bytes of a file.
    fileprivate init(of file: URL) throws {
        let handle = try FileHandle(forReadingFrom: file)
        self.init { try handle.read(upToCount: 1 << 20).flatMap { $0.isEmpty ? nil : [UInt8]($0) } }
    }
}
