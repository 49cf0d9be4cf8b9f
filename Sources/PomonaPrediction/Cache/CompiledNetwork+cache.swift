import Foundation

extension CompiledNetwork {
    /// A network out of the cache, or compiled and kept there.
    ///
    /// - Parameter name: How messages call the model.
    static func cached(
        _ entry: PredictionCache.Entry, named name: String, runtime: OpenVINORuntime, options: PredictionOptions
    ) throws -> CompiledNetwork {
        let settings = options.settings(coreCount: ProcessInfo.processInfo.activeProcessorCount)
        let compiled = entry.compiled(Machine(runtimeVersion: runtime.version, settings: settings))
        func network(_ folder: String) throws -> CompiledNetwork {
            try CompiledNetwork(
                runtime: runtime, path: entry.networkPath, named: name,
                settings: settings + [(key: "CACHE_DIR", value: folder)])
        }
        if compiled.isSound, let kept = try? network(compiled.folder) { return kept }
        compiled.remove()
        return try compiled.filling(network)
    }

    /// How many photos should be under way: one more than the network can use, so that a photo is decoded while it looks
    /// at others.
    var usefulLanes: Int {
        let optimal = setting("OPTIMAL_NUMBER_OF_INFER_REQUESTS").flatMap { Int($0) } ?? 1
        return min(max(1, optimal) + 1, 64)
    }
}
