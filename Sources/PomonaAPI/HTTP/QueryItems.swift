/// The query of a URL, decoded, in the order it was written.
struct QueryItems: Sendable {
    struct Item: Sendable {
        /// In lower case: servers of this API do not tell cases apart.
        var name: String
        var value: String
    }

    let items: [Item]

    /// Reads what follows the question mark; `nil` where a percent sign encodes nothing.
    ///
    /// - Parameter plusIsSpace: whether a plus sign stands for a space, as forms and many clients write it.
    init?(_ query: Substring, plusIsSpace: Bool = false) {
        func decode(_ text: Substring) -> String? {
            plusIsSpace ? PercentCoding.decode(text.replacing("+", with: " ")) : PercentCoding.decode(text)
        }
        var items: [Item] = []
        for pair in query.split(separator: "&", omittingEmptySubsequences: true) {
            let halves = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = decode(halves[0]),
                let value = halves.count == 2 ? decode(halves[1]) : ""
            else { return nil }
            items.append(Item(name: name.lowercased(), value: value))
        }
        self.items = items
    }

    /// The first value of a name in lower case.
    subscript(name: String) -> String? {
        items.first { $0.name == name }?.value
    }

    /// The first value that says something: clients write parameters such as `include=` with nothing in them.
    func nonEmpty(_ name: String) -> String? {
        self[name].flatMap { $0.isEmpty ? nil : $0 }
    }
}
