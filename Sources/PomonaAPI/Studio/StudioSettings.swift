/// What can be set about the studio's interface.
public struct StudioSettings: Sendable {
    /// Where the studio and the Vision API are, such as `http://127.0.0.1:8080`.
    public var studioEndpoint: String

    /// Where the Blob API is, such as `http://127.0.0.1:10000`.
    public var blobEndpoint: String

    /// How long a browser stays signed in.
    public var sessionLifetime: Duration

    /// Bytes of the largest file that is taken in one upload.
    public var largestUpload: Int64

    /// Whether the browser reaches the studio over TLS; the cookie is then kept from anything else.
    public var isOverTLS: Bool

    public init(
        studioEndpoint: String = "http://127.0.0.1:8080", blobEndpoint: String = "http://127.0.0.1:10000",
        sessionLifetime: Duration = .seconds(180 * 86_400), largestUpload: Int64 = 5_000 << 20, isOverTLS: Bool = false
    ) {
        self.studioEndpoint = studioEndpoint
        self.blobEndpoint = blobEndpoint
        self.sessionLifetime = sessionLifetime
        self.largestUpload = largestUpload
        self.isOverTLS = isOverTLS
    }
}
