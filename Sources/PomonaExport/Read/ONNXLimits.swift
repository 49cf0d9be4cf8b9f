/// How large an ONNX file may be. What goes beyond is refused before room is made for it.
public struct ONNXLimits: Hashable, Sendable {
    /// Bytes of the whole file; the largest published model of the YOLOX family has 397 MB.
    public var fileBytes: Int
    /// Initialisers in the file.
    public var tensors: Int
    /// Dimensions of one tensor.
    public var dimensions: Int
    /// Elements of one tensor.
    public var elements: Int
    /// Bytes of one name.
    public var nameBytes: Int

    public init(
        fileBytes: Int = 512 << 20, tensors: Int = 20_000, dimensions: Int = 8, elements: Int = 128 << 20,
        nameBytes: Int = 1024
    ) {
        self.fileBytes = fileBytes
        self.tensors = tensors
        self.dimensions = dimensions
        self.elements = elements
        self.nameBytes = nameBytes
    }
}
