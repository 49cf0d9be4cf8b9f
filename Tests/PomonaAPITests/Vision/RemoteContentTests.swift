import HTTPTypes
import Hummingbird
import NIOCore
import Testing

@testable import PomonaAPI

@Suite("RemoteContent")
struct RemoteContentTests {
    @Test(
        "Addresses of this machine, of private networks and of clouds' metadata are not public",
        arguments: [
            "127.0.0.1", "10.1.2.3", "172.16.0.1", "172.31.255.255", "192.168.0.1", "169.254.169.254", "100.64.0.1",
            "0.0.0.0", "224.0.0.1", "255.255.255.255", "::1", "::", "fe80::1", "fc00::1", "::ffff:10.0.0.1",
            "64:ff9b::7f00:1", "2002:7f00:1::", "2001:db8::1",
        ])
    func privateAddresses(_ text: String) throws {
        #expect(!PublicAddress.contains(try SocketAddress(ipAddress: text, port: 80)))
    }

    @Test("Others are", arguments: ["8.8.8.8", "172.32.0.1", "192.169.0.1", "2606:4700::1111", "::ffff:8.8.8.8"])
    func publicAddresses(_ text: String) throws {
        #expect(PublicAddress.contains(try SocketAddress(ipAddress: text, port: 80)))
    }

    @Test("The client is given the very host whose address was judged, however it was typed")
    func canonical() throws {
        let url = try #require(RemoteURL("HTTP://A.Example.ORG:80/Path%20A?Sig=a%2Fb"))
        #expect(url.canonical == "http://a.example.org/Path%20A?Sig=a%2Fb")
        #expect(RemoteURL("https://[2001:DB8::1]:8443/")?.canonical == "https://[2001:db8::1]:8443/")
    }

    /// Serves at a name that stands for this machine, and reads from there what a path answers.
    private func read(
        _ path: String, hosts: [String], range: String? = nil, ifMatch: String? = nil
    ) async throws -> [UInt8] {
        let router = Router(context: APIRequestContext.self)
        router.get("photo") { _, _ in "bytes" }
        router.get("part") { request, _ in
            guard request.headers[.ifMatch] ?? "\"1\"" == "\"1\"" else { throw HTTPError(.preconditionFailed) }
            guard request.headers[.range] == "bytes=1-2" else { throw HTTPError(.rangeNotSatisfiable) }
            return Response(status: .partialContent, body: ResponseBody(byteBuffer: ByteBuffer(string: "yt")))
        }
        func redirect(_ from: RouterPath, to location: String) {
            router.get(from) { _, _ in Response(status: .found, headers: [.location: location]) }
        }
        redirect("near", to: "/photo")
        redirect("inside", to: "http://10.0.0.1/secret")
        redirect("metadata", to: "http://169.254.169.254/latest")
        redirect("elsewhere", to: "http://other.example/")
        redirect("file", to: "file:///etc/passwd")
        redirect("round", to: "/round")
        return try await withServer(router.buildResponder()) { port in
            var remote = RemoteContent(
                hosts: RemoteHosts(Set(hosts.map { $0 == "photos.example" ? "\($0):\(port)" : $0 })))
            remote.resolve = { host, askedPort in
                host == "photos.example"
                    ? try SocketAddress(ipAddress: "127.0.0.1", port: port)
                    : try SocketAddress(ipAddress: host, port: askedPort)
            }
            remote.permits = { $0.port == port || PublicAddress.contains($0) }
            return try await remote.open(
                "http://photos.example:\(port)/\(path)", range: range,
                conditions: ifMatch.map { [(name: "If-Match", value: $0)] } ?? []
            ) { opened in
                try await opened.bytes.reduce(into: []) { $0 += $1 }
            }
        }
    }

    @Test("A redirect within the host is followed")
    func near() async throws {
        #expect(try await read("near", hosts: ["photos.example"]) == Array("bytes".utf8))
    }

    @Test(
        "A redirect to a private address is not followed, though its host were allowed",
        arguments: [("inside", "10.0.0.1"), ("metadata", "169.254.169.254")])
    func inside(_ path: String, _ host: String) async throws {
        let error = await #expect(throws: RemoteError.self) {
            _ = try await read(path, hosts: ["photos.example", host])
        }
        guard case .addressNotPublic(host) = try #require(error) else {
            Issue.record("\(String(describing: error))")
            return
        }
    }

    @Test("Nor to a host that is not allowed, to a file, or in a circle", arguments: ["elsewhere", "file", "round"])
    func refused(_ path: String) async {
        await #expect(throws: RemoteError.self) { _ = try await read(path, hosts: ["photos.example"]) }
    }

    @Test("A part is taken as a part, and never a whole for it")
    func ranges() async throws {
        let hosts = ["photos.example"]
        #expect(try await read("part", hosts: hosts, range: "bytes=1-2") == Array("yt".utf8))
        await #expect {
            _ = try await read("photo", hosts: hosts, range: "bytes=1-2")
        } throws: { error in
            if case RemoteError.noRanges = error { true } else { false }
        }
    }

    @Test("Conditions are for the server that has it")
    func conditions() async throws {
        let hosts = ["photos.example"]
        #expect(try await read("part", hosts: hosts, range: "bytes=1-2", ifMatch: "\"1\"") == Array("yt".utf8))
        await #expect {
            _ = try await read("part", hosts: hosts, range: "bytes=1-2", ifMatch: "\"2\"")
        } throws: { error in
            if case RemoteError.status(_, 412) = error { true } else { false }
        }
    }
}
