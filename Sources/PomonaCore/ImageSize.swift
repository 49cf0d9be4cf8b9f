/// The extent of an image in whole pixels.
public struct ImageSize: Hashable, Codable, Sendable {
    public var width: Int
    public var height: Int

    public init(width: Int, height: Int) {
        self.width = width
        self.height = height
    }

    /// Number of pixels.
    public var area: Int { width * height }
}

extension ImageSize: CustomStringConvertible {
    public var description: String { "\(width) x \(height)" }
}
