import PomonaModel

extension NetworkGraph {
    /// What remains of all photos' answers after non-maximum suppression, `K` detections in all.
    struct Suppressed {
        /// `[K, 4]`: corners in pixels of the input.
        var boxes: Value
        /// `[K]`
        var scores: Value
        /// `[K] int64`: indices into the labels.
        var labels: Value
        /// `[K] int64`: which photo of the batch each belongs to.
        var photos: Value
    }

    /// Keeps the best boxes of every label. A position answers with its best label only, as it does in Pomona.
    func suppressed(_ decoded: Decoded, _ options: ONNXSuppression) -> Suppressed {
        let path = "suppression"
        let best = builder.add(
            "ReduceMax", [decoded.scores], at: "\(path).best",
            [ONNXAttribute("axes", [2]), ONNXAttribute("keepdims", 1)])  // [N, P, 1]
        let isBest = builder.add("Equal", [decoded.scores, best], at: "\(path).isBest")
        let zero = builder.constant([0] as [Float], shape: [], at: "\(path).zero")
        let bestOnly = builder.add("Where", [isBest, decoded.scores, zero], at: "\(path).bestOnly")
        let selected = builder.add(
            "NonMaxSuppression",
            [
                decoded.boxes, builder.transposed(bestOnly, [0, 2, 1], at: "\(path).byLabel"),
                builder.constant([options.limitPerLabel], at: "\(path).limit"),
                builder.constant([Float(options.overlap)], shape: [1], at: "\(path).overlap"),
                builder.constant([Float(options.threshold)], shape: [1], at: "\(path).threshold"),
            ], at: path)  // [K, 3]: photo, label, position
        let columns = builder.split(selected, [1, 1, 1], along: 1, at: "\(path).columns")
        let (photo, label, position) = (columns[0], columns[1], columns[2])

        func picked(_ value: Value, _ index: [Value], _ name: String) -> Value {
            let place = builder.concatenated(index, along: 1, at: "\(path).\(name)")
            return builder.add("GatherND", [value, place], at: "\(path).\(name)")
        }
        return Suppressed(
            boxes: picked(decoded.boxes, [photo, position], "boxes"),
            scores: picked(decoded.scores, [photo, position, label], "scores"),
            labels: builder.reshaped(label, [-1], at: "\(path).labels"),
            photos: builder.reshaped(photo, [-1], at: "\(path).photos"))
    }
}
