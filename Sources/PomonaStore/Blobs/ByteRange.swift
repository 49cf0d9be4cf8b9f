/// The part of a blob that a reader asks for.
public enum ByteRange: Hashable, Sendable {
    /// From this byte to the end.
    case from(Int64)
    /// Both bounds are inside, as in HTTP; the last may lie beyond the end.
    case bounds(first: Int64, last: Int64)
    /// The last so many bytes.
    case suffix(Int64)

    /// The bytes meant in a blob of `length` bytes, `nil` where there are none: a range outside the blob, or any range of
    /// an empty one.
    public func resolved(inLength length: Int64) -> Range<Int64>? {
        let range: (Int64, Int64)
        switch self {
        case .from(let first): range = (first, length)
        case .bounds(let first, let last): range = (first, last >= length ? length : last + 1)
        case .suffix(let count): range = (max(0, length - max(0, count)), length)
        }
        guard range.0 >= 0, range.0 < range.1 else { return nil }
        return range.0..<range.1
    }
}
