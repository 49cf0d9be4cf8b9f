import PomonaCore

/// One trained value of a network: a leaf that gradients accumulate in.
public final class Parameter {
    public let name: String
    public let tensor: Tensor

    /// Whether training changes it. A parameter that is not trainable records nothing.
    public private(set) var isTrainable = true

    init(name: String, tensor: Tensor) throws {
        self.name = name
        self.tensor = tensor
        try tensor.setRequiresGradient(true)
    }

    public func setTrainable(_ trainable: Bool) throws {
        isTrainable = trainable
        try tensor.setRequiresGradient(trainable)
        if !trainable { try tensor.clearGradient() }
    }
}

/// Everything a network remembers, by name: parameters that are trained and buffers (running statistics) that are not.
///
/// Modules register what they own while they are built, through a ``Scope`` that carries their path, so a network's
/// state needs no reflection: the names are those of the published PyTorch models, in order of construction.
public final class Parameters {
    public let device: Device
    public private(set) var parameters: [Parameter] = []
    public private(set) var buffers: [(name: String, tensor: Tensor)] = []
    private var normalizations: [BatchNorm2d] = []
    private var convolutions: [NormalizedConv2d] = []
    private let seed: UInt64

    /// - Parameters:
    ///   - seed: What initial values are drawn from; each parameter draws from the seed and its own position, so two
    ///     networks of one architecture and seed start equal on every machine.
    public init(seed: UInt64, device: Device) {
        self.seed = seed
        self.device = device
    }

    /// The scope at the root of the network.
    public var root: Scope { Scope(owner: self, path: "") }

    /// All parameters and buffers by name.
    public var tensors: [(name: String, tensor: Tensor)] {
        parameters.map { ($0.name, $0.tensor) } + buffers
    }

    /// Freezes or thaws every parameter under a path such as `backbone.backbone.`.
    public func setTrainable(_ trainable: Bool, under path: String) throws {
        for parameter in parameters where parameter.name.hasPrefix(path) { try parameter.setTrainable(trainable) }
    }

    /// Sets which statistics the normalisations under a path use.
    public func setNormalization(_ statistics: BatchNorm2d.Statistics, under path: String = "") {
        for normalization in normalizations where normalization.path.hasPrefix(path) {
            normalization.statistics = statistics
        }
    }

    /// Folds the normalisations under a path into their convolutions, for prediction or for layers that stay frozen.
    /// Changes of the parameters made afterwards show only after folding again.
    public func fold(under path: String = "") throws {
        for convolution in convolutions where convolution.normalization.path.hasPrefix(path) { try convolution.fold() }
    }

    /// Undoes ``fold(under:)``.
    public func unfold(under path: String = "") {
        for convolution in convolutions where convolution.normalization.path.hasPrefix(path) { convolution.unfold() }
    }

    /// Overwrites a tensor of the network.
    ///
    /// - Returns: Whether the network has a tensor of this name and the shapes agree.
    public func assign(_ name: String, from source: Tensor) throws -> Bool {
        guard let target = tensorsByName[name], target.shape == source.shape else { return false }
        try Gradients.disabled { try target.assign(source) }
        return true
    }

    private var tensorsByName: [String: Tensor] = [:]

    fileprivate func addParameter(_ name: String, shape: [Int], initial: Initializer) throws -> Tensor {
        var generator = SeededGenerator(seed: seed, parameters.count)
        let values = initial.values(shape: shape, generator: &generator)
        let parameter = try Parameter(name: name, tensor: .from(values, shape: shape, device: device))
        parameters.append(parameter)
        tensorsByName[name] = parameter.tensor
        return parameter.tensor
    }

    fileprivate func addBuffer(_ name: String, shape: [Int], value: Double) throws -> Tensor {
        let tensor = try Tensor.full(value, shape: shape, device: device)
        buffers.append((name, tensor))
        tensorsByName[name] = tensor
        return tensor
    }

    func add(_ normalization: BatchNorm2d) {
        normalizations.append(normalization)
    }

    func add(_ convolution: NormalizedConv2d) {
        convolutions.append(convolution)
    }
}

/// A place in a network's tree of names, where modules register what they own.
public struct Scope {
    let owner: Parameters
    /// Dotted path that ends in a dot, or nothing at the root.
    let path: String

    /// The scope of a part of the module at this place.
    public func callAsFunction(_ name: String) -> Scope {
        Scope(owner: owner, path: path + name + ".")
    }

    public func parameter(_ name: String, shape: [Int], initial: Initializer) throws -> Tensor {
        try owner.addParameter(path + name, shape: shape, initial: initial)
    }

    /// A tensor that is saved with the network but not trained by gradients.
    public func buffer(_ name: String, shape: [Int], value: Double) throws -> Tensor {
        try owner.addBuffer(path + name, shape: shape, value: value)
    }
}
