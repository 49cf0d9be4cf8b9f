import Foundation

/// A slowly following copy of a network's state, which generalises better than the last step's (Polyak and Juditsky,
/// 1992).
public final class MovingAverage {
    public private(set) var updates: Int
    private let source: [(name: String, tensor: Tensor)]
    private let average: [Tensor]
    private let decay: Double
    private let warmUp: Double

    /// - Parameters:
    ///   - decay: Share of the old average that each update keeps in the long run.
    ///   - warmUp: Updates over which the decay grows from nothing: `decay * (1 - exp(-updates / warmUp))`, so the random
    ///     start of a network is soon forgotten.
    public init(of parameters: Parameters, decay: Double, warmUp: Double) throws {
        self.decay = decay
        self.warmUp = warmUp
        updates = 0
        source = parameters.tensors
        average = try Gradients.disabled { try parameters.tensors.map { try $0.tensor.detached().cloned() } }
    }

    public func update() throws {
        updates += 1
        let keep = decay * (1 - exp(-Double(updates) / warmUp))
        try Gradients.disabled {
            for (average, current) in zip(average, source) {
                try average.interpolate(towards: current.tensor, weight: 1 - keep)
            }
        }
    }

    /// The averaged tensors by the names of what they average.
    public var tensors: [(name: String, tensor: Tensor)] {
        zip(source, average).map { ($0.name, $1) }
    }

    /// Runs the body with the averages in the network's place, then puts the network's own values back.
    public func applied<Result>(_ body: () throws -> Result) throws -> Result {
        let own = try Gradients.disabled { try source.map { try $0.tensor.detached().cloned() } }
        try copyIntoNetwork(average)
        do {
            let result = try body()
            try copyIntoNetwork(own)
            return result
        } catch {
            try copyIntoNetwork(own)
            throw error
        }
    }

    /// Continues from a checkpoint.
    public func restore(updates: Int, _ tensor: (String) throws -> Tensor) throws {
        self.updates = updates
        try Gradients.disabled {
            for (name, average) in tensors { try average.assign(tensor(name)) }
        }
    }

    private func copyIntoNetwork(_ values: [Tensor]) throws {
        try Gradients.disabled {
            for (value, target) in zip(values, source) { try target.tensor.assign(value) }
        }
    }
}
