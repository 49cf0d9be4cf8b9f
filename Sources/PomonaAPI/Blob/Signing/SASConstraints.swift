import Foundation
import NIOCore

/// What a shared access signature, with its stored access policy where it names one, allows.
struct SASConstraints: Sendable {
    var permissions: Set<Character>
    var start: Date?
    var expiry: Date
    var addresses: AddressRange?
    var allowsHTTP: Bool

    /// - Throws: `AuthenticationFailed` for a field that is missing, malformed or given by signature and policy both.
    init(_ signature: SharedAccessSignature, policy: StoredAccessPolicy?) throws(StorageError) {
        let permissions = try Self.only("sp", signature["sp"], policy?.permissions)
        let start = try Self.only("st", signature["st"], policy?.start)
        let expiry = try Self.only("se", signature["se"], policy?.expiry)
        guard let permissions else { throw Self.failure("grants no permissions: the field sp is missing") }
        self.permissions = Set(permissions)
        self.start = try start.map { text throws(StorageError) in try Self.time("st", text) }
        guard let expiry else { throw Self.failure("never expires: the field se is missing") }
        self.expiry = try Self.time("se", expiry)
        addresses = try signature["sip"].map { text throws(StorageError) in
            guard let range = AddressRange(text) else {
                throw Self.failure("has the address \"\(text)\" in sip, where an IPv4 address or two joined by - stand")
            }
            return range
        }
        switch signature["spr"] {
        case nil, "https,http", "http,https": allowsHTTP = true
        case "https": allowsHTTP = false
        case .some(let other): throw Self.failure("has \"\(other)\" in spr, where https or https,http stands")
        }
    }

    /// - Throws: `AuthenticationFailed` outside of its time; `AuthorizationProtocolMismatch` and
    ///   `AuthorizationSourceIPMismatch`.
    func check(at time: Date, from address: SocketAddress?, overTLS: Bool) throws(StorageError) {
        if let start, time < start {
            throw Self.failure("is valid from \(ISO8601.string(start)), and it is \(ISO8601.string(time))")
        }
        guard time < expiry else {
            throw Self.failure("expired at \(ISO8601.string(expiry)), and it is \(ISO8601.string(time))")
        }
        guard allowsHTTP || overTLS else {
            throw StorageError(
                .authorizationProtocolMismatch, "The shared access signature is for https only (spr=https).")
        }
        if let addresses, !(address.map(addresses.contains) ?? false) {
            throw StorageError(
                .authorizationSourceIPMismatch,
                "The shared access signature is for other addresses (sip) than \(address?.ipAddress ?? "this one").")
        }
    }

    private static func only(_ name: String, _ own: String?, _ policy: String?) throws(StorageError) -> String? {
        guard own == nil || policy == nil else {
            throw failure("and its stored access policy both have the field \(name); one of them may")
        }
        return own ?? policy
    }

    private static func time(_ name: String, _ text: String) throws(StorageError) -> Date {
        guard let date = ISO8601.date(text) else {
            throw failure("has \"\(text.prefix(40))\" in \(name), where a time such as 2030-01-31T12:00:00Z stands")
        }
        return date
    }

    private static func failure(_ what: String) -> StorageError {
        StorageError(
            .authenticationFailed, "The shared access signature \(what).",
            details: [("AuthenticationErrorDetail", "The shared access signature \(what).")])
    }
}

/// IPv4 addresses from one to another, both inside.
struct AddressRange: Equatable, Sendable {
    private let bounds: ClosedRange<UInt32>

    /// Reads `168.1.5.60` or `168.1.5.60-168.1.5.70`.
    init?(_ text: String) {
        let ends = text.split(separator: "-", omittingEmptySubsequences: false).map(Self.number)
        guard ends.count == 1 || ends.count == 2, let first = ends[0], let last = ends[ends.count - 1], first <= last
        else { return nil }
        bounds = first...last
    }

    func contains(_ address: SocketAddress) -> Bool {
        guard let text = address.ipAddress else { return false }
        // An IPv4 client of an IPv6 socket shows itself as ::ffff:a.b.c.d.
        let plain = text.hasPrefix("::ffff:") ? text.dropFirst("::ffff:".count) : text[...]
        return Self.number(plain).map(bounds.contains) ?? false
    }

    private static func number(_ text: Substring) -> UInt32? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false).map { UInt8($0) }
        guard parts.count == 4 else { return nil }
        return parts.reduce(UInt32?(0)) { number, part in
            guard let number, let part else { return nil }
            return number << 8 | UInt32(part)
        }
    }
}
