import Foundation
import PomonaModel
import PomonaTensor

/// Predicts a box, an objectness and the classes at every position of every level, with separate branches for where and
/// for what.
struct DecoupledHead {
    private struct Level {
        let stem: NormalizedConv2d
        let classBranch: [SpatialConv]
        let boxBranch: [SpatialConv]
        let classes: Conv2d
        let box: Conv2d
        let objectness: Conv2d
    }

    private let levels: [Level]

    init(_ scope: Scope, _ architecture: DetectorArchitecture, classCount: Int) throws {
        let hidden = architecture.headChannels
        // Scores start at 0.01, so the many empty positions do not drown the first steps (Lin et al., "Focal loss",
        // 2017, section 4.1).
        let prior = -Float(log((1 - 0.01) / 0.01))
        func branch(_ name: String, _ level: Int) throws -> [SpatialConv] {
            try (0..<2).map {
                try SpatialConv(
                    scope(name)("\(level)")("\($0)"), architecture, inputChannels: hidden, outputChannels: hidden)
            }
        }
        func predictor(_ name: String, _ level: Int, _ channels: Int, _ bias: Float) throws -> Conv2d {
            try Conv2d(
                scope(name)("\(level)"), inputChannels: hidden, outputChannels: channels, kernel: 1,
                initialBias: bias)
        }
        levels = try architecture.levelChannels.enumerated().map { index, channels in
            Level(
                stem: try pointwiseConv(
                    scope("stems")("\(index)"), architecture, inputChannels: channels, outputChannels: hidden),
                classBranch: try branch("cls_convs", index), boxBranch: try branch("reg_convs", index),
                classes: try predictor("cls_preds", index, classCount, prior),
                box: try predictor("reg_preds", index, 4, 0),
                objectness: try predictor("obj_preds", index, 1, prior))
        }
    }

    /// - Parameter features: The neck's outputs, finest first.
    /// - Returns: `[N, P, 5 + C]`, P positions of all levels, finest level first, row by row; per position the raw box
    ///   (centre x, y, log width, log height in strides), the objectness logit and the class logits.
    func callAsFunction(_ features: [Tensor]) throws -> Tensor {
        let outputs = try zip(levels, features).map { level, feature in
            let x = try level.stem(feature)
            let what = try level.classBranch.reduce(x) { try $1($0) }
            let position = try level.boxBranch.reduce(x) { try $1($0) }
            let joined = try Tensor.concatenated(
                [level.box(position), level.objectness(position), level.classes(what)], along: 1)  // [N, 5 + C, h, w]
            let shape = joined.shape
            return try joined.reshaped(shape[0], shape[1], shape[2] * shape[3])
        }
        return try Tensor.concatenated(outputs, along: 2).permuted(0, 2, 1)
    }
}
