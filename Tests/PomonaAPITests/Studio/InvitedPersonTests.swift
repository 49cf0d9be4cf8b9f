import NIOHTTP1
import PomonaStore
import Testing

@Suite("What somebody sees who was invited to label")
struct InvitedPersonTests {
    @Test("the photos and the group of their project, and nothing else")
    func sight() async throws {
        try await withStudio { studio in
            let labeled = try await studio.container(named: "labeled", photos: ["a.jpg"])
            let secret = try await studio.container(named: "secret", photos: ["s.jpg"])
            _ = try await studio.post("/groups", ["name": "Vineyard"])
            let dataset = try await studio.dataset(in: labeled)
            let project = try #require(try await studio.post("/datasets/\(dataset)/projects", ["name": "label"]).id)
            let invitation = try await studio.post("/projects/\(project)/invitations", ["role": "labeler"])
            #expect(invitation.status == 201, "\(invitation)")
            let link = try #require(invitation.json["link"].text)
            let token = try #require(link.split(separator: "=").last)
            let opened = try await studio.send(.GET, "/sign-in?token=\(token)", isSignedIn: false)
            #expect(opened.status == 303)
            let cookie = try #require(
                opened.header("Set-Cookie")?.split(separator: ";").first?.split(separator: "=").last)
            let guest = StudioServer(
                store: studio.store, account: studio.account, port: studio.port, cookie: String(cookie))

            #expect(try await guest.get("/session").json["person"]["role"].text == "labeler")
            #expect(try await guest.get("/groups").json["items"].texts("name") == ["Orchard"])
            let own = try #require(
                try await studio.get("/containers/\(labeled)/blobs").json["items"][0]["id"].text)
            let other = try #require(
                try await studio.get("/containers/\(secret)/blobs").json["items"][0]["id"].text)
            #expect(try await guest.get("/blobs/\(own)/image").status == 200)
            #expect(try await guest.get("/blobs/\(own)/thumbnail?side=256").status == 200)
            #expect(try await guest.get("/blobs/\(other)/image").status == 404)
            #expect(try await guest.get("/blobs/\(own)/content").status == 403)
            #expect(try await guest.get("/containers/\(labeled)/blobs").status == 403)
            #expect(try await guest.get("/accounts/a\(studio.account.id)/keys").status == 403)
            #expect(try await guest.get("/groups/\(studio.group)/vision").status == 403)
            #expect(try await guest.get("/jobs").json["total"].number == 0)
            #expect(try await guest.delete("/groups/\(studio.group)", ["name": "Orchard"]).status == 403)
        }
    }
}
