import Foundation

/// Where a job stands, as its row keeps it.
public struct JobProgress: Codable, Hashable, Sendable {
    /// The part that is done, 0...1.
    public var fraction: Double
    /// In words, such as `step 40 of 200`.
    public var detail: String?
    public var secondsLeft: Double?

    public init(fraction: Double, detail: String? = nil, secondsLeft: Double? = nil) {
        self.fraction = fraction
        self.detail = detail
        self.secondsLeft = secondsLeft
    }
}
