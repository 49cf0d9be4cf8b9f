import CNIOLinux
import Foundation
import NIOCore

/// Tells addresses of the public internet from those of this machine and of the networks around it (IANA's registries of
/// special-purpose addresses).
enum PublicAddress {
    static func contains(_ address: SocketAddress) -> Bool {
        switch address {
        case .v4(let address): isPublic(withUnsafeBytes(of: address.address.sin_addr) { Array($0) }[...])
        case .v6(let address): isPublicV6(withUnsafeBytes(of: address.address.sin6_addr) { Array($0) })
        case .unixDomainSocket: false
        }
    }

    private static func isPublic(_ bytes: ArraySlice<UInt8>) -> Bool {
        guard bytes.count == 4 else { return false }
        let number = bytes.reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
        return !specialV4.contains { number >> (32 - $0.bits) == $0.network >> (32 - $0.bits) }
    }

    private static let specialV4: [(network: UInt32, bits: UInt32)] = [
        (0x0A00_0000, 8),  // 10.0.0.0/8, private
        (0x6440_0000, 10),  // 100.64.0.0/10, shared by providers
        (0x7F00_0000, 8),  // 127.0.0.0/8, this machine
        (0x0000_0000, 8),  // 0.0.0.0/8, this network
        (0xA9FE_0000, 16),  // 169.254.0.0/16, link-local, and clouds' metadata services
        (0xAC10_0000, 12),  // 172.16.0.0/12, private
        (0xC000_0000, 24),  // 192.0.0.0/24, protocol assignments
        (0xC000_0200, 24),  // 192.0.2.0/24, documentation
        (0xC058_6300, 24),  // 192.88.99.0/24, 6to4 relays
        (0xC0A8_0000, 16),  // 192.168.0.0/16, private
        (0xC612_0000, 15),  // 198.18.0.0/15, benchmarks
        (0xC633_6400, 24),  // 198.51.100.0/24, documentation
        (0xCB00_7100, 24),  // 203.0.113.0/24, documentation
        (0xE000_0000, 3),  // 224.0.0.0/3, multicast and reserved
    ]

    /// Of IPv6 only 2000::/3 is given out. Addresses that carry an IPv4 address are judged by that.
    private static func isPublicV6(_ bytes: [UInt8]) -> Bool {
        guard bytes.count == 16 else { return false }
        let isMapped = bytes[..<10].allSatisfy { $0 == 0 } && bytes[10] == 0xFF && bytes[11] == 0xFF
        let isTranslated = bytes.starts(with: [0x00, 0x64, 0xFF, 0x9B]) && bytes[4..<12].allSatisfy { $0 == 0 }
        if isMapped || isTranslated { return isPublic(bytes[12...]) }
        if bytes.starts(with: [0x20, 0x02]) { return isPublic(bytes[2..<6]) }
        let isSpecial = bytes.starts(with: [0x20, 0x01, 0x0D, 0xB8]) || bytes.starts(with: [0x20, 0x01, 0x00])
        return bytes[0] >> 5 == 1 && !isSpecial
    }
}
