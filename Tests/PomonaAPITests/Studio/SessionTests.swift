import NIOHTTP1
import PomonaStore
import Testing

@Suite("Signing in and the page")
struct SessionTests {
    @Test("a link signs in once, with a cookie that scripts cannot read")
    func link() async throws {
        try await withStudio { studio in
            let owner = try await studio.store.catalog.owner()
            let token = try await studio.store.catalog.makeSignInLink(for: owner.id, validFor: .seconds(60))
            let first = try await studio.send(.GET, "/sign-in?token=\(token)", isSignedIn: false)
            #expect(first.status == 303)
            #expect(first.header("Location") == "/")
            let cookie = try #require(first.header("Set-Cookie"))
            for part in ["pomona_session=", "HttpOnly", "SameSite=Strict", "Path=/"] { #expect(cookie.contains(part)) }
            let second = try await studio.send(.GET, "/sign-in?token=\(token)", isSignedIn: false)
            #expect(second.status == 303)
            #expect(second.header("Location") == "/sign-in?failed=1")
            #expect(second.header("Set-Cookie") == nil)
        }
    }

    @Test("a link's token can be sent by the page, once")
    func token() async throws {
        try await withStudio { studio in
            let owner = try await studio.store.catalog.owner()
            let token = try await studio.store.catalog.makeSignInLink(for: owner.id, validFor: .seconds(60))
            let body = TestJSON.object(["token": .text(token)]).bytes
            let first = try await studio.send(.POST, "/api/v1/session", body: body, isSignedIn: false)
            #expect(first.status == 200)
            #expect(first.json["person"]["role"].text == "owner")
            let second = try await studio.send(.POST, "/api/v1/session", body: body, isSignedIn: false)
            #expect(second.status == 401)
            #expect(second.code == "linkUsed")
        }
    }

    @Test("without a session, or from another page, nothing is answered")
    func refusals() async throws {
        try await withStudio { studio in
            let stranger = try await studio.send(.GET, "/api/v1/groups", isSignedIn: false)
            #expect(stranger.status == 401)
            #expect(stranger.code == "notSignedIn")
            let foreign = try await studio.send(
                .POST, "/api/v1/groups", body: TestJSON.object(["name": "x"]).bytes, isFromPage: false)
            #expect(foreign.status == 403)
            #expect(foreign.code == "crossSiteRequest")
            #expect(try await studio.get("/nothing").status == 404)
            #expect(try await studio.delete("/session/more").status == 404)
            #expect(try await studio.post("/about").status == 405)
            let words = try await studio.send(.POST, "/api/v1/groups", body: Array("{".utf8))
            #expect(words.status == 400)
            #expect(words.code == "invalidRequest")
            let type = try await studio.post("/groups", ["name": 7])
            #expect(type.status == 422)
            #expect(type.field == "name")
        }
    }

    @Test("a person can be renamed and signs out")
    func leaving() async throws {
        try await withStudio { studio in
            #expect(try await studio.patch("/session", ["name": "Ada"]).json["person"]["name"].text == "Ada")
            let session = try await studio.get("/session")
            #expect(session.json["person"]["name"].text == "Ada")
            #expect(session.json["defaultGroupID"].text == studio.group)
            #expect(session.json["event"].number != nil)
            #expect(try await studio.delete("/session").status == 204)
            #expect(try await studio.get("/session").status == 401)
        }
    }

    @Test("the page and its files come with headers that protect them, and are not sent twice")
    func page() async throws {
        try await withStudio { studio in
            for path in ["/", "/storage/containers/c1", "/sign-in?failed=1"] {
                let page = try await studio.send(.GET, path, isSignedIn: false)
                #expect(page.status == 200)
                #expect(page.header("Content-Type") == "text/html; charset=utf-8")
                #expect(page.header("Content-Security-Policy")?.hasPrefix("default-src 'none'") == true)
                #expect(page.header("X-Content-Type-Options") == "nosniff")
                #expect(page.header("Referrer-Policy") == "no-referrer")
            }
            let module = try await studio.send(.GET, "/assets/app/main.js", isSignedIn: false)
            #expect(module.status == 200)
            #expect(module.header("Cache-Control") == "no-cache")
            let tag = try #require(module.header("ETag"))
            let again = try await studio.send(
                .GET, "/assets/app/main.js", headers: ["If-None-Match": tag], isSignedIn: false)
            #expect(again.status == 304)
            #expect(again.bytes.isEmpty)
            for path in ["/assets/nothing.js", "/assets/../WebResources.swift", "/assets/%2e%2e/WebResources.swift"] {
                #expect(try await studio.send(.GET, path, isSignedIn: false).status == 404)
            }
        }
    }
}
