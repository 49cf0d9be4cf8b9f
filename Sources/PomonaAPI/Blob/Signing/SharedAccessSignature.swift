import Foundation

/// A shared access signature: rights on an account or on one container or blob, signed with an account's key and handed
/// out as the query of a URL (Azure, "Create an account SAS" and "Create a service SAS").
struct SharedAccessSignature: Equatable, Sendable {
    /// Fields as the URL says them, decoded; absent ones are empty in what is signed.
    private let fields: [String: String]

    /// Reads a query; `nil` where it holds no signature.
    init?(_ query: QueryItems) {
        guard query["sig"] != nil else { return nil }
        var fields: [String: String] = [:]
        for item in query.items where Self.names.contains(item.name) && fields[item.name] == nil {
            fields[item.name] = item.value
        }
        self.fields = fields
    }

    /// A signature to be, with its `sig` missing.
    init(unsigned fields: [String: String]) {
        self.fields = fields.filter { Self.names.contains($0.key) }
    }

    private static let names: Set<String> = [
        "sv", "ss", "srt", "sr", "sp", "st", "se", "si", "sip", "spr", "ses", "sig", "rscc", "rscd", "rsce", "rscl",
        "rsct",
    ]

    subscript(name: String) -> String? { fields[name].flatMap { $0.isEmpty ? nil : $0 } }

    /// The version whose rules the signature follows, such as `2022-11-02`.
    var version: String { self["sv"] ?? "" }

    /// Whether it is for the account as a whole rather than for one container or blob.
    var isForAccount: Bool { self["ss"] != nil || self["srt"] != nil }

    /// Name of the stored access policy that holds the missing fields.
    var policyName: String? { self["si"] }

    /// Headers that a read of a blob is to answer with in place of the blob's own.
    var responseHeaders: [(name: String, value: String)] {
        [
            ("Cache-Control", "rscc"), ("Content-Disposition", "rscd"), ("Content-Encoding", "rsce"),
            ("Content-Language", "rscl"), ("Content-Type", "rsct"),
        ].compactMap { name, field in self[field].map { (name, $0) } }
    }

    /// Whether one of the keys made it for this target.
    ///
    /// - Returns: also false for a kind or version that this server does not know: it cannot tell what was signed.
    func isSigned(for target: BlobTarget, byAnyOf keys: [AccountKey]) -> Bool {
        guard let signature = self["sig"], let text = stringToSign(for: target) else { return false }
        return keys.reduce(false) { found, key in key.verifies(signature, of: text) || found }
    }

    /// What is signed; `nil` for kinds and versions that are not known here.
    func stringToSign(for target: BlobTarget) -> String? {
        guard version.count == 10, version >= "2015-04-05" else { return nil }
        return isForAccount ? accountString(target.account) : serviceString(target)
    }

    private func values(_ names: [String]) -> [String] { names.map { fields[$0] ?? "" } }

    private func accountString(_ account: String) -> String {
        let scope = version >= "2020-12-06" ? ["ses"] : []
        let lines = [account] + values(["sp", "ss", "srt", "st", "se", "sip", "spr", "sv"] + scope)
        return lines.joined(separator: "\n") + "\n"
    }

    private func serviceString(_ target: BlobTarget) -> String? {
        guard let container = target.container else { return nil }
        let path: String
        switch self["sr"] {
        case "c": path = "/blob/\(target.account)/\(container)"
        case "b":
            guard let blob = target.blob else { return nil }
            path = "/blob/\(target.account)/\(container)/\(blob)"
        // Snapshots, versions and directories exist in other accounts than these.
        default: return nil
        }
        var lines = values(["sp", "st", "se"]) + [path] + values(["si", "sip", "spr", "sv"])
        // The empty line stands for the time of a snapshot.
        if version >= "2018-11-09" { lines += values(["sr"]) + [""] }
        if version >= "2020-12-06" { lines += values(["ses"]) }
        lines += values(["rscc", "rscd", "rsce", "rscl", "rsct"])
        return lines.joined(separator: "\n")
    }
}
