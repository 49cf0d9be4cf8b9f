import Crypto
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import PomonaWeb

extension StudioAPI {
    private static let contentSecurityPolicy = """
        default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; \
        media-src 'self' blob:; connect-src 'self'; manifest-src 'self'; form-action 'self'; frame-ancestors 'none'; \
        base-uri 'none'
        """

    /// Adds the sign-in link, the files of the page and the page itself, which answers whatever else is asked for.
    func addPage<Context: RequestContext>(to router: Router<Context>) {
        router.get("assets/**") { request, _ in
            let path = request.uri.path.dropFirst("/assets/".count)
            guard let name = PercentCoding.decode(path), let file = web?.file(name) else {
                return Self.plain("There is no such file.\n", status: .notFound)
            }
            return Self.answer(file, to: request)
        }
        router.get("sign-in") { request, _ in
            let query = QueryItems(request.uri.query.map { $0[...] } ?? "")
            if let token = query?.nonEmpty("token") {
                return await openLink(token, session: SessionCookie.token(in: request.headers))
            }
            return page(request)
        }
        for path in ["", "**"] as [RouterPath] {
            router.get(path) { request, _ in page(request) }
        }
    }

    private func page(_ request: Request) -> Response {
        guard let web else {
            return Self.plain(
                "The files of the page were not found. Start the server with POMONA_WEB set to their folder; "
                    + "everything else works without them.\n", status: .serviceUnavailable)
        }
        guard let file = web.file("index.html") else {
            return Self.plain("The page's index.html is missing in \(web.folder).\n", status: .serviceUnavailable)
        }
        return Self.answer(file, to: request)
    }

    private static func answer(_ file: WebFile, to request: Request) -> Response {
        let hash = SHA256.hash(data: file.bytes).prefix(16).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }
            .joined()
        var headers = guarded
        headers[.eTag] = "\"\(hash)\""
        headers[.cacheControl] = "no-cache"
        if request.headers[.ifNoneMatch]?.contains(hash) == true {
            return Response(status: .notModified, headers: headers)
        }
        headers[.contentType] = file.mediaType
        return Response(
            status: .ok, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: file.bytes)))
    }

    private static func plain(_ text: String, status: HTTPResponse.Status) -> Response {
        var headers = guarded
        headers[.contentType] = "text/plain; charset=utf-8"
        return Response(status: status, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
    }

    /// What keeps the page from being used against its person.
    static var guarded: HTTPFields {
        var headers: HTTPFields = [.contentSecurityPolicy: contentSecurityPolicy, .xContentTypeOptions: "nosniff"]
        headers.set("Referrer-Policy", "no-referrer")
        return headers
    }
}
