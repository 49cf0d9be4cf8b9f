import CTorch

/// A multi-dimensional array of numbers on a device, and a node of the graph that gradients flow through.
///
/// A tensor is a reference to storage that others may share (``detached()``, ``reshaped(_:)`` and ``permuted(_:)`` copy
/// nothing where they need not). It belongs to one thread at a time and is therefore not `Sendable`: what leaves a
/// computation leaves as plain arrays. Start reading at ``Parameters`` for trained values and ``Gradients`` for scopes.
public final class Tensor {
    let handle: CTorchTensorRef

    init(owning handle: CTorchTensorRef) {
        self.handle = handle
    }

    deinit { ctorch_free(handle) }

    /// Runs one C call that returns a tensor.
    static func making(_ call: (UnsafeMutablePointer<CTorchTensorRef?>) -> CTorchStatus) throws -> Tensor {
        var result: CTorchTensorRef?
        try TensorError.check(call(&result))
        guard let result else { throw TensorError.failed("a call succeeded without a result") }
        return Tensor(owning: result)
    }

    /// Number of dimensions.
    public var rank: Int { Int(ctorch_rank(handle)) }

    /// Extent along every dimension, outermost first.
    public var shape: [Int] {
        let rank = rank
        return [Int](unsafeUninitializedCapacity: rank) { buffer, count in
            // Int and int64_t have the same layout on every platform that libtorch runs on.
            buffer.withMemoryRebound(to: Int64.self) { ctorch_shape(handle, $0.baseAddress) }
            count = rank
        }
    }

    /// Number of elements.
    public var count: Int { shape.reduce(1, *) }

    public var elementType: ElementType { ElementType(code: ctorch_element_type(handle)) }

    public var device: Device { ctorch_device(handle) == Int32(CTORCH_CUDA) ? .cuda : .cpu }
}

/// What a tensor's elements are.
public enum ElementType: Sendable {
    case float32, int64, uint8, float16, bool

    var code: Int32 {
        switch self {
        case .float32: Int32(CTORCH_FLOAT32)
        case .int64: Int32(CTORCH_INT64)
        case .uint8: Int32(CTORCH_UINT8)
        case .float16: Int32(CTORCH_FLOAT16)
        case .bool: Int32(CTORCH_BOOL)
        }
    }

    init(code: Int32) {
        switch Int(code) {
        case Int(CTORCH_FLOAT32): self = .float32
        case Int(CTORCH_INT64): self = .int64
        case Int(CTORCH_UINT8): self = .uint8
        case Int(CTORCH_FLOAT16): self = .float16
        case Int(CTORCH_BOOL): self = .bool
        default: preconditionFailure("the shim makes no tensors of element type \(code)")
        }
    }
}
