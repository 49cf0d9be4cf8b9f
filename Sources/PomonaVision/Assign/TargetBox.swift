/// An object in a network's input: what the detector should answer with.
public struct TargetBox: Equatable, Sendable {
    /// Index into the model's labels.
    public var label: Int
    /// Corners in input pixels.
    public var xMin: Float
    public var yMin: Float
    public var xMax: Float
    public var yMax: Float

    public init(label: Int, xMin: Float, yMin: Float, xMax: Float, yMax: Float) {
        self.label = label
        self.xMin = xMin
        self.yMin = yMin
        self.xMax = xMax
        self.yMax = yMax
    }
}
