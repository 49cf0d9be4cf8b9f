import HTTPTypes
import Hummingbird
import PomonaAPI

/// Refuses requests for another host: a page elsewhere whose name was made to point at this machine must not reach it.
struct HostCheckedResponder<Responder: HTTPResponder>: HTTPResponder where Responder.Context: RequestContext {
    let hosts: AllowedHosts
    let responder: Responder

    @concurrent func respond(to request: Request, context: Responder.Context) async throws -> Response {
        guard request.method == .head else { return try await answer(to: request, context: context) }
        // Whoever asks for the head alone takes a body for the beginning of the next answer.
        do {
            return try await answer(to: request, context: context).createHeadResponse()
        } catch let error as any HTTPResponseError {
            return try error.response(from: request, context: context).createHeadResponse()
        }
    }

    private func answer(to request: Request, context: Responder.Context) async throws -> Response {
        guard hosts.contains(request.head.authority) else { return AllowedHosts.refusal(of: request.head.authority) }
        return try await responder.respond(to: request, context: context)
    }
}

/// The names by which a server is known.
struct AllowedHosts: Sendable {
    let names: Set<String>

    /// - Parameters:
    ///   - host: the address that is listened on.
    ///   - others: further names.
    init(host: String, others: [String]) {
        names = Set((others + [host]).map { HouseAddresses.bracketed($0.lowercased()) })
            .union(["127.0.0.1", "localhost", "[::1]", "host.docker.internal"])
    }

    /// Whether a request's host, with or without a port, is one of them. Clients of HTTP 1.0 name none.
    func contains(_ authority: String?) -> Bool {
        guard let authority, !authority.isEmpty else { return true }
        let host = Self.host(of: authority)
        // Accounts in front of the host, as Azure writes them, are this machine's too.
        let labels = host.split(separator: ".", maxSplits: 2, omittingEmptySubsequences: false)
        let isAccount = labels.count == 3 && labels[1] == "blob" && names.contains(String(labels[2]))
        return isAccount || names.contains(host) || host.hasSuffix(".localhost")
    }

    /// Without the port.
    private static func host(of authority: String) -> String {
        var host = authority.lowercased()[...]
        if let colon = host.lastIndex(of: ":"), !host[colon...].contains("]") { host = host[..<colon] }
        return HouseAddresses.bracketed(String(host))
    }

    static func refusal(of authority: String?) -> Response {
        let isPlain = { (letter: Character) in
            letter.isASCII && (letter.isLetter || letter.isNumber || ".-_[]:".contains(letter))
        }
        let name = host(of: authority ?? "").filter(isPlain).prefix(100)
        return Response(
            status: .misdirectedRequest,
            headers: [.contentType: "text/plain; charset=utf-8", .xContentTypeOptions: "nosniff"],
            body: ResponseBody(
                byteBuffer: ByteBuffer(
                    string: "This server is not known by the host name \(name). If it should be, start it with "
                        + "--name \(name).\n")))
    }
}
