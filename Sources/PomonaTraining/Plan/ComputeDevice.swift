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
        if preference == .cuda, !TensorRuntime.hasCUDA { throw TrainingError.noGPU }
        let device = preference == .cpu ? .cpu : Device.best
        if device == .cuda { TensorRuntime.searchConvolutions() }
        return device
    }
}

extension Device {
    /// Threads that make batches while this device computes: a GPU leaves them the processor, which it would wait for.
    var feederThreads: Int { self == .cpu ? 1 : max(1, ProcessInfo.processInfo.activeProcessorCount - 2) }
}
