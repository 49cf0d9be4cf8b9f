import PomonaCore

/// Why something could not be fetched by URL.
enum RemoteError: PomonaError {
    case notAURL(String)
    case hostNotAllowed(String)
    case addressNotPublic(String)
    case unknownHost(String)
    case tooManyRedirects(String, limit: Int)
    case status(String, Int)
    case noRanges(String)
    case unreachable(String, reason: String)

    var code: String {
        switch self {
        case .notAURL: "notAURL"
        case .hostNotAllowed: "hostNotAllowed"
        case .addressNotPublic: "addressNotPublic"
        case .unknownHost: "unknownHost"
        case .tooManyRedirects: "tooManyRedirects"
        case .status: "status"
        case .noRanges: "noRanges"
        case .unreachable: "unreachable"
        }
    }

    var kind: ErrorKind { .usage }

    var message: String {
        switch self {
        case .notAURL(let text): "\"\(text.prefix(200))\" is not an absolute URL of http or https."
        case .hostNotAllowed(let host):
            "Nothing is fetched from \"\(host)\": it is not among the hosts that are allowed."
        case .addressNotPublic(let host):
            "Nothing is fetched from \"\(host)\": its address is of this machine or of a private network."
        case .unknownHost(let host): "The host \"\(host)\" is not known."
        case .tooManyRedirects(let url, let limit):
            "\"\(RemoteURL.withoutQuery(url))\" redirects more than \(limit) times."
        case .status(let url, let status): "\"\(RemoteURL.withoutQuery(url))\" answered with the status \(status)."
        case .noRanges(let url):
            "\"\(RemoteURL.withoutQuery(url))\" answered with all it has where a part was asked for."
        case .unreachable(let url, let reason): "\"\(RemoteURL.withoutQuery(url))\" could not be fetched: \(reason)."
        }
    }

    var hint: String? {
        switch self {
        case .hostNotAllowed: "Upload the file instead, or let the server's settings allow the host."
        default: nil
        }
    }
}
