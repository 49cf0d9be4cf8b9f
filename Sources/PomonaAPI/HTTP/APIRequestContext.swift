public import Hummingbird
import Logging
public import NIOCore

/// What the routes of this module know of a request beside the request itself.
public struct APIRequestContext: RequestContext {
    public var coreContext: CoreRequestContextStorage

    /// Where the request came from; `nil` for requests that no socket brought.
    public let remoteAddress: SocketAddress?

    public init(source: ApplicationRequestContextSource) {
        coreContext = CoreRequestContextStorage(source: source)
        remoteAddress = source.channel.remoteAddress
    }
}
