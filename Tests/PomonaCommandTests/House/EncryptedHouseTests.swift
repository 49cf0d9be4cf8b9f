import Foundation
import Testing

@Suite(
    "A house over TLS", .serialized,
    .enabled(if: TestCertificate.isPossible, "certificates for the tests are made by the program openssl"))
struct EncryptedHouseTests {
    private func withFolder(_ body: (String) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("tls-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try await body(folder)
    }

    @Test("Commands believe the server's own certificate, though it has another name and nobody else signed it")
    func selfSigned() async throws {
        try await withFolder { folder in
            let certificate = try TestCertificate(in: folder, name: "studio.test")
            let house = try await RunningHouse(
                data: folder + "/data",
                options: [
                    "--json", "--name", "studio.test", "--tls-certificate", certificate.chain, "--tls-key",
                    certificate.key,
                ])
            defer { house.stop() }
            let said = try await house.announcement()
            #expect(said["studio"]?.hasPrefix("https://studio.test:") == true)
            #expect(said["connectionString"]?.contains("DefaultEndpointsProtocol=https;") == true)
            try house.must("group", "create", "fruit")
            let shown = try house.must("group", "list", "--json")
            #expect(shown.output.contains(#""name":"fruit""#), "\(shown.output)")
        }
    }

    @Test("A server whose certificate the card's does not vouch for is not believed, and the command says so")
    func another() async throws {
        try await withFolder { folder in
            let certificate = try TestCertificate(in: folder, name: "studio.test")
            let house = try await RunningHouse(
                data: folder + "/data", options: ["--tls-certificate", certificate.chain, "--tls-key", certificate.key])
            defer { house.stop() }
            try FileManager.default.createDirectory(atPath: folder + "/other", withIntermediateDirectories: true)
            let other = try TestCertificate(in: folder + "/other", name: "studio.test")
            try FileManager.default.removeItem(atPath: certificate.chain)
            try FileManager.default.copyItem(atPath: other.chain, toPath: certificate.chain)
            let outcome = try house.run("group", "list")
            #expect(outcome.status != 0)
            #expect(outcome.errors.contains("certificate"), "\(outcome.errors)")
            #expect(outcome.errors.contains(certificate.chain), "\(outcome.errors)")
        }
    }

    @Test("A certificate that is not there is an error in words")
    func missing() async throws {
        try await withFolder { folder in
            let outcome = try Programs.pomona([
                "serve", "--data", folder + "/data", "--port", "0", "--blob-port", "0", "--tls-certificate",
                folder + "/none.pem", "--tls-key", folder + "/none.key",
            ])
            #expect(outcome.status != 0)
            #expect(outcome.errors.contains("none.pem"), "\(outcome.errors)")
        }
    }
}

/// A certificate that only its own server vouches for.
private struct TestCertificate {
    let chain: String
    let key: String

    static let isPossible = (try? run(["version"])) == 0

    init(in folder: String, name: String) throws {
        chain = folder + "/chain.pem"
        key = folder + "/key.pem"
        let status = try Self.run([
            "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
            "-subj", "/CN=\(name)", "-addext", "subjectAltName=DNS:\(name)", "-keyout", key, "-out", chain,
        ])
        try #require(status == 0)
    }

    private static func run(_ arguments: [String]) throws -> Int32 {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["openssl"] + arguments
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        return process.terminationStatus
    }
}
