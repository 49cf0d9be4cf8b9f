public import PomonaModel
public import PomonaTensor

/// An anchor-free object detector of the YOLOX family: backbone, neck, head.
///
/// Its parameters carry the names of the published models. What its output means in pixels is ``DetectionDecoder``'s
/// business, what it should have been is ``DetectionLoss``'s.
public final class Detector {
    public let architecture: DetectorArchitecture
    public let classCount: Int
    public let parameters: Parameters
    private let backbone: CSPDarknet
    private let neck: PathAggregation
    private let head: DecoupledHead

    /// Where the backbone's tensors stand in the tree of names.
    public static let backbonePath = "backbone.backbone."

    /// A network with random weights.
    ///
    /// - Parameter seed: What the weights are drawn from.
    public init(architecture: DetectorArchitecture, classCount: Int, seed: UInt64, device: Device) throws {
        self.architecture = architecture
        self.classCount = classCount
        parameters = Parameters(seed: seed, device: device)
        let root = parameters.root
        backbone = try CSPDarknet(root("backbone")("backbone"), architecture)
        neck = try PathAggregation(root("backbone"), architecture)
        head = try DecoupledHead(root("head"), architecture, classCount: classCount)
    }

    /// Whether the backbone learns. A frozen one computes without recording gradients.
    public private(set) var isBackboneTrainable = true

    public func setBackboneTrainable(_ trainable: Bool) throws {
        isBackboneTrainable = trainable
        try parameters.setTrainable(trainable, under: Self.backbonePath)
    }

    /// - Parameter images: `[N, 3, H, W] float32` in the model's ``InputForm``; `H`, `W` multiples of 32.
    /// - Returns: `[N, P, 5 + C]`, `P` = sum over strides s of (H / s)(W / s), finest level first, row by row: raw box
    ///   (centre offset and log size in strides), objectness logit, class logits.
    public func callAsFunction(_ images: Tensor) throws -> Tensor {
        let levels = try isBackboneTrainable ? backbone(images) : Gradients.disabled { try backbone(images) }
        return try head(neck(levels))
    }
}
