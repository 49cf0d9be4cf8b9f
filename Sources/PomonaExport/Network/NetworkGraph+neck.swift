import PomonaModel

extension NetworkGraph {
    /// Path aggregation: carries meaning from deep levels down to fine ones and position back up.
    ///
    /// - Parameter levels: The backbone's outputs, finest first.
    /// - Returns: Feature maps of the same shapes.
    func neck(_ levels: [Value]) throws -> [Value] {
        let channels = architecture.levelChannels
        let (fine, middle, deep) = (channels[0], channels[1], channels[2])
        func join(_ parts: [Value], _ name: String, _ inputs: Int, _ outputs: Int) throws -> Value {
            let path = "backbone.\(name)"
            return try crossStagePartial(
                builder.concatenated(parts, along: 1, at: "\(path).input"), path, inputs: inputs, outputs: outputs,
                repetitions: architecture.repetitions(3), shortcut: false)
        }
        func enlarged(_ x: Value, _ name: String) -> Value { builder.upsampledTwice(x, at: "backbone.\(name)") }

        let deepReduced = try pointwise(levels[2], "backbone.lateral_conv0", inputs: deep, outputs: middle)
        let middleDown = try join([enlarged(deepReduced, "upsample0"), levels[1]], "C3_p4", 2 * middle, middle)
        let middleReduced = try pointwise(middleDown, "backbone.reduce_conv1", inputs: middle, outputs: fine)
        let fineOut = try join([enlarged(middleReduced, "upsample1"), levels[0]], "C3_p3", 2 * fine, fine)
        let fineShrunk = try spatial(fineOut, "backbone.bu_conv2", inputs: fine, outputs: fine, stride: 2)
        let middleOut = try join([fineShrunk, middleReduced], "C3_n3", 2 * fine, middle)
        let middleShrunk = try spatial(middleOut, "backbone.bu_conv1", inputs: middle, outputs: middle, stride: 2)
        let deepOut = try join([middleShrunk, deepReduced], "C3_n4", 2 * middle, deep)
        return [fineOut, middleOut, deepOut]
    }
}
