import CTorch

/// Where a tensor lives and its operations run.
public enum Device: String, Codable, Sendable {
    case cpu
    /// The first CUDA GPU.
    case cuda

    var code: Int32 { self == .cpu ? Int32(CTORCH_CPU) : Int32(CTORCH_CUDA) }

    /// The GPU where libtorch was built for one and finds one, else the CPU.
    public static var best: Device { TensorRuntime.hasCUDA ? .cuda : .cpu }
}

/// The process-wide state of libtorch.
public enum TensorRuntime {
    /// Version of the libtorch this program was built with.
    public static var version: String { String(cString: ctorch_version()) }

    /// Whether libtorch was built with CUDA and a GPU answers.
    public static var hasCUDA: Bool { ctorch_cuda_is_available() }

    /// Lets a GPU try its ways to convolve at the first use of every shape and keep to the fastest: for work whose shapes
    /// stay.
    public static func searchConvolutions() { ctorch_search_convolutions(true) }

    /// Threads one operation is spread over.
    public static var threadCount: Int { Int(ctorch_thread_count()) }

    public static func setThreadCount(_ count: Int) throws {
        try TensorError.check(ctorch_set_thread_count(Int32(count)))
    }
}
