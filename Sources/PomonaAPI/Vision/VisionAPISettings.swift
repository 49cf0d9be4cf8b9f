/// What can be set about the Vision API.
public struct VisionAPISettings: Sendable {
    /// Where the Blob API is, such as `http://127.0.0.1:10000`.
    public var blobEndpoint: String

    /// Hosts with ports under which the Blob API is known, such as `127.0.0.1:10000`; photos at URLs there are read from
    /// the store itself.
    public var blobAuthorities: Set<String>

    /// Hosts from which photos may be fetched by URL, beside this server itself.
    public var remoteHosts: RemoteHosts

    /// Whether requests reach this server over TLS, by itself or by what stands before it.
    public var isOverTLS: Bool

    /// Objects and tags of less confidence are left out of the answers of custom models. Callers choose among the rest, so
    /// it is low.
    public var customThreshold: Double

    /// The same for `features`, whose callers mostly show what they get.
    public var featureThreshold: Double

    public init(
        blobEndpoint: String = "http://127.0.0.1:10000", blobAuthorities: Set<String> = [],
        remoteHosts: RemoteHosts = RemoteHosts(), isOverTLS: Bool = false, customThreshold: Double = 0.1,
        featureThreshold: Double = 0.3
    ) {
        self.blobEndpoint = blobEndpoint
        self.blobAuthorities = blobAuthorities
        self.remoteHosts = remoteHosts
        self.isOverTLS = isOverTLS
        self.customThreshold = customThreshold
        self.featureThreshold = featureThreshold
    }
}
