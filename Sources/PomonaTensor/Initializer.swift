import PomonaCore

/// How the values of a parameter start.
public enum Initializer: Sendable {
    case constant(Float)

    /// Uniform in ±1 / sqrt(fan in): what PyTorch gives convolutions and linear layers.
    case uniformFanIn

    /// Normal with variance 2 / fan out (He et al., "Delving deep into rectifiers", 2015): for layers that a
    /// rectifier follows.
    case normalFanOut

    /// - Parameter shape: `[O, I, ...]`: the fan in is the product of all extents but the first, the fan out of all but
    ///   the second.
    func values(shape: [Int], generator: inout SeededGenerator) -> [Float] {
        let count = shape.reduce(1, *)
        switch self {
        case .constant(let value):
            return [Float](repeating: value, count: count)
        case .uniformFanIn:
            let bound = 1 / Double(max(1, shape.dropFirst().reduce(1, *))).squareRoot()
            return (0..<count).map { _ in Float(generator.uniform(-bound..<bound)) }
        case .normalFanOut:
            let fanOut = shape.enumerated().reduce(1) { $1.offset == 1 ? $0 : $0 * $1.element }
            let deviation = (2 / Double(max(1, fanOut))).squareRoot()
            return (0..<count).map { _ in Float(generator.normal() * deviation) }
        }
    }
}
