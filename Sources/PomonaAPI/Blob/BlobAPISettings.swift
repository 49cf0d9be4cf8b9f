/// What can be set about the Blob API.
public struct BlobAPISettings: Sendable {
    /// Hosts with ports under which this server is known, such as `127.0.0.1:10000`; a copy from a URL there is done
    /// within the store.
    public var authorities: Set<String>

    /// Origins of web pages that may call this API, such as `http://127.0.0.1:8080`; `*` lets every page.
    public var allowedOrigins: Set<String>

    /// Whether requests reach this server over TLS, by itself or by what stands before it.
    public var isOverTLS: Bool

    /// Hosts from which blobs may be copied by URL, beside this server itself.
    public var remoteHosts: RemoteHosts

    public init(
        authorities: Set<String> = [], allowedOrigins: Set<String> = [], isOverTLS: Bool = false,
        remoteHosts: RemoteHosts = RemoteHosts()
    ) {
        self.authorities = authorities
        self.allowedOrigins = allowedOrigins
        self.isOverTLS = isOverTLS
        self.remoteHosts = remoteHosts
    }
}
