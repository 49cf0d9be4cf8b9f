import Foundation

/// Finds a port that nobody listens on.
enum FreePort {
    /// - Parameters:
    ///   - host: a name or an address, of IPv6 too, without brackets.
    ///   - other: one that is taken, though nobody listens there yet.
    /// - Throws: ``HouseError/hostUnusable(_:reason:)`` where the address cannot be listened on at all.
    static func find(on host: String, besides other: Int? = nil) throws -> Int {
        while true {
            let port = try bind(0, on: host)
            if port != other { return port }
        }
    }

    /// Whether a server could listen there.
    static func isFree(_ port: Int, on host: String) -> Bool { (try? bind(port, on: host)) != nil }

    /// Takes a port for a moment.
    ///
    /// - Returns: its number.
    private static func bind(_ port: Int, on host: String) throws -> Int {
        var hints = addrinfo()
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        hints.ai_flags = AI_PASSIVE
        var found: UnsafeMutablePointer<addrinfo>?
        let status = getaddrinfo(host, "\(port)", &hints, &found)
        guard status == 0, let address = found?.pointee else {
            throw HouseError.hostUnusable(host, reason: String(cString: gai_strerror(status)))
        }
        defer { freeaddrinfo(found) }
        func refusal() -> HouseError { .hostUnusable(host, reason: String(cString: strerror(errno))) }
        let descriptor = socket(address.ai_family, address.ai_socktype, 0)
        guard descriptor >= 0 else { throw refusal() }
        defer { close(descriptor) }
        // As the server itself does: connections of an earlier one that are not quite over are in nobody's way.
        var yes: Int32 = 1
        setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<Int32>.size))
        guard Foundation.bind(descriptor, address.ai_addr, address.ai_addrlen) == 0 else { throw refusal() }
        var storage = sockaddr_storage()
        var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
        let isKnown = withUnsafeMutablePointer(to: &storage) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(descriptor, $0, &length) == 0 }
        }
        guard isKnown else { throw refusal() }
        // The port lies at the same place in addresses of both kinds.
        return withUnsafePointer(to: storage) { pointer in
            pointer.withMemoryRebound(to: sockaddr_in.self, capacity: 1) { Int(UInt16(bigEndian: $0.pointee.sin_port)) }
        }
    }
}
