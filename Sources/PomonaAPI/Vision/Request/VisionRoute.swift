import HTTPTypes

/// What a request to the Vision API asks for.
enum VisionOperation: Sendable, Equatable {
    case createDataset, dataset, updateDataset, deleteDataset, listDatasets
    case createModel, model, deleteModel, cancelModel, listModels
    case createEvaluation, evaluation, deleteEvaluation, listEvaluations
    case analyze
    case createRun, run, deleteRun, listRuns
    case matchPlanogram, rectify, stitch
}

/// A method and a path with the operation behind them.
struct VisionRoute: Sendable {
    var method: HTTPRequest.Method

    /// Below ``VisionAPI/basePath``; a name in braces stands for itself, up to a suffix such as `:cancel`.
    var path: String
    var operation: VisionOperation

    static let all: [VisionRoute] = [
        VisionRoute(method: .put, path: "/datasets/{name}", operation: .createDataset),
        VisionRoute(method: .get, path: "/datasets/{name}", operation: .dataset),
        VisionRoute(method: .patch, path: "/datasets/{name}", operation: .updateDataset),
        VisionRoute(method: .delete, path: "/datasets/{name}", operation: .deleteDataset),
        VisionRoute(method: .get, path: "/datasets", operation: .listDatasets),
        VisionRoute(method: .post, path: "/models/{name}:cancel", operation: .cancelModel),
        VisionRoute(method: .put, path: "/models/{name}", operation: .createModel),
        VisionRoute(method: .get, path: "/models/{name}", operation: .model),
        VisionRoute(method: .delete, path: "/models/{name}", operation: .deleteModel),
        VisionRoute(method: .get, path: "/models", operation: .listModels),
        VisionRoute(method: .put, path: "/models/{name}/evaluations/{evaluation}", operation: .createEvaluation),
        VisionRoute(method: .get, path: "/models/{name}/evaluations/{evaluation}", operation: .evaluation),
        VisionRoute(method: .delete, path: "/models/{name}/evaluations/{evaluation}", operation: .deleteEvaluation),
        VisionRoute(method: .get, path: "/models/{name}/evaluations", operation: .listEvaluations),
        VisionRoute(method: .post, path: "/imageanalysis:analyze", operation: .analyze),
        VisionRoute(method: .put, path: "/productrecognition/{model}/runs/{run}", operation: .createRun),
        VisionRoute(method: .get, path: "/productrecognition/{model}/runs/{run}", operation: .run),
        VisionRoute(method: .delete, path: "/productrecognition/{model}/runs/{run}", operation: .deleteRun),
        VisionRoute(method: .get, path: "/productrecognition/{model}/runs", operation: .listRuns),
        VisionRoute(method: .post, path: "/planogramcompliance:match", operation: .matchPlanogram),
        VisionRoute(method: .post, path: "/imagecomposition:rectify", operation: .rectify),
        VisionRoute(method: .post, path: "/imagecomposition:stitch", operation: .stitch),
    ]

    /// The names that a path holds, `nil` where it is another one.
    func names(in segments: [String]) -> [String: String]? {
        let parts = path.split(separator: "/")
        guard parts.count == segments.count else { return nil }
        var names: [String: String] = [:]
        for (part, segment) in zip(parts, segments) {
            guard part.first == "{", let end = part.firstIndex(of: "}") else {
                guard part.lowercased() == segment.lowercased() else { return nil }
                continue
            }
            let suffix = part[part.index(after: end)...].lowercased()
            guard segment.lowercased().hasSuffix(suffix), segment.count > suffix.count else { return nil }
            names[String(part[part.index(after: part.startIndex)..<end])] = String(segment.dropLast(suffix.count))
        }
        return names
    }
}
