import PomonaModel

extension NetworkGraph {
    /// The decoupled head.
    ///
    /// - Parameter features: The neck's outputs, finest first.
    /// - Returns: `[N, P, 5 + C]`, finest level first, row by row: raw box, objectness logit, class logits.
    func head(_ features: [Value], classCount: Int) throws -> Value {
        let hidden = architecture.headChannels
        let levels = try features.enumerated().map { index, feature -> Value in
            func branch(_ x: Value, _ name: String) throws -> Value {
                try (0..<2).reduce(x) {
                    try spatial($0, "head.\(name).\(index).\($1)", inputs: hidden, outputs: hidden)
                }
            }
            func predictor(_ x: Value, _ name: String, _ outputs: Int) throws -> Value {
                let path = "head.\(name).\(index)"
                return try builder.convolution(
                    x, weights.convolution(path, shape: [outputs, hidden, 1, 1]), stride: 1, padding: 0, at: path)
            }
            let x = try pointwise(
                feature, "head.stems.\(index)", inputs: architecture.levelChannels[index], outputs: hidden)
            let what = try branch(x, "cls_convs")
            let position = try branch(x, "reg_convs")
            let joined = builder.concatenated(
                [
                    try predictor(position, "reg_preds", 4), try predictor(position, "obj_preds", 1),
                    try predictor(what, "cls_preds", classCount),
                ], along: 1, at: "head.joined.\(index)")  // [N, 5 + C, h, w]
            return builder.reshaped(joined, [0, 5 + classCount, -1], at: "head.flat.\(index)")
        }
        let all = builder.concatenated(levels, along: 2, at: "head.all")  // [N, 5 + C, P]
        return builder.transposed(all, [0, 2, 1], at: "head.rows")
    }
}
