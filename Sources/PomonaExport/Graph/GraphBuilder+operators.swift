import PomonaModel

// The operators of ONNX that the networks are made of, in operator set 17
// (https://onnx.ai/onnx/operators/index.html). `N` is the number of photos.
extension GraphBuilder {
    /// The version of ONNX's operator set that these operators are written for.
    static let operatorSet = 17

    /// A two-dimensional convolution with square kernels.
    ///
    /// - Parameters:
    ///   - x: `[N, I, H, W]`.
    ///   - padding: Zeros on every side.
    func convolution(
        _ x: Value, _ weights: ConvolutionWeights, stride: Int, padding: Int, groups: Int = 1, at path: String
    ) throws -> Value {
        let kernel = weights.shape[2]
        let inputs = [
            x, try self.weights(weights.weight, shape: weights.shape, at: "\(path).weight"),
            try self.weights(weights.bias, shape: [weights.shape[0]], at: "\(path).bias"),
        ]
        return add(
            "Conv", inputs, at: path,
            [
                ONNXAttribute("kernel_shape", [kernel, kernel]), ONNXAttribute("strides", [stride, stride]),
                ONNXAttribute("pads", [padding, padding, padding, padding]), ONNXAttribute("group", groups),
            ])
    }

    func activation(_ activation: Activation, _ x: Value, at path: String) -> Value {
        switch activation {
        case .silu: add("Mul", [x, add("Sigmoid", [x], at: path)], at: path)
        case .relu: add("Relu", [x], at: path)
        case .hardswish: add("HardSwish", [x], at: path)
        }
    }

    func concatenated(_ values: [Value], along axis: Int, at path: String) -> Value {
        add("Concat", values, at: path, [ONNXAttribute("axis", axis)])
    }

    /// The largest value under a square window that moves by one.
    func maxPooled(_ x: Value, kernel: Int, at path: String) -> Value {
        let padding = kernel / 2
        return add(
            "MaxPool", [x], at: path,
            [
                ONNXAttribute("kernel_shape", [kernel, kernel]), ONNXAttribute("strides", [1, 1]),
                ONNXAttribute("pads", [padding, padding, padding, padding]),
            ])
    }

    /// `[N, C, H, W]` to `[N, C, 2 H, 2 W]` by repeating pixels.
    func upsampledTwice(_ x: Value, at path: String) -> Value {
        let scales = constant([1, 1, 2, 2] as [Float], shape: [4], at: "\(path).scales")
        // The second input, a region of interest, has no meaning for this mode and is left out by an empty name.
        return add(
            "Resize", [x, Value(name: ""), scales], at: path,
            [
                ONNXAttribute("mode", "nearest"), ONNXAttribute("nearest_mode", "floor"),
                ONNXAttribute("coordinate_transformation_mode", "asymmetric"),
            ])
    }

    /// The same elements in another shape; in `shape` 0 stands for the extent as it is, -1 for what remains.
    func reshaped(_ x: Value, _ shape: [Int], at path: String) -> Value {
        add("Reshape", [x, constant(shape, at: "\(path).shape")], at: path)
    }

    func transposed(_ x: Value, _ order: [Int], at path: String) -> Value {
        add("Transpose", [x], at: path, [ONNXAttribute("perm", order)])
    }

    /// Cuts a value into parts of the given extents.
    func split(_ x: Value, _ extents: [Int], along axis: Int, at path: String) -> [Value] {
        add(
            "Split", [x, constant(extents, at: "\(path).split")], at: path, outputs: extents.count,
            [ONNXAttribute("axis", axis)])
    }

    func cast(_ x: Value, to type: ONNXTensor.ElementType, at path: String) -> Value {
        add("Cast", [x], at: path, [ONNXAttribute("to", type.rawValue)])
    }

    /// From the input's single precision to the network's own.
    func intoNetwork(_ x: Value, at path: String) -> Value {
        precision == .half ? cast(x, to: .float16, at: path) : x
    }

    /// From the network's own precision to single.
    func outOfNetwork(_ x: Value, at path: String) -> Value {
        precision == .half ? cast(x, to: .float, at: path) : x
    }
}
