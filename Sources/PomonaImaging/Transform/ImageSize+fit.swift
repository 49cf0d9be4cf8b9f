public import PomonaCore

extension ImageSize {
    /// The largest size of these proportions that fits in the bound and is not larger than this one. Sides are rounded
    /// to whole pixels and are at least 1.
    public func fitted(within bound: ImageSize) -> ImageSize {
        let scale = min(1, Double(bound.width) / Double(width), Double(bound.height) / Double(height))
        guard scale < 1 else { return self }
        return ImageSize(
            width: max(1, Int((Double(width) * scale).rounded())),
            height: max(1, Int((Double(height) * scale).rounded())))
    }
}
