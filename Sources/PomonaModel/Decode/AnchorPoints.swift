public import PomonaCore

/// The positions at which a detector answers: every cell of every level, finest level first, row by row.
public struct AnchorPoints: Sendable {
    /// Column and row of each point in its level, in strides: `[P]`.
    public let gridX: [Float]
    public let gridY: [Float]
    /// Distance between neighbours of its level in input pixels: `[P]`.
    public let stride: [Float]

    /// Number of points, P.
    public var count: Int { stride.count }

    /// - Parameter input: The input's size, multiples of the largest stride.
    public init(input: ImageSize, strides: [Int] = DetectorArchitecture.strides) {
        var (gridX, gridY, stride): ([Float], [Float], [Float]) = ([], [], [])
        for step in strides {
            for y in 0..<input.height / step {
                for x in 0..<input.width / step {
                    gridX.append(Float(x))
                    gridY.append(Float(y))
                    stride.append(Float(step))
                }
            }
        }
        (self.gridX, self.gridY, self.stride) = (gridX, gridY, stride)
    }
}
