import PomonaCore
import PomonaModel

extension NetworkGraph {
    /// What a detector's output means: boxes in pixels of the input, and scores.
    struct Decoded {
        /// `[N, P, 4]`: x and y of the top left, x and y of the bottom right corner.
        var boxes: Value
        /// `[N, P, C]` in 0...1: objectness times class score.
        var scores: Value
    }

    /// - Parameter raw: `[N, P, 5 + C]`, single precision.
    func decoded(_ raw: Value, input: ImageSize, classCount: Int) -> Decoded {
        let anchors = AnchorPoints(input: input)
        let count = anchors.count
        let path = "decode"
        let parts = builder.split(raw, [2, 2, 1, classCount], along: 2, at: path)

        let grid = builder.constant(
            zip(anchors.gridX, anchors.gridY).flatMap { [$0, $1] }, shape: [1, count, 2], at: "\(path).grid")
        let stride = builder.constant(anchors.stride, shape: [1, count, 1], at: "\(path).stride")
        let halfStride = builder.constant(
            anchors.stride.map { $0 / 2 }, shape: [1, count, 1], at: "\(path).halfStride")
        // Sizes beyond any photo would overflow to infinity.
        let largest = builder.constant([12] as [Float], shape: [], at: "\(path).largestLogarithm")

        let centre = builder.add(
            "Mul", [builder.add("Add", [parts[0], grid], at: "\(path).centre"), stride], at: "\(path).centre")
        let bounded = builder.add("Min", [parts[1], largest], at: "\(path).extent")
        let reach = builder.add(
            "Mul", [builder.add("Exp", [bounded], at: "\(path).extent"), halfStride], at: "\(path).extent")
        let corners = [
            builder.add("Sub", [centre, reach], at: "\(path).topLeft"),
            builder.add("Add", [centre, reach], at: "\(path).bottomRight"),
        ]
        let scores = builder.add(
            "Mul",
            [
                builder.add("Sigmoid", [parts[2]], at: "\(path).objectness"),
                builder.add("Sigmoid", [parts[3]], at: "\(path).classes"),
            ], at: "\(path).scores")
        return Decoded(boxes: builder.concatenated(corners, along: 2, at: "\(path).boxes"), scores: scores)
    }
}
