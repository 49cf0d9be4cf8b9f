import PomonaStore

/// What a URL of the Blob API names: an account, a container or a blob.
///
/// Two forms are known: `http://127.0.0.1:10000/ACCOUNT/CONTAINER/BLOB`, and `http://ACCOUNT.blob.HOST/CONTAINER/BLOB` as
/// in production. An account's name may end in `-secondary`: there is one copy, which is its own secondary.
struct BlobTarget: Equatable, Sendable {
    var account: String
    var container: String?

    /// Decoded; may hold slashes, and a slash may come first.
    var blob: String?

    init(account: String, container: String?, blob: String?) {
        (self.account, self.container, self.blob) = (account, container, blob)
    }

    /// - Throws: `InvalidUri` for a path that names no account or is not percent-encoded UTF-8.
    init(rawPath: String, authority: String?) throws(StorageError) {
        var rest = rawPath.first == "/" ? rawPath.dropFirst() : rawPath[...]
        if let name = Self.account(inHost: authority) {
            account = name
        } else {
            account = try Self.decoded(Self.takeSegment(&rest) ?? "")
        }
        if account.hasSuffix("-secondary") { account.removeLast("-secondary".count) }
        guard !account.isEmpty else {
            throw StorageError(.invalidUri, "The path \"\(rawPath.prefix(200))\" names no storage account.")
        }
        guard let first = Self.takeSegment(&rest), !first.isEmpty else { return }
        container = try Self.decoded(first)
        if !rest.isEmpty { blob = try Self.decoded(rest) }
    }

    var containerAddress: ContainerAddress? {
        container.map { ContainerAddress(account: account, name: $0) }
    }

    var blobAddress: BlobAddress? {
        guard let blob else { return nil }
        return containerAddress.map { BlobAddress(container: $0, name: blob) }
    }

    /// The same URL read as that of a blob: one that names nothing below the account but a single word means a blob in
    /// the container `$root`.
    var inRootContainer: BlobTarget {
        guard blob == nil, container != nil else { return self }
        var target = self
        (target.container, target.blob) = ("$root", container)
        return target
    }

    private static func account(inHost authority: String?) -> String? {
        guard let host = authority?.split(separator: ":").first else { return nil }
        let labels = host.split(separator: ".", maxSplits: 2, omittingEmptySubsequences: false)
        return labels.count == 3 && labels[1] == "blob" && !labels[0].isEmpty ? String(labels[0]) : nil
    }

    /// Removes what stands before the next slash, and that slash.
    private static func takeSegment(_ rest: inout Substring) -> Substring? {
        guard !rest.isEmpty else { return nil }
        let end = rest.firstIndex(of: "/") ?? rest.endIndex
        defer { rest = end < rest.endIndex ? rest[rest.index(after: end)...] : rest[end...] }
        return rest[..<end]
    }

    private static func decoded(_ text: Substring) throws(StorageError) -> String {
        guard let decoded = PercentCoding.decode(text) else {
            throw StorageError(.invalidUri, "The path part \"\(text.prefix(200))\" is not percent-encoded UTF-8.")
        }
        return decoded
    }
}
