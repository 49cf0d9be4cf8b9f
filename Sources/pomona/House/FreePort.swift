import Foundation

/// Finds a port that nobody listens on.
enum FreePort {
    /// - Parameter host: a name or an address, of IPv6 too, without brackets.
    /// - Throws: ``HouseError/hostUnusable(_:reason:)`` where the address cannot be listened on at all.
    static func find(on host: String) throws -> Int {
        var hints = addrinfo()
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        hints.ai_flags = AI_PASSIVE
        var found: UnsafeMutablePointer<addrinfo>?
        let status = getaddrinfo(host, "0", &hints, &found)
        guard status == 0, let first = found else {
            throw HouseError.hostUnusable(host, reason: String(cString: gai_strerror(status)))
        }
        defer { freeaddrinfo(found) }
        let descriptor = socket(first.pointee.ai_family, first.pointee.ai_socktype, 0)
        defer { close(descriptor) }
        guard descriptor >= 0, bind(descriptor, first.pointee.ai_addr, first.pointee.ai_addrlen) == 0 else {
            throw HouseError.hostUnusable(host, reason: String(cString: strerror(errno)))
        }
        var storage = sockaddr_storage()
        var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
        let isKnown = withUnsafeMutablePointer(to: &storage) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(descriptor, $0, &length) == 0 }
        }
        guard isKnown else { throw HouseError.hostUnusable(host, reason: String(cString: strerror(errno))) }
        // The port lies at the same place in addresses of both kinds.
        return withUnsafePointer(to: storage) { pointer in
            pointer.withMemoryRebound(to: sockaddr_in.self, capacity: 1) { Int(UInt16(bigEndian: $0.pointee.sin_port)) }
        }
    }
}
