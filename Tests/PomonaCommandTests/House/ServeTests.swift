import Foundation
import Testing

@Suite("pomona serve", .serialized)
struct ServeTests {
    /// Runs a server on a new folder.
    private func withHouse(_ arguments: String..., body: (RunningHouse) async throws -> Void) async throws {
        let data = FileManager.default.temporaryDirectory.appendingPathComponent("house-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: data) }
        let house = try await RunningHouse(data: data, options: arguments)
        defer { house.stop() }
        try await body(house)
    }

    /// What the studio asks of its owner's browser.
    private func owner(_ house: RunningHouse) throws -> [String: String] {
        ["Cookie": "pomona_session=\(try #require(try house.card["session"]))", "X-Pomona": "1"]
    }

    @Test("With --json the first line has every address and key, and they open what they name")
    func announcement() async throws {
        try await withHouse("--json") { house in
            let said = try await house.announcement()
            #expect(
                Set(said.keys) == [
                    "studio", "signInLink", "visionEndpoint", "visionKey", "blobEndpoint", "accountName", "accountKey",
                    "connectionString",
                ])
            let studio = try #require(said["studio"])
            let link = try #require(said["signInLink"])
            #expect(link.hasPrefix(studio + "/sign-in?token="))
            let connection = try #require(said["connectionString"])
            #expect(connection.contains("AccountKey=\(said["accountKey"] ?? "-");"))
            #expect(connection.contains("BlobEndpoint=\(said["blobEndpoint"] ?? "-");"))
            let signedIn = try WebCall("GET", link)
            #expect(signedIn.status == 303 && signedIn.headers["location"] == "/")
            #expect(signedIn.headers["set-cookie"]?.contains("HttpOnly") == true)
            #expect(try WebCall("GET", link).headers["location"] == "/sign-in?failed=1")
            let models = studio + "/computervision/models?api-version=2023-04-01-preview"
            let key = try #require(said["visionKey"])
            #expect(try WebCall("GET", models, headers: ["Ocp-Apim-Subscription-Key": key]).status == 200)
            #expect(try WebCall("GET", models, headers: ["Ocp-Apim-Subscription-Key": "another"]).status == 401)
        }
    }

    @Test("A request for another host is refused on both ports, in words that say what would let it in")
    func hosts() async throws {
        try await withHouse("--json", "--name", "Studio.Test", "--name", "other.test") { house in
            let said = try await house.announcement()
            let studio = try #require(said["studio"])
            #expect(studio.hasPrefix("http://studio.test:"))
            #expect(said["signInLink"]?.hasPrefix(studio) == true)
            #expect(said["blobEndpoint"]?.hasPrefix("http://studio.test:") == true)
            #expect(said["connectionString"]?.contains("BlobEndpoint=http://studio.test:") == true)
            // A command need not know how this machine is called elsewhere.
            #expect(try house.card["studio"]?.hasPrefix("http://127.0.0.1:") == true)
            try house.must("group", "list")
            for address in [studio + "/health", (said["blobEndpoint"] ?? "") + "?comp=list"] {
                for host in ["evil.example", "evil.example:8080", "127.0.0.1.evil.example", "[::2]:80"] {
                    let refused = try WebCall("GET", address, host: host)
                    #expect(refused.status == 421, "\(host)")
                    #expect(refused.body.contains("--name"), "\(refused.body)")
                }
                for host in ["studio.test", "OTHER.test:80", "127.0.0.1:1", "localhost", "[::1]:8080", "a.localhost"] {
                    #expect(try WebCall("GET", address, host: host).status != 421, "\(host)")
                }
            }
            let refused = try WebCall("GET", studio + "/health", host: "evil.example:8080")
            #expect(refused.body.contains("--name evil.example"), "\(refused.body)")
        }
    }

    @Test("Whoever else has an account on this machine can read nothing of the folder")
    func modes() async throws {
        try await withHouse { house in
            try house.must("group", "create", "fruit", "--storage-account", "fruitstore")
            try house.must("storage", "create", "fruitstore", "--container", "photos", "--group", "fruit")
            try house.must("storage", "upload", "photos", house.data + "/lock", "--group", "fruit")
            let all = try #require(FileManager.default.enumerator(atPath: house.data))
            var paths = [house.data]
            for case let name as String in all { paths.append("\(house.data)/\(name)") }
            #expect(paths.contains { $0.hasSuffix("/server.json") } && paths.contains { $0.hasSuffix(".sqlite") })
            for path in paths {
                let attributes = try FileManager.default.attributesOfItem(atPath: path)
                let mode = try #require(attributes[.posixPermissions] as? NSNumber).intValue
                let isFolder = attributes[.type] as? FileAttributeType == .typeDirectory
                #expect(mode == (isFolder ? 0o700 : 0o600), "\(path) \(String(mode, radix: 8))")
            }
        }
    }

    @Test("Requests are logged by their routes and ids, and no key, token, session or signature ever is")
    func logs() async throws {
        try await withHouse("--json", "--log-level", "debug") { house in
            let said = try await house.announcement()
            let owner = try owner(house)
            let studio = try #require(said["studio"])
            let groups = try WebCall("GET", studio + "/api/v1/groups?limit=7", headers: owner)
            #expect(groups.status == 200)
            let id = try #require(groups.headers["x-request-id"])
            let keys = try WebCall("GET", studio + "/api/v1/accounts/a1/keys", headers: owner)
            let expiry = #"{"permissions":"rl","expiresAt":"2099-01-01T00:00:00Z"}"#
            let signature = try WebCall("POST", studio + "/api/v1/accounts/a1/sas", headers: owner, body: expiry)
            let address = try #require(try Self.json(signature)["url"] as? String)
            let query = try #require(address.split(separator: "?").last)
            let list = try WebCall("GET", (said["blobEndpoint"] ?? "") + "?comp=list&\(query)")
            #expect(list.status == 200, "\(list)")
            #expect(list.headers["x-ms-request-id"] == list.headers["x-request-id"])
            _ = try WebCall("GET", try #require(said["signInLink"]))
            let key = try #require(said["visionKey"])
            let models = studio + "/computervision/models?api-version=2023-04-01-preview"
            let shown = try WebCall("GET", models, headers: ["Ocp-Apim-Subscription-Key": key])
            #expect(shown.headers["apim-request-id"] == shown.headers["x-request-id"])
            #expect(keys.body.contains(said["accountKey"] ?? "-"))

            let words = try house.words
            let line = try #require(words.split(separator: "\n").first { $0.contains(id) && $0.contains("route=") })
            #expect(line.contains("/api/v1/groups") && line.contains("status=200") && line.contains("method=GET"))
            #expect(words.contains("listContainers"), "\(words)")
            let sig = try #require(query.split(separator: "&").first { $0.hasPrefix("sig=") }).dropFirst(4)
            let token = try #require(said["signInLink"]?.split(separator: "=").last)
            let session = try #require(try house.card["session"])
            for secret in [key, said["accountKey"] ?? "-", String(sig), String(token), session, "limit=7"] {
                #expect(!words.contains(secret), "\(secret)")
            }
        }
    }

    @Test("Health names the run, and metrics count the requests of both ports by route")
    func metrics() async throws {
        try await withHouse("--json") { house in
            let said = try await house.announcement()
            let studio = try #require(said["studio"])
            let health = try Self.json(try WebCall("GET", studio + "/health"))
            #expect(health["status"] as? String == "ok")
            #expect(health["instance"] as? String == (try house.card["instance"]))
            for group in 1...3 {
                _ = try WebCall("GET", studio + "/api/v1/groups/g\(group)", headers: try owner(house))
            }
            let refused = try WebCall("GET", (said["blobEndpoint"] ?? "") + "?comp=list")
            #expect(refused.status == 401, "\(refused)")
            let metrics = try WebCall("GET", studio + "/metrics")
            #expect(metrics.headers["content-type"]?.hasPrefix("text/plain; version=0.0.4") == true)
            let lines = metrics.body.split(separator: "\n").map(String.init)
            #expect(lines.contains("# TYPE http_server_requests_total counter"))
            #expect(lines.contains("# TYPE http_server_request_duration_seconds histogram"))
            func value(_ name: String, _ labels: String...) -> Double? {
                let line = lines.first { line in
                    line.hasPrefix(name + "{") && labels.allSatisfy(line.contains)
                }
                return line.flatMap { $0.split(separator: " ").last }.flatMap { Double($0) }
            }
            let route = #"http_route="/api/v1/groups/{group}""#
            #expect(value("http_server_requests_total", route, #"status_code="200""#, #"port="studio""#) == 1)
            #expect(value("http_server_requests_total", route, #"status_code="404""#) == 2)
            #expect(value("http_server_request_duration_seconds_count", route, #"status_code="404""#) == 2)
            #expect(value("http_server_requests_total", #"http_route="listContainers""#, #"port="blob""#) == 1)
            #expect(value("pomona_jobs", #"state="running""#) == 0)
            #expect(lines.contains { $0.hasPrefix("process_resident_memory_bytes ") })
        }
    }

    @Test("A renewed key opens, and the old one and what it signed open nothing any more")
    func rotation() async throws {
        try await withHouse("--json") { house in
            let said = try await house.announcement()
            let studio = try #require(said["studio"])
            let models = studio + "/computervision/models?api-version=2023-04-01-preview"
            func status(_ key: String) throws -> Int {
                try WebCall("GET", models, headers: ["Ocp-Apim-Subscription-Key": key]).status
            }
            let old = try #require(said["visionKey"])
            let rotated = try house.must("group", "rotate-key", "default", "key1", "--json").json
            let keys = try #require(rotated["keys"] as? [[String: String]]).compactMap { $0["value"] }
            #expect(try keys.map(status) == [200, 200])
            #expect(try status(old) == 401)

            let body = #"{"permissions":"rl","expiresAt":"2099-01-01T00:00:00Z"}"#
            let made = try WebCall("POST", studio + "/api/v1/accounts/a1/sas", headers: try owner(house), body: body)
            let address = try #require(try Self.json(made)["url"] as? String) + "&comp=list"
            #expect(try WebCall("GET", address).status == 200)
            try house.must("storage", "rotate-key", try #require(said["accountName"]), "key1")
            #expect(try WebCall("GET", address).status == 403)
        }
    }

    @Test("A session that commands use ends with its server, and after a crash with the next one")
    func sessions() async throws {
        try await withHouse { house in
            func status(_ headers: [String: String]) throws -> Int {
                let studio = try #require(try house.card["studio"])
                return try WebCall("GET", studio + "/api/v1/session", headers: headers).status
            }
            let first = try owner(house)
            #expect(try status(first) == 200)
            house.interrupt()
            #expect(!FileManager.default.fileExists(atPath: house.data + "/server.json"))
            try await house.start()
            #expect(try status(first) == 401)
            let second = try owner(house)
            #expect(try status(second) == 200)
            house.kill()
            #expect(FileManager.default.fileExists(atPath: house.data + "/server.json"))
            // The card of a server that is gone leads nowhere: the command opens the folder itself.
            try house.must("group", "list")
            try await house.start()
            #expect(try status(second) == 401)
            #expect(try status(try owner(house)) == 200)
        }
    }

    @Test("A second server on one folder is refused in words, and the first goes on")
    func second() async throws {
        try await withHouse { house in
            let second = try Programs.pomona(["serve", "--data", house.data, "--port", "0", "--blob-port", "0"])
            #expect(second.status != 0)
            #expect(second.errors.contains("in use by another Pomona"), "\(second.errors)")
            try house.must("group", "list")
        }
    }

    @Test("Commands without a server wait for each other")
    func together() async throws {
        let data = FileManager.default.temporaryDirectory.appendingPathComponent("house-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: data) }
        let outcomes = try await withThrowingTaskGroup(of: Programs.Outcome.self) { group in
            for name in ["apple", "pear", "plum"] {
                group.addTask { try Programs.pomona(["group", "create", name, "--data", data]) }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(outcomes.map(\.status) == [0, 0, 0], "\(outcomes.map(\.errors))")
    }

    @Test("A host that this machine does not have is refused in words")
    func host() throws {
        let data = FileManager.default.temporaryDirectory.appendingPathComponent("house-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: data) }
        let outcome = try Programs.pomona([
            "serve", "--data", data, "--host", "192.0.2.1", "--port", "0", "--blob-port", "0",
        ])
        #expect(outcome.status != 0)
        #expect(outcome.errors.contains("192.0.2.1"), "\(outcome.errors)")
        #expect(outcome.errors.contains("--host"), "\(outcome.errors)")
    }

    @Test("A folder that a newer program wrote is refused in words, by the server and by commands")
    func newer() async throws {
        try await withHouse { house in
            house.interrupt()
            let script = """
                import sqlite3, sys
                catalog = sqlite3.connect(sys.argv[1])
                catalog.execute("INSERT INTO grdb_migrations VALUES ('999 tomorrow')")
                catalog.commit()
                """
            let written = try Programs.run(
                "/usr/bin/env", ["python3", "-c", script, house.data + "/catalog.sqlite"])
            try #require(written.status == 0, "\(written.errors)")
            for arguments in [["serve", "--port", "0", "--blob-port", "0"], ["group", "list"]] {
                let outcome = try Programs.pomona(arguments + ["--data", house.data])
                #expect(outcome.status == 65)
                #expect(outcome.errors.contains("newer Pomona") && outcome.errors.contains("999 tomorrow"))
            }
        }
    }

    @Test(
        "An address of IPv6 stands in brackets, and commands reach the server there",
        .enabled(if: ServeTests.hasIPv6, "this machine has no address ::1"))
    func brackets() async throws {
        try await withHouse("--json", "--host", "::1") { house in
            let said = try await house.announcement()
            #expect(said["studio"]?.hasPrefix("http://[::1]:") == true)
            #expect(said["connectionString"]?.contains("BlobEndpoint=http://[::1]:") == true)
            try house.must("group", "create", "fruit")
        }
    }

    private static let hasIPv6: Bool = {
        var hints = addrinfo()
        hints.ai_flags = AI_NUMERICHOST
        var found: UnsafeMutablePointer<addrinfo>?
        guard getaddrinfo("::1", "0", &hints, &found) == 0, let address = found?.pointee else { return false }
        defer { freeaddrinfo(found) }
        let descriptor = socket(address.ai_family, address.ai_socktype, 0)
        defer { close(descriptor) }
        return descriptor >= 0 && bind(descriptor, address.ai_addr, address.ai_addrlen) == 0
    }()

    private static func json(_ answer: WebCall) throws -> [String: Any] {
        try #require(
            try JSONSerialization.jsonObject(with: Data(answer.body.utf8)) as? [String: Any], "\(answer.body)")
    }
}
