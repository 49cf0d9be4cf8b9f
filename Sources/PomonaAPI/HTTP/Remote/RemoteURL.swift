import Foundation

/// An absolute URL of http or https, taken apart.
struct RemoteURL: Equatable, Sendable {
    var text: String
    var isHTTPS: Bool

    /// In lower case, without the brackets of an IPv6 address.
    var host: String

    /// `nil` where it is the scheme's own.
    var port: Int?

    /// Path and query, percent-encoded.
    var pathAndQuery: String

    /// Host and port, as the header `Host` has them.
    var authority: String {
        (host.contains(":") ? "[\(host)]" : host) + (port.map { ":\($0)" } ?? "")
    }

    /// Host and port, the port always.
    var endpoint: String {
        (host.contains(":") ? "[\(host)]" : host) + ":\(port ?? (isHTTPS ? 443 : 80))"
    }

    /// The URL with its host in lower case.
    var canonical: String { "\(isHTTPS ? "https" : "http")://\(authority)\(pathAndQuery)" }

    /// The URL as others may see it: its query may hold a signature.
    static func withoutQuery(_ text: String) -> String { String(text.prefix { $0 != "?" }) }

    /// `nil` for another scheme, a relative URL, one with a user or password, or no URL.
    init?(_ text: String) {
        guard let parts = URLComponents(string: text), let scheme = parts.scheme?.lowercased(),
            scheme == "http" || scheme == "https", parts.user == nil, parts.password == nil,
            let host = parts.host?.lowercased(), !host.isEmpty
        else { return nil }
        self.text = text
        isHTTPS = scheme == "https"
        self.host = host.hasPrefix("[") ? String(host.dropFirst().dropLast()) : host
        port = parts.port == (isHTTPS ? 443 : 80) ? nil : parts.port
        let path = parts.percentEncodedPath
        pathAndQuery = (path.isEmpty ? "/" : path) + (parts.percentEncodedQuery.map { "?\($0)" } ?? "")
    }

    /// The URL that a redirect leads to, seen from this one.
    func redirected(to location: String) -> RemoteURL? {
        URL(string: text).flatMap { URL(string: location, relativeTo: $0) }.flatMap { RemoteURL($0.absoluteString) }
    }
}
