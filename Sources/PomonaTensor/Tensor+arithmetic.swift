import CTorch

extension Tensor {
    private func unary(_ operation: CTorchUnary) throws -> Tensor {
        try Self.making { ctorch_unary(operation, handle, $0) }
    }

    private func binary(_ operation: CTorchBinary, _ other: Tensor) throws -> Tensor {
        try Self.making { ctorch_binary(operation, handle, other.handle, $0) }
    }

    public func exp() throws -> Tensor { try unary(CTORCH_EXP) }
    public func log() throws -> Tensor { try unary(CTORCH_LOG) }
    public func squareRoot() throws -> Tensor { try unary(CTORCH_SQRT) }
    public func squared() throws -> Tensor { try unary(CTORCH_SQUARE) }
    public func magnitude() throws -> Tensor { try unary(CTORCH_ABS) }

    /// x * sigmoid(x) (Elfwing, Uchibe and Doya, 2018).
    public func silu() throws -> Tensor { try unary(CTORCH_SILU) }
    public func relu() throws -> Tensor { try unary(CTORCH_RELU) }

    /// x * relu6(x + 3) / 6 (Howard et al., "Searching for MobileNetV3", 2019).
    public func hardSwish() throws -> Tensor { try unary(CTORCH_HARDSWISH) }

    public static prefix func - (x: Tensor) throws -> Tensor { try x.unary(CTORCH_NEGATE) }
    public static func + (a: Tensor, b: Tensor) throws -> Tensor { try a.binary(CTORCH_ADD, b) }
    public static func - (a: Tensor, b: Tensor) throws -> Tensor { try a.binary(CTORCH_SUBTRACT, b) }
    public static func * (a: Tensor, b: Tensor) throws -> Tensor { try a.binary(CTORCH_MULTIPLY, b) }
    public static func / (a: Tensor, b: Tensor) throws -> Tensor { try a.binary(CTORCH_DIVIDE, b) }

    public static func * (x: Tensor, scale: Double) throws -> Tensor { try x.affine(scale: scale, offset: 0) }
    public static func / (x: Tensor, divisor: Double) throws -> Tensor { try x.affine(scale: 1 / divisor, offset: 0) }
    public static func + (x: Tensor, offset: Double) throws -> Tensor { try x.affine(scale: 1, offset: offset) }
    public static func - (offset: Double, x: Tensor) throws -> Tensor { try x.affine(scale: -1, offset: offset) }

    /// x * scale + offset.
    public func affine(scale: Double, offset: Double) throws -> Tensor {
        try Self.making { ctorch_affine(handle, scale, offset, $0) }
    }

    /// The smaller of each pair of elements.
    public static func minimum(_ a: Tensor, _ b: Tensor) throws -> Tensor { try a.binary(CTORCH_MINIMUM, b) }

    /// The larger of each pair of elements.
    public static func maximum(_ a: Tensor, _ b: Tensor) throws -> Tensor { try a.binary(CTORCH_MAXIMUM, b) }

    /// The sum of all elements, as a scalar.
    public func sum() throws -> Tensor {
        try Self.making { ctorch_sum(handle, $0) }
    }

    /// The sum along some dimensions, which vanish unless kept.
    public func sum(over dimensions: [Int], keepingDimensions: Bool = false) throws -> Tensor {
        let axes = dimensions.map(Int64.init)
        return try Self.making { ctorch_sum_over(handle, axes, Int32(axes.count), keepingDimensions, $0) }
    }

    /// The mean along some dimensions, which vanish unless kept.
    public func mean(over dimensions: [Int], keepingDimensions: Bool = false) throws -> Tensor {
        let axes = dimensions.map(Int64.init)
        return try Self.making { ctorch_mean_over(handle, axes, Int32(axes.count), keepingDimensions, $0) }
    }

    /// The Euclidean norm of all elements, as a scalar.
    public func norm() throws -> Tensor {
        try Self.making { ctorch_norm(handle, $0) }
    }

    /// Exponentials normalised to sum 1 along a dimension.
    public func softmax(over dimension: Int) throws -> Tensor {
        try Self.making { ctorch_softmax(handle, Int64(dimension), $0) }
    }

    /// The logarithm of ``softmax(over:)``, computed without overflow.
    public func logSoftmax(over dimension: Int) throws -> Tensor {
        try Self.making { ctorch_log_softmax(handle, Int64(dimension), $0) }
    }
}
