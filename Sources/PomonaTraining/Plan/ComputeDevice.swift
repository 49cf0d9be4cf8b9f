import Foundation
public import PomonaEngine
public import PomonaTensor

/// Chooses where to compute.
public enum ComputeDevice {
    /// - Throws: ``TrainingError/noGPU`` where CUDA was asked for and there is none.
    public static func resolve(_ preference: DevicePreference, threads: Int?) throws -> Device {
        // libtorch would take one thread per physical core, and with a single thread it also leaves the fast kernels for
        // 1 x 1 convolutions unused.
        try TensorRuntime.setThreadCount(threads ?? ProcessInfo.processInfo.activeProcessorCount)
        switch preference {
        case .auto: return .best
        case .cpu: return .cpu
        case .cuda:
            guard TensorRuntime.hasCUDA else { throw TrainingError.noGPU }
            return .cuda
        }
    }
}
