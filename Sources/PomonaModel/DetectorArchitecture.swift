/// The values that tell one member of the YOLOX family from another (Ge et al., "YOLOX: Exceeding YOLO series in 2021",
/// arXiv 2107.08430). They are stored in every model file; a network is built from them alone.
public struct DetectorArchitecture: Codable, Hashable, Sendable {
    /// Multiplies how often blocks repeat.
    public var depth: Double

    /// Multiplies the number of channels; at 1 the stem has 64.
    public var width: Double

    /// Whether 3 x 3 convolutions fall into a depthwise and a pointwise one.
    public var isDepthwise: Bool

    public var activation: Activation

    /// Widths and depths beyond these belong to no network of the family. They come out of files that anybody may have edited,
    /// and channels are computed from them.
    var isPossible: Bool { (0.03125...4).contains(width) && (0...4).contains(depth) }

    public init(depth: Double, width: Double, isDepthwise: Bool, activation: Activation) {
        self.depth = depth
        self.width = width
        self.isDepthwise = isDepthwise
        self.activation = activation
    }

    /// Distances between the anchor points of the three levels, in input pixels.
    public static let strides = [8, 16, 32]

    /// Channels of the stem; each deeper stage doubles them.
    public var stemChannels: Int { Int(width * 64) }

    /// Channels of the backbone's three outputs, finest first.
    public var levelChannels: [Int] { [256, 512, 1024].map { Int(Double($0) * width) } }

    /// Channels inside the head.
    public var headChannels: Int { Int(256 * width) }

    /// Repetitions of a block that the full-size network has `count` times.
    public func repetitions(_ count: Int) -> Int { max(1, Int((depth * Double(count)).rounded(.toNearestOrEven))) }
}

/// The nonlinearity after every convolution.
public enum Activation: String, Codable, Sendable, CaseIterable {
    /// x * sigmoid(x), as in the published models.
    case silu
    /// max(x, 0): the cheapest.
    case relu
    /// A piecewise approximation of SiLU.
    case hardswish
}

extension DetectorArchitecture {
    /// The published sizes by name.
    public static let named: [(name: String, architecture: DetectorArchitecture)] = [
        ("nano", .init(depth: 0.33, width: 0.25, isDepthwise: true, activation: .silu)),
        ("tiny", .init(depth: 0.33, width: 0.375, isDepthwise: false, activation: .silu)),
        ("s", .init(depth: 0.33, width: 0.50, isDepthwise: false, activation: .silu)),
        ("m", .init(depth: 0.67, width: 0.75, isDepthwise: false, activation: .silu)),
        ("l", .init(depth: 1.00, width: 1.00, isDepthwise: false, activation: .silu)),
        ("x", .init(depth: 1.33, width: 1.25, isDepthwise: false, activation: .silu)),
    ]

    /// The published size of a name, `nil` for an unknown one.
    public init?(named name: String) {
        guard let match = Self.named.first(where: { $0.name == name }) else { return nil }
        self = match.architecture
    }

    /// The published name of these values, where they have one.
    public var name: String? { Self.named.first { $0.architecture == self }?.name }
}
