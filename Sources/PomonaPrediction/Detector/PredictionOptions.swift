public import PomonaImaging

/// How a detector predicts.
public struct PredictionOptions: Sendable {
    /// What the machine's cores are spent on.
    public enum Mode: String, Sendable, CaseIterable {
        /// All cores work on one photo: the shortest wait for one client.
        case latency
        /// Every core works on a photo of its own: the most photos in the same time.
        case throughput
    }

    public var mode: Mode
    /// Cores to use; all where `nil`.
    public var threads: Int?
    /// Overlap above which the less confident of two boxes of one label is dropped, 0...1.
    public var suppressionOverlap: Double
    /// Detections kept per photo.
    public var limit: Int
    /// What photos may be like.
    public var imageLimits: ImageLimits

    public init(
        mode: Mode = .latency, threads: Int? = nil, suppressionOverlap: Double = 0.65, limit: Int = 300,
        imageLimits: ImageLimits = ImageLimits()
    ) {
        self.mode = mode
        self.threads = threads
        self.suppressionOverlap = suppressionOverlap
        self.limit = limit
        self.imageLimits = imageLimits
    }

    func check() throws(PredictionError) {
        if let threads, !(1...1024).contains(threads) {
            throw .invalidOption(name: "threads", found: "\(threads)", range: "1...1024")
        }
        guard (0...1).contains(suppressionOverlap) else {
            throw .invalidOption(name: "suppressionOverlap", found: "\(suppressionOverlap)", range: "0...1")
        }
        guard limit >= 1 else { throw .invalidOption(name: "limit", found: "\(limit)", range: "1 or more") }
    }

    /// By OpenVINO's names.
    func settings(coreCount: Int) -> [(key: String, value: String)] {
        let threads = threads ?? coreCount
        let own =
            switch mode {
            case .latency: [(key: "PERFORMANCE_HINT", value: "LATENCY")]
            case .throughput:
                [(key: "PERFORMANCE_HINT", value: "THROUGHPUT"), (key: "NUM_STREAMS", value: "\(threads)")]
            }
        return own + [
            (key: "INFERENCE_NUM_THREADS", value: "\(threads)"),
            // Threads tied to cores wait for them while other programs' threads run there.
            (key: "ENABLE_CPU_PINNING", value: "NO"),
            // Processors that compute in bfloat16 would otherwise do so, and answer otherwise than the rest.
            (key: "INFERENCE_PRECISION_HINT", value: "f32"),
        ]
    }
}
