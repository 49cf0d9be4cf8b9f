import CTorch

/// Scopes in which operations do or do not record what gradients need.
///
/// The mode belongs to the thread; scopes take synchronous closures so that no suspension can fall inside one.
public enum Gradients {
    /// Runs the body without recording: for prediction, frozen layers and updates of parameters.
    public static func disabled<Result>(_ body: () throws -> Result) rethrows -> Result {
        let before = ctorch_set_gradient_recording(false)
        defer { _ = ctorch_set_gradient_recording(before) }
        return try body()
    }
}

extension Tensor {
    /// Whether operations on this tensor are recorded.
    public var requiresGradient: Bool { ctorch_requires_gradient(handle) }

    func setRequiresGradient(_ required: Bool) throws {
        try TensorError.check(ctorch_set_requires_gradient(handle, required))
    }

    /// The same numbers, cut off from the graph.
    public func detached() throws -> Tensor {
        try Self.making { ctorch_detach(handle, $0) }
    }

    /// Adds the derivative of this scalar to the gradient of every parameter it was computed from.
    public func backward() throws {
        try TensorError.check(ctorch_backward(handle))
    }

    /// The gradient accumulated so far, `nil` before the first ``backward()``.
    var gradient: Tensor? {
        get throws {
            var result: CTorchTensorRef?
            try TensorError.check(ctorch_gradient(handle, &result))
            return result.map(Tensor.init(owning:))
        }
    }

    func clearGradient() throws {
        try TensorError.check(ctorch_clear_gradient(handle))
    }
}

extension Tensor {
    /// Overwrites the elements with another tensor's. Only sound while gradients are disabled.
    func assign(_ source: Tensor) throws {
        try TensorError.check(ctorch_copy_into(handle, source.handle))
    }

    /// self = self * scale, in place.
    func scale(by scale: Double) throws {
        try TensorError.check(ctorch_scale_in_place(handle, scale))
    }

    /// self = self + weight * (source - self), in place.
    func interpolate(towards source: Tensor, weight: Double) throws {
        try TensorError.check(ctorch_lerp_in_place(handle, source.handle, weight))
    }
}
