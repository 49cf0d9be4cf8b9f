import Foundation

/// Under which addresses a server is reached.
struct HouseAddresses: Sendable {
    let scheme: String
    /// As others know it: by the first `--name`, or by the address that is listened on.
    let studio: String
    let blobEndpoint: String
    /// The studio as this machine reaches it, whatever others call it.
    let local: String
    /// Hosts with ports under which the Blob API is known.
    let blobAuthorities: Set<String>
    /// Origins under which a browser may have the studio's page.
    let origins: Set<String>

    /// - Parameters:
    ///   - host: what is listened on, without brackets.
    ///   - names: by what others reach the server, the first being the one that is shown.
    ///   - known: every name under which it answers.
    init(host: String, names: [String], known: Set<String>, port: Int, blobPort: Int, isOverTLS: Bool) {
        let scheme = isOverTLS ? "https" : "http"
        // Whoever listens everywhere is best reached from here by the loopback address.
        let reached: String =
            switch host {
            case "0.0.0.0": "127.0.0.1"
            case "::": "[::1]"
            default: Self.bracketed(host)
            }
        let shown = names.first.map(Self.bracketed) ?? reached
        self.scheme = scheme
        studio = "\(scheme)://\(shown):\(port)"
        blobEndpoint = "\(scheme)://\(shown):\(blobPort)"
        local = "\(scheme)://\(reached):\(port)"
        blobAuthorities = Set(known.map { "\($0):\(blobPort)" })
        origins = Set(known.map { "\(scheme)://\($0):\(port)" })
    }

    /// An address of IPv6 as it stands in URLs.
    static func bracketed(_ host: String) -> String {
        host.contains(":") && !host.hasPrefix("[") ? "[\(host)]" : host
    }

    /// A host as it is listened on.
    static func unbracketed(_ host: String) -> String {
        host.hasPrefix("[") && host.hasSuffix("]") ? String(host.dropFirst().dropLast()) : host
    }
}
