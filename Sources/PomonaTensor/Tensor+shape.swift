import CTorch

extension Tensor {
    /// The same elements in another shape; one extent may be -1 and follows from the rest.
    public func reshaped(_ shape: Int...) throws -> Tensor {
        let shape = shape.map(Int64.init)
        return try Self.making { ctorch_reshape(handle, shape, Int32(shape.count), $0) }
    }

    /// The dimensions in another order.
    public func permuted(_ order: Int...) throws -> Tensor {
        let order = order.map(Int64.init)
        return try Self.making { ctorch_permute(handle, order, Int32(order.count), $0) }
    }

    /// Every `step`-th element of a range along one dimension.
    public func slice(_ dimension: Int, _ range: Range<Int>, step: Int = 1) throws -> Tensor {
        try Self.making {
            ctorch_slice(
                handle, Int64(dimension), Int64(range.lowerBound), Int64(range.upperBound), Int64(step), $0)
        }
    }

    /// Tensors one after the other along an existing dimension.
    public static func concatenated(_ parts: [Tensor], along dimension: Int) throws -> Tensor {
        let handles = parts.map { Optional($0.handle) }
        return try withExtendedLifetime(parts) {
            try making { ctorch_concatenate(handles, Int32(handles.count), Int64(dimension), $0) }
        }
    }

    /// Tensors of one shape side by side along a new dimension.
    public static func stacked(_ parts: [Tensor], along dimension: Int) throws -> Tensor {
        let handles = parts.map { Optional($0.handle) }
        return try withExtendedLifetime(parts) {
            try making { ctorch_stack(handles, Int32(handles.count), Int64(dimension), $0) }
        }
    }

    /// The slices along a dimension at positions given as an int64 vector.
    public func selecting(_ indices: Tensor, along dimension: Int) throws -> Tensor {
        try Self.making { ctorch_select(handle, Int64(dimension), indices.handle, $0) }
    }

    /// For each row of `[N, C]` the element at the column given in `columns: [N] int64`; returns `[N]`.
    public func picking(columns: Tensor) throws -> Tensor {
        try Self.making { ctorch_pick(handle, columns.handle, $0) }
    }
}
