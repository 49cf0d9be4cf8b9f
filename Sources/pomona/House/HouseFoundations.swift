import Foundation
import PomonaAPI
import PomonaCore
import PomonaFoundations
import PomonaJobs
import PomonaModel
import PomonaStore
import Synchronization

/// The weights that trainings on this server can start from: those named at its start, those on the shelf in its data
/// folder, the shipped ones, and published ones that could be pulled.
struct HouseFoundations: FoundationProviding {
    private struct Weights {
        var id: String
        var path: String
        var architecture: DetectorArchitecture
        var description: ModelDescription?
        var bytes: Int64
        var licence: String?

        var isShipped: Bool { id == ShippedFoundation.name }
        var isDetector: Bool { description?.kind == .detector }
        /// Kinds of models that can start from them: a classifier's have no part that finds things.
        var kinds: [String] { description?.kind == .classifier ? ["classifier"] : ["detector", "classifier"] }
        func suits(_ kind: ModelDescription.Kind) -> Bool { kinds.contains(kind.rawValue) }
        var knowsCommonObjects: Bool { isDetector && description?.labels == COCOLabels.all }
    }

    private let library: FoundationLibrary
    private let store: Store
    /// Paths that were named at the start.
    private let foundation: String?
    private let builtInModel: String?
    private let memory = Memory()

    init(library: FoundationLibrary, store: Store, foundation: String?, builtInModel: String?) {
        self.library = library
        self.store = store
        self.foundation = foundation
        self.builtInModel = builtInModel
    }

    var shelf: PomonaFoundations.FoundationShelf { library.shelf }

    // MARK: What there is

    func foundations() async throws -> [FoundationEntry] {
        let here = weights
        let pulls = try await store.catalog.jobs(
            in: nil, states: [.queued, .running], before: nil, limit: 500
        ).filter { $0.kind == JobKind.pull.rawValue }
        let pulled = Dictionary(
            pulls.compactMap { job in (try? job.body(PullPayload.self)).map { ($0.name, job.id) } }
        ) { first, _ in first }
        let published = PublishedFoundation.all.filter { candidate in !here.contains { $0.id == candidate.name } }
        return here.map(entry) + published.map { entry($0, job: pulled[$0.name]) }
    }

    func builtInModels() async throws -> [BuiltInModel] {
        guard let weights = builtIn, let labels = weights.description?.labels else { return [] }
        return [
            BuiltInModel(
                id: weights.id,
                name: weights.isShipped
                    ? "The shipped foundation's own tags" : "Common objects (\(weights.id))",
                kind: "detector", labels: labels, bytes: weights.bytes)
        ]
    }

    /// The path of the model for calls that name none: the one named at the start, else one that knows common objects,
    /// else the shipped foundation.
    ///
    /// Every analysis of a photo asks, and looking costs a folder's listing; so an answer holds for a second.
    var builtInPath: String? {
        memory.builtInPath.withLock { known in
            let now = ContinuousClock.now
            if let known, now - known.at < .seconds(1) { return known.path }
            let path = builtIn?.path
            known = (path, now)
            return path
        }
    }

    private var builtIn: Weights? {
        let here = weights
        let named = builtInModel.flatMap { path in here.first { $0.path == Self.standardized(path) && $0.isDetector } }
        return named ?? here.first(where: \.knowsCommonObjects) ?? here.first { $0.isShipped && $0.isDetector }
    }

    // MARK: Choosing

    func weights(of id: String) async throws -> String {
        guard let found = weights.first(where: { $0.id == id }) else { throw HouseError.foundationMissing(id) }
        return found.path
    }

    /// The path of the weights that a training is to start from; paths change with the folder, so it is asked for when the
    /// training begins.
    ///
    /// - Parameter name: An id, or a path as earlier programs kept it; `none` starts from nothing.
    /// - Throws: ``HouseError/foundationMissing(_:)``.
    func path(of name: String) throws -> String? {
        if name == "none" || name.isEmpty { return nil }
        let here = weights
        if let found = here.first(where: { $0.id == name }) { return found.path }
        if FileManager.default.fileExists(atPath: name) { return name }
        guard name.contains("/"), let found = here.first(where: { $0.id == Self.id(of: name) }) else {
            throw HouseError.foundationMissing(name)
        }
        return found.path
    }

    /// What the training of a detector or a classifier starts from that names nothing: the id of the weights named at the
    /// server's start, else of the first of those that are here and suit it, else `none`.
    func defaultID(for kind: ModelDescription.Kind) -> String {
        let here = weights
        if let named = foundation.map(Self.id), here.first(where: { $0.id == named })?.suits(kind) ?? true {
            return named
        }
        return here.first { $0.suits(kind) }?.id ?? "none"
    }

    private static func id(of path: String) -> String {
        URL(filePath: path).deletingPathExtension().lastPathComponent
    }

    func pull(_ id: String, for person: Person.ID) async throws -> NewJob {
        if weights.contains(where: { $0.id == id }) { throw HouseError.foundationInstalled(id) }
        guard PublishedFoundation.named(id) != nil else { throw HouseError.foundationMissing(id) }
        return try NewJob(.pull, title: "Pull \(id)", PullPayload(name: id), group: nil, person: person)
    }

    // MARK: Reading

    /// What is here in the order in which it is offered, each file once. Of the shelf the smallest come first: they are
    /// what a plain processor trains within a person's patience.
    private var weights: [Weights] {
        let shelf = library.shelf.names.compactMap { name in
            library.shelf.path(of: name).flatMap { known($0) { library.shelf.record(of: name)?.licence } }
        }.sorted { $0.bytes < $1.bytes }
        let named = [foundation, builtInModel].compactMap { $0.flatMap { known($0) } }
        let shipped = library.shipped.flatMap { known($0) }
        var seen: Set<String> = []
        return (named + shelf + [shipped].compactMap(\.self)).filter { seen.insert($0.path).inserted }
    }

    /// What a file holds. A header takes milliseconds to read, so it is remembered for as long as the file stays the same.
    private func known(_ path: String, licence: () -> String? = { nil }) -> Weights? {
        let path = Self.standardized(path)
        guard let attributes = try? FileManager.default.attributesOfItem(atPath: path) else { return nil }
        let stamp = Stamp(
            bytes: attributes[.size] as? Int ?? 0, date: attributes[.modificationDate] as? Date ?? .distantPast)
        if let (old, weights) = memory.files.withLock({ $0[path] }), old == stamp { return weights }
        let weights = Self.read(path, licence: licence())
        memory.files.withLock { $0[path] = (stamp, weights) }
        return weights
    }

    private struct Stamp: Equatable {
        var bytes: Int
        var date: Date
    }

    private final class Memory: Sendable {
        let files = Mutex<[String: (Stamp, Weights?)]>([:])
        let builtInPath = Mutex<(path: String?, at: ContinuousClock.Instant)?>(nil)
    }

    private static func read(_ path: String, licence: String?) -> Weights? {
        guard let file = try? SafetensorsFile(path: path),
            let architecture = try? PomonaFoundations.FoundationShelf.architecture(of: file)
        else { return nil }
        let description = try? ModelDescription(file: file)
        return Weights(
            id: id(of: path), path: path, architecture: architecture, description: description,
            bytes: (try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int64) ?? 0,
            licence: licence ?? description?.provenance["licence"])
    }

    private func entry(_ weights: Weights) -> FoundationEntry {
        let labels = weights.description?.labels ?? []
        return FoundationEntry(
            id: weights.id, name: weights.id,
            summary: labels.isEmpty
                ? "Pretrained weights." : "Knows \(labels.count) tags, such as \(labels[0]).",
            architecture: "YOLOX-\(weights.architecture.name ?? "custom")", bytes: weights.bytes,
            license: weights.licence ?? (weights.isShipped ? "see its model card" : "see its source"),
            labelCount: labels.count, isShipped: weights.isShipped, isBuiltIn: weights.isDetector, state: .installed,
            kinds: weights.kinds)
    }

    private func entry(_ published: PublishedFoundation, job: Job.ID?) -> FoundationEntry {
        FoundationEntry(
            id: published.name, name: published.name,
            summary: "\(published.parametersInMillions) million parameters, \(published.publishedPrecision) % on COCO.",
            architecture: published.name.replacing("yolox", with: "YOLOX"),
            // In single precision; the file on its way may be a little larger.
            bytes: Int64(published.parametersInMillions * 4e6), license: published.licence,
            labelCount: COCOLabels.all.count, isShipped: false, isBuiltIn: true,
            state: job == nil ? .available : .pulling, kinds: ["detector", "classifier"], job: job)
    }

    private static func standardized(_ path: String) -> String {
        URL(filePath: path).standardizedFileURL.path(percentEncoded: false)
    }
}
