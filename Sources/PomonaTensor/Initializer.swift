import PomonaCore

/// How the values of a parameter start.
public enum Initializer: Sendable {
    case constant(Float)

    /// Uniform in ±1 / sqrt(fan in): what PyTorch gives convolutions and linear layers.
    case uniformFanIn

    /// - Parameter shape: `[O, I, ...]`: the fan in is the product of all extents but the first.
    func values(shape: [Int], generator: inout SeededGenerator) -> [Float] {
        let count = shape.reduce(1, *)
        switch self {
        case .constant(let value):
            return [Float](repeating: value, count: count)
        case .uniformFanIn:
            let bound = 1 / Double(max(1, shape.dropFirst().reduce(1, *))).squareRoot()
            return (0..<count).map { _ in Float(generator.uniform(-bound..<bound)) }
        }
    }
}
