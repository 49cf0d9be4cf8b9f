import Foundation
import HTTPTypes

/// The cookie that keeps a browser signed in. Scripts cannot read it, and pages elsewhere cannot make a browser send it.
enum SessionCookie {
    static let name = "pomona_session"

    /// The session that a request belongs to.
    static func token(in headers: HTTPFields) -> String? {
        for header in headers[values: .cookie] {
            for pair in header.split(separator: ";") {
                let halves = pair.split(separator: "=", maxSplits: 1)
                guard halves.count == 2, halves[0].trimmingSpaces() == name else { continue }
                let value = String(halves[1].trimmingSpaces())
                return value.isEmpty ? nil : value
            }
        }
        return nil
    }

    static func header(_ token: String, lifetime: Duration, isOverTLS: Bool) -> String {
        "\(name)=\(token); Max-Age=\(lifetime.components.seconds); \(attributes(isOverTLS))"
    }

    /// Makes the browser forget.
    static func removal(isOverTLS: Bool) -> String { "\(name)=; Max-Age=0; \(attributes(isOverTLS))" }

    private static func attributes(_ isOverTLS: Bool) -> String {
        "HttpOnly; SameSite=Strict; Path=/" + (isOverTLS ? "; Secure" : "")
    }
}
