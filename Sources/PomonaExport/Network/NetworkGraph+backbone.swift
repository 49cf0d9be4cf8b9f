import PomonaModel

extension NetworkGraph {
    /// The backbone: `[N, 3, H, W]` to features at strides 8, 16 and 32, finest first.
    func backbone(_ images: Value) throws -> [Value] {
        let path = "backbone.backbone"
        let base = architecture.stemChannels
        var x = try focus(images, "\(path).stem.conv", outputs: base)
        var levels: [Value] = []
        for (index, blocks) in [1, 3, 3, 1].enumerated() {
            let stage = "\(path).dark\(index + 2)"
            let (inputs, outputs) = (base << index, base << (index + 1))
            let isDeepest = index == 3
            x = try spatial(x, "\(stage).0", inputs: inputs, outputs: outputs, stride: 2)
            if isDeepest { x = try spatialPyramidPooling(x, "\(stage).1", channels: outputs) }
            x = try crossStagePartial(
                x, "\(stage).\(isDeepest ? 2 : 1)", inputs: outputs, outputs: outputs,
                repetitions: architecture.repetitions(3) * blocks, shortcut: !isDeepest)
            levels.append(x)
        }
        return Array(levels.dropFirst())
    }

    /// The stem: every 2 x 2 block of pixels becomes channels, then a 3 x 3 convolution sees the blocks.
    ///
    /// Written as the 6 x 6 convolution with stride 2 over the pixels themselves that this amounts to: the same products,
    /// without moving the photo about first.
    private func focus(_ images: Value, _ path: String, outputs: Int) throws -> Value {
        let folded = try weights.foldedConvolution(path, shape: [outputs, 12, 3, 3])
        let y = try builder.convolution(
            images, Self.overPixels(folded, outputs: outputs), stride: 2, padding: 2, at: "\(path).conv")
        return builder.activation(architecture.activation, y, at: "\(path).act")
    }

    /// Spreads weights over blocks, `[O, 4 * 3, 3, 3]`, over the pixels in them: `[O, 3, 6, 6]`.
    private static func overPixels(_ blocks: ConvolutionWeights, outputs: Int) -> ConvolutionWeights {
        var pixels = [Float](repeating: 0, count: outputs * 3 * 36)
        for output in 0..<outputs {
            // The published weights expect top left, bottom left, top right, bottom right.
            for (block, (right, down)) in [(0, 0), (0, 1), (1, 0), (1, 1)].enumerated() {
                for colour in 0..<3 {
                    for y in 0..<3 {
                        for x in 0..<3 {
                            pixels[((output * 3 + colour) * 6 + 2 * y + down) * 6 + 2 * x + right] =
                                blocks.weight[((output * 12 + block * 3 + colour) * 3 + y) * 3 + x]
                        }
                    }
                }
            }
        }
        return ConvolutionWeights(weight: pixels, bias: blocks.bias, shape: [outputs, 3, 6, 6])
    }
}
