import AsyncHTTPClient
import NIOCore
import NIOSSL
import PomonaCore

/// Why a command and a server did not come together.
enum HouseClientError: PomonaError {
    case unreachable(String, reason: String)
    case brokenOff(String, reason: String)
    case certificate(String, chain: String, reason: String)
    case file(String, reason: String)

    /// Puts what the HTTP client threw into words.
    ///
    /// - Parameter server: the server's address.
    init(_ error: any Error, server: String) {
        switch error {
        case let error as HouseClientError: self = error
        case let error as IOError: self = .unreachable(server, reason: error.localizedDescription)
        case let error as HTTPClientError: self = Self.of(error, server)
        case let error as any PomonaError: self = .brokenOff(server, reason: error.message)
        default: self = .brokenOff(server, reason: "\(error)")
        }
    }

    private static func of(_ error: HTTPClientError, _ server: String) -> HouseClientError {
        switch error {
        case .connectTimeout: .unreachable(server, reason: "nobody answered within 10 s")
        case .remoteConnectionClosed: .brokenOff(server, reason: "the server ended it")
        case .readTimeout: .brokenOff(server, reason: "the server did not answer for an hour")
        case .writeTimeout: .brokenOff(server, reason: "the server took nothing for two minutes")
        case .bodyLengthMismatch: .brokenOff(server, reason: "the file changed its length while it was sent")
        case .cancelled: .brokenOff(server, reason: "it was cancelled")
        default: .brokenOff(server, reason: error.shortDescription)
        }
    }

    static func isOfTLS(_ error: any Error) -> Bool {
        error is NIOSSLError || error is NIOSSLExtraError || error is BoringSSLError
    }

    var code: String {
        switch self {
        case .unreachable: "serverUnreachable"
        case .brokenOff: "connectionBroken"
        case .certificate: "certificateRefused"
        case .file: "fileUnreadable"
        }
    }

    var message: String {
        switch self {
        case .unreachable(let server, let reason): "The server at \(server) cannot be reached: \(reason)."
        case .brokenOff(let server, let reason): "The connection to the server at \(server) broke off: \(reason)."
        case .certificate(let server, let chain, let reason):
            "The certificate of the server at \(server) cannot be checked with \(chain): \(reason)."
        case .file(let path, let reason): "\(path) cannot be read: \(reason)."
        }
    }

    var hint: String? {
        switch self {
        case .unreachable, .brokenOff: "See what the server says in its own window or log, and repeat the command."
        case .certificate:
            "Add the certificate of the authority that signed it to the end of that file; if the file was renewed, start "
                + "the server again."
        case .file: nil
        }
    }

    var kind: ErrorKind {
        switch self {
        case .unreachable, .brokenOff: .resource
        case .certificate: .usage
        case .file: .missing
        }
    }
}

/// A refusal of the server in its own words.
struct HouseRefusal: PomonaError {
    var code: String
    var message: String
    var hint: String?
    var kind: ErrorKind
    /// What the doctor found, where labels were refused.
    var report: JSON?

    init(status: Int, _ answer: JSON?) {
        let error = answer?["error"] ?? .null
        code = error["code"].text ?? "status\(status)"
        message = error["message"].text ?? "The server answered with the status \(status)."
        hint = error["hint"].text
        report = answer.flatMap { $0["report"] == .null ? nil : $0["report"] }
        kind =
            switch status {
            case 404: .missing
            case 409: .conflict
            case 401, 403, 405: .usage
            case 400, 413, 422: .badData
            case 503, 507: .resource
            default: .internal
            }
    }
}
