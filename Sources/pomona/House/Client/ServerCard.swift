import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1
import NIOSSL
import PomonaStore

/// What a running server leaves in its data folder for commands of the same person: where it is, and a session. Readable
/// to its owner only.
struct ServerCard: Codable, Sendable {
    var studio: String
    var session: String
    /// A word of this run that `/health` says too: after a crash something else may answer on the port.
    var instance: String
    /// The path of the server's certificate chain, where it serves over TLS.
    var certificates: String?

    private static func file(in folder: URL) -> URL { folder.appending(path: "server.json") }

    static func read(in folder: URL) -> ServerCard? {
        (try? Data(contentsOf: file(in: folder))).flatMap { try? JSONDecoder().decode(ServerCard.self, from: $0) }
    }

    /// The session of a card that was left by a crash, also by a program whose cards held less.
    static func session(in folder: URL) -> String? {
        struct Session: Decodable { var session: String }
        return (try? Data(contentsOf: file(in: folder)))
            .flatMap { try? JSONDecoder().decode(Session.self, from: $0) }?.session
    }

    /// Puts the card in its place whole: a command that looks at it never sees half of it.
    func write(in folder: URL) throws {
        let path = Self.file(in: folder).path
        let temporary = "\(path).\(instance)"
        // Made with its rights, so that nobody can open it before they are set.
        let data = try JSONEncoder().encode(self)
        guard FileManager.default.createFile(atPath: temporary, contents: data, attributes: [.posixPermissions: 0o600])
        else {
            throw CommandError.cannotWrite(path: path, reason: String(cString: strerror(errno)))
        }
        guard rename(temporary, path) == 0 else {
            let reason = String(cString: strerror(errno))
            try? FileManager.default.removeItem(atPath: temporary)
            throw CommandError.cannotWrite(path: path, reason: reason)
        }
    }

    static func remove(in folder: URL) { try? FileManager.default.removeItem(at: file(in: folder)) }

    /// A client that believes this server: over TLS by its own certificates as well as by public ones. The name in a
    /// certificate is the one that others use, not this machine's loopback address.
    func client() -> HTTPClient {
        // No limit for a whole call, which may bring gigabytes; the server may think for a while about what it got.
        var configuration = HTTPClient.Configuration(
            timeout: .init(connect: .seconds(10), read: .minutes(60), write: .minutes(2)))
        // A server that is not there is known at once.
        configuration.connectionPool.retryConnectionEstablishment = false
        if let certificates {
            var tls = TLSConfiguration.makeClientConfiguration()
            tls.additionalTrustRoots = [.file(certificates)]
            tls.certificateVerification = .noHostnameVerification
            if (try? NIOSSLContext(configuration: tls)) == nil {
                // A machine without public certificates.
                tls.trustRoots = .file(certificates)
                tls.additionalTrustRoots = []
            }
            configuration.tlsConfiguration = tls
        }
        return HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
    }

    /// Whether the server is there still.
    ///
    /// - Throws: ``HouseClientError`` where a server is there that cannot be believed.
    func answers(_ http: HTTPClient) async throws -> Bool {
        struct Health: Decodable { var instance: String? }
        let request = HTTPClientRequest(url: studio + "/health")
        do {
            let response = try await http.execute(request, timeout: .seconds(5))
            let body = try await response.body.collect(upTo: 1 << 16)
            let health = try? JSONDecoder().decode(Health.self, from: Data(body.readableBytesView))
            return response.status == .ok && health?.instance == instance
        } catch {
            guard HouseClientError.isOfTLS(error), let certificates else { return false }
            throw HouseClientError.certificate(studio, chain: certificates, reason: "\(error)")
        }
    }
}
