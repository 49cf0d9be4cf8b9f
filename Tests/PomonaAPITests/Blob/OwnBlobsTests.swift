import PomonaStore
import Testing

@testable import PomonaAPI

@Suite("URLs of a server's own blobs")
struct OwnBlobsTests {
    private let blobs = OwnBlobs(authorities: [
        "127.0.0.1:10000", "localhost:10000", "studio.example:443", "[::1]:10000",
    ])
    private let address = BlobAddress(
        container: ContainerAddress(account: "fruit", name: "bowls"), name: "red/a b.jpg")

    @Test(
        "are known in both forms, with and without what the scheme has as its port",
        arguments: [
            "http://127.0.0.1:10000/fruit/bowls/red/a%20b.jpg",
            "http://LOCALHOST:10000/fruit/bowls/red/a%20b.jpg?sig=x",
            "http://fruit.blob.localhost:10000/bowls/red/a%20b.jpg",
            "http://fruit-secondary.blob.localhost:10000/bowls/red/a%20b.jpg",
            "http://127.0.0.1:10000/fruit-secondary/bowls/red/a%20b.jpg",
            "https://studio.example/fruit/bowls/red/a%20b.jpg", "https://studio.example:443/fruit/bowls/red/a%20b.jpg",
            "https://fruit.blob.studio.example/bowls/red/a%20b.jpg", "http://[::1]:10000/fruit/bowls/red/a%20b.jpg",
        ])
    func own(_ url: String) {
        #expect(blobs.target(of: url)?.blobAddress == address)
    }

    @Test(
        "are told from those of others",
        arguments: [
            "http://127.0.0.1:10001/fruit/bowls/a.jpg", "http://127.0.0.1/fruit/bowls/a.jpg",
            "http://studio.example/fruit/bowls/a.jpg", "http://evil-localhost:10000/fruit/bowls/a.jpg",
            "http://fruit.blob.example:10000/bowls/a.jpg", "http://fruit.table.localhost:10000/bowls/a.jpg",
            "http://user@localhost:10000/fruit/bowls/a.jpg", "ftp://localhost:10000/fruit/bowls/a.jpg",
            "http://localhost:10000@example.org/fruit/bowls/a.jpg", "fruit/bowls/a.jpg", "",
        ])
    func others(_ url: String) {
        #expect(blobs.target(of: url) == nil)
    }
}
