import Foundation
import Testing

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// A request to this machine, byte by byte, so that a test can say things that no client would.
struct WebCall {
    var status: Int
    /// Names in small letters.
    var headers: [String: String]
    var body: String

    /// - Parameters:
    ///   - address: such as `http://127.0.0.1:8080/health`; its host is called by its loopback address, whatever it is.
    ///   - host: what the header Host says, where it is not the address's own.
    init(
        _ method: String = "GET", _ address: String, host: String? = nil, headers: [String: String] = [:],
        body: String = ""
    ) throws {
        let url = try #require(URLComponents(string: address))
        let port = try #require(url.port)
        let query = url.percentEncodedQuery.map { "?\($0)" } ?? ""
        var lines = ["\(method) \(url.percentEncodedPath)\(query) HTTP/1.1"]
        lines.append("Host: \(host ?? "\(url.host ?? ""):\(port)")")
        lines += headers.map { "\($0): \($1)" }
        lines += ["Content-Length: \(body.utf8.count)", "Connection: close", "", body]
        let answer = try Self.exchange(lines.joined(separator: "\r\n"), port: UInt16(port))
        let parts = answer.split(separator: "\r\n\r\n", maxSplits: 1, omittingEmptySubsequences: false)
        let head = parts[0].split(separator: "\r\n")
        let words = head.first?.split(separator: " ") ?? []
        status = try #require(words.dropFirst().first.flatMap { Int($0) }, "\(answer)")
        self.headers = [:]
        for line in head.dropFirst() {
            let pair = line.split(separator: ":", maxSplits: 1)
            guard pair.count == 2 else { continue }
            self.headers[pair[0].lowercased()] = pair[1].trimmingCharacters(in: .whitespaces)
        }
        self.body = parts.count > 1 ? String(parts[1]) : ""
    }

    private static func exchange(_ request: String, port: UInt16) throws -> String {
        #if canImport(Glibc)
            let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        #else
            let descriptor = socket(AF_INET, SOCK_STREAM, 0)
        #endif
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        inet_pton(AF_INET, "127.0.0.1", &address.sin_addr)
        let connected = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        try #require(connected == 0, "nothing listens on port \(port)")
        let bytes = Array(request.utf8)
        try #require(write(descriptor, bytes, bytes.count) == bytes.count)
        var answer: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = read(descriptor, &piece, piece.count)
            guard count > 0 else { return String(decoding: answer, as: UTF8.self) }
            answer += piece[..<count]
        }
    }
}
