import PomonaModel

extension NetworkGraph {
    /// One linear layer over the mean of the deepest features.
    ///
    /// - Returns: `[N, C]`, single precision, summing to 1.
    func classifier(_ deepest: Value, classCount: Int) throws -> Value {
        let (path, channels) = ("classifier", architecture.levelChannels[2])
        let mean = builder.add("GlobalAveragePool", [deepest], at: path)  // [N, channels, 1, 1]
        let flat = builder.reshaped(mean, [0, channels], at: path)
        let weight = try builder.weights(
            weights.values("\(path).weight", shape: [classCount, channels]), shape: [classCount, channels],
            at: "\(path).weight")
        let bias = try builder.weights(
            weights.values("\(path).bias", shape: [classCount]), shape: [classCount], at: "\(path).bias")
        let logits = builder.add("Gemm", [flat, weight, bias], at: path, [ONNXAttribute("transB", 1)])
        return builder.add(
            "Softmax", [builder.outOfNetwork(logits, at: path)], at: path, [ONNXAttribute("axis", 1)])
    }
}
