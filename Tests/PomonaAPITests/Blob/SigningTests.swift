import HTTPTypes
import NIOCore
import PomonaStore
import Testing

@testable import PomonaAPI

/// The signatures were computed by another program (Python's hmac) with the published key of the development account.
@Suite("Signatures")
struct SigningTests {
    private let key: AccountKey

    init() throws { key = try #require(AccountKey(base64: BlobAccount.developmentKey)) }

    private func request(_ extra: [(String, String)] = [], metadata: [String: String] = [:]) throws -> BlobRequest {
        let sent: [(String, String)] =
            [
                ("Content-Type", "application/octet-stream"), ("Content-Length", "11"),
                ("x-ms-version", "2021-12-02"), ("x-ms-date", "Sun, 06 Nov 1994 08:49:37 GMT"),
                ("x-ms-meta-a-c", "3"), ("x-ms-meta-ab", "2"), ("x-ms-meta-a_b", "1"),
            ] + extra
        var headers = HTTPFields()
        for (name, value) in sent {
            headers.append(HTTPField(name: try #require(HTTPField.Name(name)), value: metadata[name] ?? value))
        }
        let head = HTTPRequest(
            method: .put, scheme: "http", authority: "127.0.0.1:10000",
            path: "/fruit/bowls/a%20b.jpg?comp=block&blockid=AA%3D%3D", headerFields: headers)
        return try BlobRequest(head, remoteAddress: nil)
    }

    private func isSigned(_ request: BlobRequest, _ signature: String) throws -> Bool {
        let sharedKey = try #require(SharedKey(authorization: "SharedKey fruit:\(signature)"))
        return sharedKey.isSigned(request, byAnyOf: [AccountKey.random(), key])
    }

    @Test(
        "SharedKey is known with the headers in each order that clients sort them in",
        arguments: [
            ("bytes", "VUHVTZxz84cdABmnQ2QNt0HK+oHzgKDmyOH8Q5Z6pFY="),
            ("words, as the service", "pJfgwvS2lKyNEyBgdWWpmGMZkHBEW25Vqb0ZsTnfab0="),
            ("letters, as the client for .NET", "R4s3jsBCbEcJDPoDvlUHM4pOo7ai+4UFTQJDJ/TcY/Y="),
        ])
    func orders(_ order: String, _ signature: String) throws {
        #expect(try isSigned(try request(), signature))
        // A proxy may add a date, which clients with x-ms-date have left out of what they signed.
        #expect(try isSigned(try request([("Date", "Sun, 06 Nov 1994 08:49:38 GMT")]), signature))
    }

    @Test("SharedKey is for one request alone")
    func others() throws {
        let signature = "VUHVTZxz84cdABmnQ2QNt0HK+oHzgKDmyOH8Q5Z6pFY="
        #expect(try !isSigned(try request(metadata: ["x-ms-meta-ab": "3"]), signature))
        #expect(try !isSigned(try request([("x-ms-meta-b", "")]), signature))
        #expect(try !isSigned(try request([("Range", "bytes=0-1")]), signature))
        #expect(SharedKey(authorization: "SharedKeyLite fruit:AA==") == nil)
        #expect(SharedKey(authorization: "SharedKey fruit") == nil)
    }

    @Test(
        "A service SAS is known in the forms of three ages",
        arguments: [
            ("2017-07-29", "XWjNu0twQbbLOkDkeDq0myQWy+5fh0giasJyoEe7pJI="),
            ("2018-11-09", "9qBCqs3Y7BVDxh9BWjPOPgW1whaN/yHTkXxXBqVU4YM="),
            ("2020-12-06", "widzDhr3GoIo0amob9lJy3mpD4dA94K7B+xpHWBXgGE="),
        ])
    func service(_ version: String, _ signature: String) throws {
        let query =
            "sp=r&st=2024-01-01&se=2034-01-01T00:00:00Z&spr=https,http&sr=b&sv=\(version)&sig=\(encoded(signature))"
        let sas = try #require(QueryItems(query[...]).flatMap { SharedAccessSignature($0) })
        let target = BlobTarget(account: "fruit", container: "bowls", blob: "a b.jpg")
        #expect(sas.isSigned(for: target, byAnyOf: [key]))
        #expect(!sas.isSigned(for: target, byAnyOf: [AccountKey.random()]))
        #expect(!sas.isSigned(for: BlobTarget(account: "fruit", container: "bowls", blob: "c.jpg"), byAnyOf: [key]))
    }

    @Test(
        "So is an account SAS",
        arguments: [
            ("2019-12-12", "ooptLEuTbMgT9D1Y575l/x6PE366fs1rW+niu78e8Ns="),
            ("2022-11-02", "OQMnCgImDPr+bp+BWlBekkvfeBT+3gqeG6pFFgPmQIM="),
        ])
    func account(_ version: String, _ signature: String) throws {
        let query = "sp=rl&ss=b&srt=co&se=2034-01-01T00:00:00Z&sv=\(version)&sig=\(encoded(signature))"
        let sas = try #require(QueryItems(query[...]).flatMap { SharedAccessSignature($0) })
        #expect(sas.isForAccount)
        #expect(sas.isSigned(for: BlobTarget(account: "fruit", container: "any", blob: "b"), byAnyOf: [key]))
        #expect(!sas.isSigned(for: BlobTarget(account: "other", container: "any", blob: "b"), byAnyOf: [key]))
    }

    private func encoded(_ signature: String) -> String { PercentCoding.encode(signature) }
}
