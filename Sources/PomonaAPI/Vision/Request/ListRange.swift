/// The part of a list that a request asks for.
struct ListRange: Sendable {
    /// How many come before it.
    var skip: Int

    /// How many it holds at most.
    var top: Int

    /// - Throws: `InvalidRequest`.
    init(_ query: QueryItems) throws(VisionError) {
        skip = try Self.number(query, "skip", in: 0...Int(Int32.max), default: 0)
        top = try Self.number(query, "top", in: 1...30, default: 10)
    }

    private static func number(
        _ query: QueryItems, _ name: String, in range: ClosedRange<Int>, default standard: Int
    ) throws(VisionError) -> Int {
        guard let text = query.nonEmpty(name) else { return standard }
        guard let number = Int(text), range.contains(number) else {
            throw .parameter(name, text, expected: "a whole number from \(range.lowerBound) to \(range.upperBound)")
        }
        return number
    }
}
