/// What a part says of its place in the whole, `bytes 5-9/10` (RFC 9110, section 14.4).
struct ContentRange: Equatable {
    /// Positions of the part's first and last byte.
    let first: Int
    let last: Int
    /// Length of the whole, `nil` where the server does not know it (`*`).
    let total: Int?

    /// `nil` where the text is no range of bytes, or contradicts itself.
    init?(_ text: String) {
        guard text.lowercased().hasPrefix("bytes ") else { return nil }
        let halves = text.dropFirst("bytes ".count).split(separator: "/", omittingEmptySubsequences: false)
        guard halves.count == 2 else { return nil }
        let ends = halves[0].split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
        guard ends.count == 2, let first = ends[0], let last = ends[1], first >= 0, last >= first else { return nil }
        if halves[1] == "*" {
            total = nil
        } else {
            guard let total = Int(halves[1]), total > last else { return nil }
            self.total = total
        }
        self.first = first
        self.last = last
    }
}
