import CTorch
public import PomonaCore

/// What libtorch refused to do.
public enum TensorError: PomonaError {
    /// The machine or the GPU has no memory left for it.
    case outOfMemory(String)
    /// Any other failure, in libtorch's words.
    case failed(String)

    public var code: String {
        switch self {
        case .outOfMemory: "outOfMemory"
        case .failed: "tensorFailure"
        }
    }

    public var message: String {
        switch self {
        case .outOfMemory(let text): "There is not enough memory for this computation: \(text)"
        case .failed(let text): "The tensor library failed: \(text)"
        }
    }

    public var hint: String? {
        switch self {
        case .outOfMemory: "Use a smaller image size or a smaller model, or close other programs."
        case .failed: nil
        }
    }

    public var kind: ErrorKind {
        switch self {
        case .outOfMemory: .resource
        case .failed: .internal
        }
    }

    /// Throws what the calling thread's last failed call left behind. The text lives in thread-local storage, so this
    /// runs in the same synchronous stretch as the call.
    static func check(_ status: CTorchStatus) throws {
        guard status != CTORCH_OK else { return }
        let text = String(cString: ctorch_last_error())
        throw status == CTORCH_OUT_OF_MEMORY ? TensorError.outOfMemory(text) : TensorError.failed(text)
    }
}
