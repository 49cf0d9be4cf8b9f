import Foundation
import PomonaAPI
import PomonaCore
import PomonaModel
import PomonaStore

/// The weights on this machine that trainings can start from: those named at the start, and the files in the data folder's
/// `foundations`. One whose file says what its tags are is a model for common objects too.
struct HouseFoundations: FoundationShelf {
    private struct Weights {
        var id: String
        var path: String
        var description: ModelDescription?
        var isNamed: Bool
    }

    private let folder: String
    private let foundation: String?
    private let builtInModel: String?

    init(dataFolder: DataFolder, foundation: String?, builtInModel: String?) {
        folder = dataFolder.path + "/foundations"
        self.foundation = foundation
        self.builtInModel = builtInModel
    }

    /// Weights in the order in which they are offered, each file once.
    private var weights: [Weights] {
        let names = ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted()
        let found = names.filter { $0.hasSuffix(".safetensors") }.map { "\(folder)/\($0)" }
        var seen: Set<String> = []
        return ([foundation, builtInModel].compactMap { $0 } + found).compactMap { path in
            let path = URL(filePath: path).standardizedFileURL.path(percentEncoded: false)
            let id = URL(filePath: path).deletingPathExtension().lastPathComponent
            guard seen.insert(path).inserted, let file = try? SafetensorsFile(path: path) else { return nil }
            return Weights(
                id: id, path: path, description: try? ModelDescription(file: file),
                isNamed: [foundation, builtInModel].contains(path))
        }
    }

    func foundations() async throws -> [FoundationEntry] {
        weights.map { weights in
            let size = (try? FileManager.default.attributesOfItem(atPath: weights.path)[.size] as? Int64) ?? 0
            let labels = weights.description?.labels ?? []
            return FoundationEntry(
                id: weights.id, name: weights.id,
                summary: labels.isEmpty
                    ? "Pretrained weights of the YOLOX family." : "Knows \(labels.count) tags, such as \(labels[0]).",
                architecture: "YOLOX", bytes: size,
                license: weights.description?.provenance["license"] ?? "see its source",
                labelCount: labels.count, isShipped: false, isBuiltIn: !labels.isEmpty, state: .installed,
                kinds: ["detector"])
        }
    }

    func weights(of id: String) async throws -> String {
        guard let found = weights.first(where: { $0.id == id }) else { throw HouseError.foundationMissing(id) }
        return found.path
    }

    func pull(_ id: String, for person: Person.ID) async throws -> NewJob {
        _ = try await weights(of: id)
        throw HouseError.foundationInstalled(id)
    }

    func builtInModels() async throws -> [BuiltInModel] {
        weights.compactMap { weights in
            guard let description = weights.description, description.kind == .detector else { return nil }
            let size = (try? FileManager.default.attributesOfItem(atPath: weights.path)[.size] as? Int64) ?? 0
            return BuiltInModel(
                id: weights.id, name: weights.id, kind: "detector", labels: description.labels, bytes: size)
        }
    }

    /// The path of the model that knows common objects, `nil` where there is none.
    var builtInPath: String? { builtInModel ?? weights.first { $0.description?.kind == .detector }?.path }

    /// The path of the weights that a training is to start from.
    ///
    /// - Parameter name: A path or an id; `nil` takes what was named at the start, `none` starts from nothing.
    /// - Throws: ``HouseError/foundationMissing(_:)``.
    func path(of name: String?) async throws -> String? {
        guard let name else { return foundation }
        if name == "none" || name.isEmpty { return nil }
        return FileManager.default.fileExists(atPath: name) ? name : try await weights(of: name)
    }
}
