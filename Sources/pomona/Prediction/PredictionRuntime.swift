import ArgumentParser

/// What predictions are computed with.
enum PredictionRuntime: String, ExpressibleByArgument, CaseIterable {
    /// OpenVINO where it is installed, otherwise the engine.
    case auto
    /// OpenVINO in this process.
    case openvino
    /// libtorch in a process of its own; the only one that computes on a GPU.
    case engine
}
