/// The addresses under which this server's own blobs are known, in both forms that a ``BlobTarget`` can have.
struct OwnBlobs: Sendable {
    private let authorities: Set<String>
    /// The hosts among them, from the end.
    private let reversedHosts: [[UInt8]]

    /// - Parameter authorities: hosts with ports, such as `127.0.0.1:10000`.
    init(authorities: Set<String>) {
        self.authorities = authorities
        reversedHosts = Set(authorities.map { $0.prefix(upTo: $0.lastIndex(of: ":") ?? $0.endIndex) })
            .map { $0.utf8.reversed() }
    }

    /// What a URL names, `nil` for URLs elsewhere.
    func target(of text: String) -> BlobTarget? {
        guard mayBeOwn(text), let url = RemoteURL(text) else { return nil }
        return target(of: url)
    }

    func target(of url: RemoteURL) -> BlobTarget? {
        guard isOwn(url) else { return nil }
        let path = String(url.pathAndQuery.prefix { $0 != "?" })
        return (try? BlobTarget(rawPath: path, authority: url.authority))?.inRootContainer
    }

    private func isOwn(_ url: RemoteURL) -> Bool {
        if authorities.contains(url.endpoint) { return true }
        // The account in front of the host, as in production.
        let labels = url.endpoint.split(separator: ".", maxSplits: 2, omittingEmptySubsequences: false)
        return labels.count == 3 && !labels[0].isEmpty && labels[1] == "blob" && authorities.contains(String(labels[2]))
    }

    /// Whether a URL can be one of this server's by its host. Most are not, and label files have hundreds of thousands of
    /// them: a look at the text costs less than taking it apart.
    private func mayBeOwn(_ url: String) -> Bool {
        let text = url.utf8
        guard let colon = text.firstIndex(of: UInt8(ascii: ":")), text[colon...].starts(with: "://".utf8) else {
            return false
        }
        let authority = text[text.index(colon, offsetBy: 3)...].prefix {
            $0 != UInt8(ascii: "/") && $0 != UInt8(ascii: "?")
        }
        // A user's name, an address in brackets and escapes are for the one who takes it apart.
        if authority.contains(where: { $0 == UInt8(ascii: "@") || $0 == UInt8(ascii: "[") || $0 == UInt8(ascii: "%") })
        {
            return true
        }
        let host = authority.prefix { $0 != UInt8(ascii: ":") }.reversed()
        // Of ASCII's letters this bit is the case; what else it makes equal is told apart later.
        return reversedHosts.contains { own in host.starts(with: own) { $0 | 0x20 == $1 | 0x20 } }
    }
}
