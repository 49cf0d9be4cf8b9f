import CTorch

/// Numbers that a tensor can be made from and read into.
public protocol TensorElement {
    static var elementType: ElementType { get }
}

extension Float: TensorElement {
    public static var elementType: ElementType { .float32 }
}

extension Float16: TensorElement {
    public static var elementType: ElementType { .float16 }
}

extension Int64: TensorElement {
    public static var elementType: ElementType { .int64 }
}

extension UInt8: TensorElement {
    public static var elementType: ElementType { .uint8 }
}

extension Tensor {
    /// A tensor with a copy of the numbers, which stand in row-major order.
    ///
    /// - Throws: ``TensorError`` where the shape asks for another count, or memory runs out.
    public static func from<Element: TensorElement>(
        _ values: [Element], shape: [Int], device: Device = .cpu
    ) throws -> Tensor {
        try values.withUnsafeBufferPointer { try from($0, shape: shape, device: device) }
    }

    /// A tensor with a copy of numbers that lie in memory in row-major order.
    ///
    /// - Throws: ``TensorError`` where the shape asks for another count, or memory runs out.
    public static func from<Element: TensorElement>(
        _ values: UnsafeBufferPointer<Element>, shape: [Int], device: Device = .cpu
    ) throws -> Tensor {
        let bytes = UnsafeRawBufferPointer(values)
        let shape = shape.map(Int64.init)
        return try making {
            ctorch_from_bytes(
                bytes.baseAddress, bytes.count, shape, Int32(shape.count), Element.elementType.code, device.code, $0)
        }
    }

    /// A tensor that holds one value everywhere.
    public static func full(
        _ value: Double, shape: [Int], elementType: ElementType = .float32, device: Device = .cpu
    ) throws -> Tensor {
        let shape = shape.map(Int64.init)
        return try making { ctorch_full(shape, Int32(shape.count), value, elementType.code, device.code, $0) }
    }

    public static func zeros(
        shape: [Int], elementType: ElementType = .float32, device: Device = .cpu
    ) throws -> Tensor {
        try full(0, shape: shape, elementType: elementType, device: device)
    }

    /// The elements in row-major order, copied to the host.
    ///
    /// - Precondition: `Element` is the tensor's element type.
    public func values<Element: TensorElement>(as type: Element.Type = Float.self) throws -> [Element] {
        let count = count
        return try [Element](unsafeUninitializedCapacity: count) { buffer, initialized in
            try copy(into: buffer)
            initialized = count
        }
    }

    /// Copies the elements in row-major order to the host.
    ///
    /// - Precondition: `Element` is the tensor's element type and the buffer has room for `count` of them.
    public func copy<Element: TensorElement>(into buffer: UnsafeMutableBufferPointer<Element>) throws {
        precondition(elementType == Element.elementType, "a tensor of \(elementType) was read as \(Element.self)")
        let count = count
        precondition(buffer.count >= count, "\(count) elements do not fit a buffer of \(buffer.count)")
        try TensorError.check(
            ctorch_copy_to_host(handle, buffer.baseAddress, count * MemoryLayout<Element>.stride))
    }

    /// The only element of a float32 tensor.
    public func item() throws -> Float {
        let values = try values()
        precondition(values.count == 1, "a tensor of shape \(shape) is not one number")
        return values[0]
    }

    /// A copy in storage of its own; gradients flow back through it.
    public func cloned() throws -> Tensor {
        try Self.making { ctorch_clone(handle, $0) }
    }
}
