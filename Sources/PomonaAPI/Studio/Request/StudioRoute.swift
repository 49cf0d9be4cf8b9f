import HTTPTypes
import Hummingbird

/// A method and a path with what answers it.
struct StudioRoute: Sendable {
    /// Who may call it.
    enum Access: Sendable {
        /// Also who is not signed in.
        case everybody
        /// Everybody who is signed in; the function checks the rest.
        case signedIn
        case owner
    }

    typealias Action = @Sendable (StudioAPI, StudioCall) async throws -> Response

    let method: HTTPRequest.Method

    /// Below ``StudioAPI/basePath``; a name in braces stands for an id, up to a suffix such as `:cancel`.
    let path: String
    let access: Access
    let run: Action

    init(_ method: HTTPRequest.Method, _ path: String, _ access: Access = .owner, _ run: @escaping Action) {
        self.method = method
        self.path = path
        self.access = access
        self.run = run
    }
}

/// Finds the route of a request.
struct StudioRouteTable: Sendable {
    private struct Entry: Sendable {
        var route: StudioRoute
        var parts: [Part]
    }

    private enum Part: Sendable {
        case text(String)
        case name(String, suffix: String)
    }

    /// By the number of their parts.
    private let entries: [Int: [Entry]]

    init(_ routes: [StudioRoute]) {
        var entries: [Int: [Entry]] = [:]
        for route in routes {
            let parts = route.path.split(separator: "/").map { part -> Part in
                guard part.first == "{", let end = part.firstIndex(of: "}") else { return .text(String(part)) }
                return .name(
                    String(part[part.index(after: part.startIndex)..<end]),
                    suffix: String(part[part.index(after: end)...]))
            }
            entries[parts.count, default: []].append(Entry(route: route, parts: parts))
        }
        self.entries = entries
    }

    /// - Throws: `404` for a path that is none, `405` for a method that it does not have.
    func route(of request: Request) throws(StudioFailure) -> (StudioRoute, names: [String: String]) {
        let path = request.uri.path
        guard path.hasPrefix(StudioAPI.basePath + "/") else { throw .noRoute(path) }
        let segments = path.dropFirst(StudioAPI.basePath.count).split(separator: "/")
        var others: Set<String> = []
        for entry in entries[segments.count] ?? [] {
            guard let names = Self.names(entry.parts, in: segments) else { continue }
            if entry.route.method == request.method { return (entry.route, names) }
            others.insert(entry.route.method.rawValue)
        }
        guard others.isEmpty else {
            throw StudioFailure(
                .methodNotAllowed, "methodNotAllowed",
                "\(request.method.rawValue) is not possible here; \(others.sorted().joined(separator: ", ")) is.")
        }
        throw .noRoute(path)
    }

    private static func names(_ parts: [Part], in segments: [Substring]) -> [String: String]? {
        var names: [String: String] = [:]
        for (part, segment) in zip(parts, segments) {
            switch part {
            case .text(let text):
                guard segment == text else { return nil }
            case .name(let name, let suffix):
                guard segment.hasSuffix(suffix), segment.count > suffix.count else { return nil }
                let value = segment.dropLast(suffix.count)
                // An action is another route: an id has no colon.
                guard !value.contains(":") else { return nil }
                names[name] = String(value)
            }
        }
        return names
    }
}
