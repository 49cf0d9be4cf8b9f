/// One page of a list.
struct ListDocument<Item: Encodable & Sendable>: Encodable, Sendable {
    var value: [Item]

    /// Where the next page is; left out on the last one.
    var nextLink: String?
}
