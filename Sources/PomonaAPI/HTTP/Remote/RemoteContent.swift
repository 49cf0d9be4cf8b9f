import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1
import NIOPosix

/// Fetches by URL, from hosts that are allowed and at addresses that are public. Redirects are followed by hand, so that
/// each hop is judged like the first; and the address that was judged is the one that is called, whatever the name
/// resolves to a moment later.
struct RemoteContent: Sendable {
    let hosts: RemoteHosts

    /// Turns a name into the address to call.
    var resolve: @Sendable (_ host: String, _ port: Int) async throws -> SocketAddress = Self.systemAddress

    /// Whether an address may be called.
    var permits: @Sendable (SocketAddress) -> Bool = PublicAddress.contains

    static let maximumRedirects = 5

    /// What a server answered with.
    struct Opened: Sendable {
        var contentType: String?

        /// In bytes; `nil` where the server does not say it beforehand.
        var length: Int64?
        var bytes: Bytes
    }

    /// A body in pieces.
    struct Bytes: AsyncSequence, Sendable {
        typealias Element = [UInt8]
        typealias Failure = any Error

        let body: HTTPClientResponse.Body

        struct AsyncIterator: AsyncIteratorProtocol {
            var base: HTTPClientResponse.Body.AsyncIterator

            @concurrent mutating func next() async throws -> [UInt8]? {
                try await base.next().map { Array($0.readableBytesView) }
            }
        }

        func makeAsyncIterator() -> AsyncIterator { AsyncIterator(base: body.makeAsyncIterator()) }
    }

    /// Opens a URL and hands over what it answers; the connection ends with `use`.
    ///
    /// - Parameters:
    ///   - range: a value for the header `Range`; an answer with anything else is refused.
    ///   - conditions: further headers, such as `If-Match`, of which a server that has them answers 304 or 412 where they do
    ///     not hold.
    /// - Throws: ``RemoteError``, and what `use` throws.
    func open<Result: Sendable>(
        _ text: String, range: String? = nil, conditions: [(name: String, value: String)] = [],
        use: @Sendable (Opened) async throws -> Result
    ) async throws -> Result {
        guard var url = RemoteURL(text) else { throw RemoteError.notAURL(text) }
        for _ in 0...Self.maximumRedirects {
            switch try await hop(url, range: range, conditions, use: use) {
            case .done(let result): return result
            case .redirect(let location):
                guard let next = url.redirected(to: location) else { throw RemoteError.notAURL(location) }
                url = next
            }
        }
        throw RemoteError.tooManyRedirects(text, limit: Self.maximumRedirects)
    }

    private enum Hop<Result: Sendable>: Sendable {
        case done(Result)
        case redirect(String)
    }

    private func hop<Result: Sendable>(
        _ url: RemoteURL, range: String?, _ conditions: [(name: String, value: String)],
        use: @Sendable (Opened) async throws -> Result
    ) async throws -> Hop<Result> {
        var configuration = HTTPClient.Configuration(
            redirectConfiguration: .disallow, timeout: .init(connect: .seconds(10), read: .seconds(30)))
        configuration.dnsOverride = [url.host: try await address(of: url)]
        return try await HTTPClient.withHTTPClient(configuration: configuration) { client in
            // Not as it was typed: the client compares the host letter by letter with the one whose address was judged.
            var request = HTTPClientRequest(url: url.canonical)
            if let range { request.headers.add(name: "Range", value: range) }
            for condition in conditions { request.headers.add(name: condition.name, value: condition.value) }
            let response: HTTPClientResponse
            do {
                response = try await client.execute(request, timeout: .minutes(10))
            } catch let error as HTTPClientError {
                throw RemoteError.unreachable(url.text, reason: error.shortDescription)
            } catch let error as any Error & CustomStringConvertible {
                throw RemoteError.unreachable(url.text, reason: error.description)
            }
            if [301, 302, 303, 307, 308].contains(response.status.code),
                let location = response.headers.first(name: "Location")
            {
                return .redirect(location)
            }
            guard (200...299).contains(response.status.code) else {
                throw RemoteError.status(url.text, Int(response.status.code))
            }
            // Servers without ranges answer with everything, which is not what was asked for.
            guard range == nil || response.status.code == 206 else { throw RemoteError.noRanges(url.text) }
            return .done(
                try await use(
                    Opened(
                        contentType: response.headers.first(name: "Content-Type"),
                        length: response.headers.first(name: "Content-Length").flatMap { Int64($0) },
                        bytes: Bytes(body: response.body))))
        }
    }

    private func address(of url: RemoteURL) async throws -> String {
        guard hosts.contains(url.host, port: url.port) else { throw RemoteError.hostNotAllowed(url.authority) }
        let address: SocketAddress
        do {
            address = try await resolve(url.host, url.port ?? (url.isHTTPS ? 443 : 80))
        } catch {
            throw RemoteError.unknownHost(url.host)
        }
        guard permits(address), let text = address.ipAddress else { throw RemoteError.addressNotPublic(url.host) }
        return text
    }

    /// Asks the system's resolver, which blocks, on a thread made for such things.
    @Sendable private static func systemAddress(_ host: String, _ port: Int) async throws -> SocketAddress {
        try await NIOThreadPool.singleton.runIfActive {
            try SocketAddress.makeAddressResolvingHost(host, port: port)
        }
    }
}
