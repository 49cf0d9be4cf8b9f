public import NIOCore
import NIOHTTP1

/// Tells clients that wait for it that their body is wanted (RFC 9110 section 10.1.1): curl waits a second before bodies
/// above a megabyte, and .NET after it was asked to slow down.
///
/// A server is given this one with its additional handlers. Those come after the translation to the types of requests that
/// routes see, so it puts what does the work before that.
public final class ContinueHandlers: ChannelInboundHandler, RemovableChannelHandler, Sendable {
    public typealias InboundIn = NIOAny
    public typealias InboundOut = NIOAny

    public init() {}

    public func handlerAdded(context: ChannelHandlerContext) {
        let pipeline = context.pipeline.syncOperations
        // Without a decoder this is no server of HTTP 1, and there is nothing to tell.
        guard let decoder = try? pipeline.handler(type: ByteToMessageHandler<HTTPRequestDecoder>.self) else { return }
        try? pipeline.addHandler(ContinueHandler(), position: .after(decoder))
    }

    public func channelRead(context: ChannelHandlerContext, data: NIOAny) { context.fireChannelRead(data) }
}

/// Answers each `Expect: 100-continue` as soon as it has come, whatever becomes of the request.
private final class ContinueHandler: ChannelDuplexHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias InboundOut = HTTPServerRequestPart
    typealias OutboundIn = HTTPServerResponsePart
    typealias OutboundOut = HTTPServerResponsePart

    /// Requests whose answer has not ended.
    private var pending = 0

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        if case .head(let head) = unwrapInboundIn(data) {
            pending += 1
            // Within the answer to an earlier request it would be taken for a part of that; who sends requests in advance
            // does not wait.
            if pending == 1, head.version == .http1_1, head.headers[canonicalForm: "expect"].contains("100-continue") {
                context.writeAndFlush(
                    wrapOutboundOut(.head(HTTPResponseHead(version: head.version, status: .continue))), promise: nil)
            }
        }
        context.fireChannelRead(data)
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        if case .end = unwrapOutboundIn(data) { pending -= 1 }
        context.write(data, promise: promise)
    }
}
