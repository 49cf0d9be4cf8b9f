import CTorch

/// Adam with decoupled weight decay (Loshchilov and Hutter, "Decoupled weight decay regularization", 2019).
public final class AdamW {
    /// What the optimizer changes, with the learning rate and decay of its kind.
    public struct Group {
        public var parameters: [Parameter]
        /// Multiplies the learning rate of each step.
        public var learningRateScale: Double
        public var weightDecay: Double

        public init(parameters: [Parameter], learningRateScale: Double = 1, weightDecay: Double) {
            self.parameters = parameters
            self.learningRateScale = learningRateScale
            self.weightDecay = weightDecay
        }
    }

    public let groups: [Group]
    /// Steps taken so far.
    public private(set) var step = 0
    private let moments: [[(first: Tensor, second: Tensor)]]
    private let beta1 = 0.9
    private let beta2 = 0.999
    private let epsilon = 1e-8

    public init(groups: [Group]) throws {
        self.groups = groups
        moments = try groups.map { group in
            try group.parameters.map { parameter in
                let (shape, device) = (parameter.tensor.shape, parameter.tensor.device)
                return try (.zeros(shape: shape, device: device), .zeros(shape: shape, device: device))
            }
        }
    }

    /// Scales all gradients together so that their common norm is at most `limit`.
    ///
    /// - Returns: The norm before. Not finite where a gradient is not; then nothing was scaled.
    public func clipGradients(toNorm limit: Double) throws -> Float {
        try Gradients.disabled {
            let gradients = try groups.flatMap(\.parameters).compactMap { try $0.tensor.gradient }
            guard !gradients.isEmpty else { return 0 }
            let norm = try Tensor.stacked(gradients.map { try $0.norm() }, along: 0).norm().item()
            if norm.isFinite, Double(norm) > limit {
                for gradient in gradients { try gradient.scale(by: limit / Double(norm)) }
            }
            return norm
        }
    }

    /// Changes the parameters against their gradients.
    public func step(learningRate: Double) throws {
        step += 1
        try Gradients.disabled {
            for (group, moments) in zip(groups, moments) {
                let gradients = try group.parameters.map { try $0.tensor.gradient }
                try withExtendedLifetime(gradients) {
                    try TensorError.check(
                        ctorch_adamw_step(
                            group.parameters.map { $0.tensor.handle }, gradients.map { $0?.handle },
                            moments.map { $0.first.handle }, moments.map { $0.second.handle },
                            Int32(group.parameters.count), learningRate * group.learningRateScale, beta1, beta2,
                            epsilon, group.weightDecay, Int64(step)))
                }
            }
        }
    }

    public func clearGradients() throws {
        for parameter in groups.flatMap(\.parameters) { try parameter.tensor.clearGradient() }
    }

    /// The moments by parameter name, for a checkpoint.
    public var state: [(name: String, tensor: Tensor)] {
        zip(groups, moments).flatMap { group, moments in
            zip(group.parameters, moments).flatMap { parameter, moment in
                [("\(parameter.name).first", moment.first), ("\(parameter.name).second", moment.second)]
            }
        }
    }

    /// Continues after `step` steps with moments from a checkpoint.
    public func restore(step: Int, _ tensor: (String) throws -> Tensor) throws {
        self.step = step
        try Gradients.disabled {
            for (name, moment) in state { try moment.assign(tensor(name)) }
        }
    }
}
