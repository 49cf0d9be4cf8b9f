import Crypto
import Foundation

/// A key of a storage account. Whoever has it may do everything in the account.
public struct AccountKey: Sendable, Equatable {
    private let key: SymmetricKey

    /// - Parameter base64: the form in connection strings; `nil` for text that is not base64 of at least one byte.
    public init?(base64: String) {
        guard let bytes = Data(base64Encoded: base64), !bytes.isEmpty else { return nil }
        key = SymmetricKey(data: bytes)
    }

    private init(_ key: SymmetricKey) {
        self.key = key
    }

    /// A new key of 64 random bytes, as long as Azure's.
    public static func random() -> AccountKey {
        AccountKey(SymmetricKey(size: SymmetricKeySize(bitCount: 512)))
    }

    /// HMAC-SHA256 of the text, in base64.
    func signature(of text: String) -> String {
        Data(HMAC<SHA256>.authenticationCode(for: Data(text.utf8), using: key)).base64EncodedString()
    }

    /// Whether `signature` is that of `text`. The comparison takes the same time wherever they differ.
    func verifies(_ signature: String, of text: String) -> Bool {
        guard let code = Data(base64Encoded: signature) else { return false }
        return HMAC<SHA256>.isValidAuthenticationCode(code, authenticating: Data(text.utf8), using: key)
    }
}

/// A storage account as the Blob API needs to know it.
public struct BlobAccount: Sendable {
    /// The account that Azure's tools know as `UseDevelopmentStorage=true`. Its key is published with them, so it protects
    /// nothing.
    public static let developmentName = "devstoreaccount1"

    /// The published key of ``developmentName``.
    public static let developmentKey =
        "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw=="

    /// 3 to 24 lower-case letters and digits.
    public var name: String

    /// Each of them opens the account; two are usual, so that one can be replaced while the other is in use.
    public var keys: [AccountKey]

    /// Whether only requests from this machine are answered, as for the development account.
    public var isLoopbackOnly: Bool

    public init(name: String, keys: [AccountKey], isLoopbackOnly: Bool = false) {
        self.name = name
        self.keys = keys
        self.isLoopbackOnly = isLoopbackOnly
    }
}

/// Knows the storage accounts and their keys.
public protocol BlobAccounts: Sendable {
    /// - Returns: `nil` where there is no account of that name.
    func account(named name: String) async throws -> BlobAccount?
}
