import HTTPTypes

/// The scheme `SharedKey`: a request signed with an account's key (Azure, "Authorize with Shared Key").
struct SharedKey {
    var account: String

    /// Base64, as the client computed it.
    var signature: String

    /// Reads an `Authorization` header; `nil` for another scheme or form.
    init?(authorization: String) {
        let scheme = "SharedKey "
        guard authorization.hasPrefix(scheme) else { return nil }
        let halves = authorization.dropFirst(scheme.count).split(
            separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        guard halves.count == 2, !halves[0].isEmpty, !halves[1].isEmpty else { return nil }
        (account, signature) = (String(halves[0].trimmingSpaces()), String(halves[1].trimmingSpaces()))
    }

    /// Whether one of the keys made the signature for this request.
    func isSigned(_ request: BlobRequest, byAnyOf keys: [AccountKey]) -> Bool {
        let texts = Self.stringsToSign(request, account: account)
        // Every key is tried on every text, so that the time tells nothing of which one it was.
        return keys.reduce(false) { found, key in
            texts.reduce(found) { found, text in key.verifies(signature, of: text) || found }
        }
    }

    /// What may have been signed: with the headers in the order of their bytes, in the order that Azure's service has,
    /// which passes over hyphens and puts underscores before digits and letters, and in that of Azure's client for .NET,
    /// which passes over all such signs and leaves what is then alike as it was; each once where they do not differ. Where
    /// there is `x-ms-date`, the line of `Date` may be empty though there is such a header.
    static func stringsToSign(_ request: BlobRequest, account: String) -> [String] {
        let fields = request.headers.filter { $0.name.canonicalName.hasPrefix("x-ms-") }
        let named = Dictionary(
            fields.map { ($0.name.canonicalName, folded($0.value)) }, uniquingKeysWith: { "\($0),\($1)" })
        let byBytes = named.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        let byWords = byBytes.sorted { wordOrder($0).lexicographicallyPrecedes(wordOrder($1)) }
        var asSent: [String] = []
        for field in fields where !asSent.contains(field.name.canonicalName) { asSent.append(field.name.canonicalName) }
        let byLetters = asSent.enumerated().sorted { first, second in
            let (one, other) = (letters(first.element), letters(second.element))
            return one == other ? first.offset < second.offset : one.lexicographicallyPrecedes(other)
        }.map(\.element)
        var orders = [byBytes]
        for order in [byWords, byLetters] where !orders.contains(order) { orders.append(order) }
        var dates = [request.header("Date") ?? ""]
        if dates != [""], request.nonEmptyHeader("x-ms-date") != nil { dates.append("") }
        return orders.flatMap { names in
            let headers = names.map { "\($0):\(named[$0] ?? "")\n" }.joined()
            return dates.map { standardHeaders(request, date: $0) + headers + resource(request, account: account) }
        }
    }

    private static func standardHeaders(_ request: BlobRequest, date: String) -> String {
        let length = request.header("Content-Length") ?? ""
        let values = [
            request.method.rawValue, request.header("Content-Encoding"), request.header("Content-Language"),
            length == "0" ? "" : length, request.header("Content-MD5"), request.header("Content-Type"),
            date, request.header("If-Modified-Since"), request.header("If-Match"),
            request.header("If-None-Match"), request.header("If-Unmodified-Since"), request.header("Range"),
        ]
        return values.map { "\($0 ?? "")\n" }.joined()
    }

    /// The account, the path as it was sent, and the query; with a path that begins with the account's name, as it does
    /// on loopback, the name stands there twice.
    private static func resource(_ request: BlobRequest, account: String) -> String {
        let values = Dictionary(grouping: request.query.items, by: \.name).mapValues { items in
            items.map(\.value).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }.joined(separator: ",")
        }
        let query = values.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
            .map { "\n\($0):\(values[$0] ?? "")" }
        return "/\(account)\(request.rawPath)" + query.joined()
    }

    /// A header's value with every run of blanks as one.
    private static func folded(_ value: String) -> String {
        guard value.contains("  ") || value.contains("\t") else { return String(value.trimmingSpaces()) }
        return value.split(whereSeparator: { $0 == " " || $0 == "\t" }).joined(separator: " ")
    }

    /// Names compared by this give the service's order: letters and digits first of all, other signs before them, and
    /// hyphens only where nothing else differs.
    private static func wordOrder(_ name: String) -> [UInt8] {
        let words = name.utf8.filter { $0 != UInt8(ascii: "-") }.map { byte in
            byte.isLetterOrDigit ? byte : 1
        }
        return words + [0] + Array(name.utf8)
    }

    private static func letters(_ name: String) -> [UInt8] { name.utf8.filter(\.isLetterOrDigit) }
}

extension UInt8 {
    var isLetterOrDigit: Bool {
        switch self {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
            UInt8(ascii: "A")...UInt8(ascii: "Z"):
            true
        default: false
        }
    }
}
