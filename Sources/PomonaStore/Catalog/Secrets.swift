import Crypto
import Foundation

/// Random keys and tokens.
enum Secrets {
    static func randomBytes(_ count: Int) -> Data {
        var generator = SystemRandomNumberGenerator()
        return Data((0..<count).map { _ in UInt8.random(in: .min ... .max, using: &generator) })
    }

    /// 32 lower-case hexadecimal digits, the form of a key of Azure's AI services.
    static func visionKey() -> String { randomBytes(16).hexadecimal }

    /// 64 bytes in base64, the form of a key of a storage account.
    static func storageKey() -> String { randomBytes(64).base64EncodedString() }

    /// 256 bits that fit into a URL.
    static func token() -> String { randomBytes(32).base64URL }

    /// What is kept of a token, so that who reads the catalog cannot sign in with it.
    static func hash(ofToken token: String) -> Data { Data(SHA256.hash(data: Data(token.utf8))) }
}

extension Data {
    /// Two lower-case digits a byte.
    var hexadecimal: String {
        var digits: [UInt8] = []
        digits.reserveCapacity(2 * count)
        for byte in self {
            digits.append(Self.hexadecimalDigits[Int(byte >> 4)])
            digits.append(Self.hexadecimalDigits[Int(byte & 15)])
        }
        return String(decoding: digits, as: UTF8.self)
    }

    private static let hexadecimalDigits = Array("0123456789abcdef".utf8)

    /// - Returns: `nil` for text that is not two hexadecimal digits a byte.
    init?(hexadecimal text: some StringProtocol) {
        let digits = Array(text.utf8)
        guard digits.count.isMultiple(of: 2) else { return nil }
        var bytes = Data(capacity: digits.count / 2)
        for start in stride(from: 0, to: digits.count, by: 2) {
            guard let high = Self.value(digits[start]), let low = Self.value(digits[start + 1]) else { return nil }
            bytes.append(high << 4 | low)
        }
        self = bytes
    }

    private static func value(_ digit: UInt8) -> UInt8? {
        hexadecimalDigits.firstIndex(of: digit).map { UInt8($0) }
    }

    /// Base64 with the letters of RFC 4648 section 5 and without padding.
    var base64URL: String {
        base64EncodedString().replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }

    /// - Returns: `nil` for text that is not base64 in that form.
    init?(base64URL text: String) {
        let padding = String(repeating: "=", count: (4 - text.utf8.count % 4) % 4)
        self.init(base64Encoded: text.replacing("-", with: "+").replacing("_", with: "/") + padding)
    }
}
