import HTTPTypes
import Hummingbird
import Logging
import Metrics
import NIOCore
import PomonaAPI
import Synchronization

/// Counts, times and logs every request of a port, and gives each an id that its answer and the logs share.
///
/// A route stands for what was asked for: paths hold the names of photos, and queries hold signatures, so neither is
/// written down.
struct ObservedResponder<Responder: HTTPResponder>: HTTPResponder where Responder.Context == APIRequestContext {
    /// Which of the server's ports it is.
    let port: String
    let responder: Responder

    @concurrent func respond(to request: Request, context: APIRequestContext) async throws -> Response {
        let trace = RequestTrace(id: context.id)
        var observation = RequestObservation(port: port, method: request.method, logger: context.logger)
        var response: Response
        do {
            response = try await RequestTrace.$current.withValue(trace) {
                try await responder.respond(to: request, context: context)
            }
        } catch {
            observation.route = trace.route ?? context.endpointPath
            observation.status = 500
            observation.end()
            context.logger.error("A request failed", metadata: ["error": "\(error)"])
            throw error
        }
        if let name = HTTPField.Name("X-Request-ID") { response.headers[name] = trace.id }
        observation.route = trace.route ?? context.endpointPath
        observation.status = response.status.code
        // A short answer leaves in one piece with its head, and one to HEAD has none.
        if request.method != .head, response.body.contentLength.map({ $0 > 1 << 20 }) ?? true {
            response.body = Self.observed(response.body, observation)
        } else {
            observation.end()
        }
        return response
    }

    /// A body with whose end the observation ends.
    private static func observed(_ body: ResponseBody, _ observation: RequestObservation) -> ResponseBody {
        ResponseBody(contentLength: body.contentLength) { writer in
            defer { observation.end() }
            try await body.write(writer)
        }
    }
}

/// What is counted and logged of one request.
struct RequestObservation: Sendable {
    private static let methods: Set<HTTPRequest.Method> = [.get, .head, .put, .post, .patch, .delete, .options]

    let port: String
    let method: String
    let logger: Logger
    var route: String?
    var status = 0
    private let start = ContinuousClock.now

    init(port: String, method: HTTPRequest.Method, logger: Logger) {
        self.port = port
        self.logger = logger
        // Words of the client's own could be as many as there are requests.
        self.method = Self.methods.contains(method) ? method.rawValue : "other"
    }

    func end() {
        let duration = ContinuousClock.now - start
        let route = route ?? "none"
        let meters = RequestMeters.of(.init(port: port, method: method, route: route, status: status))
        meters.count.increment()
        meters.duration.recordNanoseconds(
            Int64(
                clamping: duration.components.seconds * 1_000_000_000 + duration.components.attoseconds / 1_000_000_000)
        )
        // Someone who watches the terminal wants to hear of what was refused, not of every photo that was shown.
        logger.log(
            level: status >= 400 ? .info : .debug, "Request",
            metadata: [
                "port": "\(port)", "method": "\(method)", "route": "\(route)", "status": "\(status)",
                "milliseconds":
                    "\(duration.components.seconds * 1_000 + duration.components.attoseconds / 1_000_000_000_000_000)",
            ])
    }
}

/// What counts and times the requests of one kind. Its names are put together once, and not with every request.
private struct RequestMeters: Sendable {
    struct Kind: Hashable {
        var port: String
        var method: String
        var route: String
        var status: Int
    }

    let count: Counter
    let duration: Metrics.Timer

    private static let known = Mutex<[Kind: RequestMeters]>([:])

    static func of(_ kind: Kind) -> RequestMeters {
        known.withLock { known in
            if let meters = known[kind] { return meters }
            let dimensions = [
                ("port", kind.port), ("http.request.method", kind.method), ("http.route", kind.route),
                ("http.response.status_code", "\(kind.status)"),
            ]
            let meters = RequestMeters(
                count: Counter(label: "http.server.requests", dimensions: dimensions),
                duration: Metrics.Timer(label: "http.server.request.duration", dimensions: dimensions))
            known[kind] = meters
            return meters
        }
    }
}
