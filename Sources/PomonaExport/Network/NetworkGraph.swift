import PomonaModel

/// Writes the networks of the YOLOX family as ONNX operations, brick by brick, with the weights of a model file.
///
/// Every function takes the path under which the weights of its part stand in the file and appends the operations that
/// compute the part. Normalisations are folded into the convolutions before them.
struct NetworkGraph {
    typealias Value = GraphBuilder.Value

    let builder: GraphBuilder
    let weights: ModelWeights
    let architecture: DetectorArchitecture

    /// Convolution, normalisation and activation.
    func normalizedConvolution(
        _ x: Value, _ path: String, inputs: Int, outputs: Int, kernel: Int, stride: Int = 1, groups: Int = 1
    ) throws -> Value {
        let folded = try weights.foldedConvolution(path, shape: [outputs, inputs / groups, kernel, kernel])
        let y = try builder.convolution(
            x, folded, stride: stride, padding: (kernel - 1) / 2, groups: groups, at: "\(path).conv")
        return builder.activation(architecture.activation, y, at: "\(path).act")
    }

    func pointwise(_ x: Value, _ path: String, inputs: Int, outputs: Int) throws -> Value {
        try normalizedConvolution(x, path, inputs: inputs, outputs: outputs, kernel: 1)
    }

    /// A 3 x 3 convolution: dense, or split into depthwise and pointwise.
    func spatial(_ x: Value, _ path: String, inputs: Int, outputs: Int, stride: Int = 1) throws -> Value {
        guard architecture.isDepthwise else {
            return try normalizedConvolution(x, path, inputs: inputs, outputs: outputs, kernel: 3, stride: stride)
        }
        let y = try normalizedConvolution(
            x, "\(path).dconv", inputs: inputs, outputs: inputs, kernel: 3, stride: stride, groups: inputs)
        return try pointwise(y, "\(path).pconv", inputs: inputs, outputs: outputs)
    }

    /// A cross stage partial block: one half of the channels goes through bottlenecks, the other around them.
    func crossStagePartial(
        _ x: Value, _ path: String, inputs: Int, outputs: Int, repetitions: Int, shortcut: Bool
    ) throws -> Value {
        let hidden = outputs / 2
        var through = try pointwise(x, "\(path).conv1", inputs: inputs, outputs: hidden)
        let around = try pointwise(x, "\(path).conv2", inputs: inputs, outputs: hidden)
        for index in 0..<repetitions {
            let bottleneck = "\(path).m.\(index)"
            let reduced = try pointwise(through, "\(bottleneck).conv1", inputs: hidden, outputs: hidden)
            let y = try spatial(reduced, "\(bottleneck).conv2", inputs: hidden, outputs: hidden)
            through = shortcut ? builder.add("Add", [y, through], at: bottleneck) : y
        }
        let joined = builder.concatenated([through, around], along: 1, at: path)
        return try pointwise(joined, "\(path).conv3", inputs: 2 * hidden, outputs: outputs)
    }

    /// Every position joined with the maxima of ever larger neighbourhoods.
    func spatialPyramidPooling(_ x: Value, _ path: String, channels: Int) throws -> Value {
        let reduced = try pointwise(x, "\(path).conv1", inputs: channels, outputs: channels / 2)
        // Windows of 9 and 13 are windows of 5 applied again.
        let within5 = builder.maxPooled(reduced, kernel: 5, at: "\(path).within5")
        let within9 = builder.maxPooled(within5, kernel: 5, at: "\(path).within9")
        let within13 = builder.maxPooled(within9, kernel: 5, at: "\(path).within13")
        let joined = builder.concatenated([reduced, within5, within9, within13], along: 1, at: path)
        return try pointwise(joined, "\(path).conv2", inputs: channels * 2, outputs: channels)
    }
}
