/// Rights that a container keeps under a name, so that signatures which name it can be changed or revoked together.
struct StoredAccessPolicy: Equatable, Sendable {
    /// 1 to 64 characters.
    var id: String

    /// Times and permissions as the client wrote them; `nil` where the signature itself must say them.
    var start: String?
    var expiry: String?
    var permissions: String?
}

/// The document `SignedIdentifiers`: a container's stored access policies.
enum SignedIdentifiersDocument {
    static let maximumCount = 5

    /// - Throws: `InvalidXmlDocument` for another document, more than five policies, ids that are empty, too long or
    ///   there twice, and times that are none.
    static func read(_ bytes: [UInt8]) throws(StorageError) -> [StoredAccessPolicy] {
        do {
            return try parse(bytes)
        } catch {
            throw .xml(error)
        }
    }

    /// The policies of a container, from the text that the store keeps for it.
    static func stored(_ text: String?) throws(StorageError) -> [StoredAccessPolicy] {
        guard let text else { return [] }
        return try read(Array(text.utf8))
    }

    static func write(_ policies: [StoredAccessPolicy]) -> String {
        var xml = XMLWriter()
        xml.element("SignedIdentifiers") { xml in
            for policy in policies {
                xml.element("SignedIdentifier") { xml in
                    xml.element("Id", policy.id)
                    xml.element("AccessPolicy") { xml in
                        xml.element("Start", ifPresent: policy.start)
                        xml.element("Expiry", ifPresent: policy.expiry)
                        xml.element("Permission", ifPresent: policy.permissions)
                    }
                }
            }
        }
        return xml.text
    }

    private static func parse(_ bytes: [UInt8]) throws(XMLError) -> [StoredAccessPolicy] {
        var policies: [StoredAccessPolicy] = []
        var reader = try XMLReader(bytes)
        var path: [String] = []
        var text = ""
        while let event = try reader.next() {
            switch event {
            case .start(let name):
                path.append(name)
                text = ""
                guard known.contains(path) else {
                    throw .unexpectedElement(name, expected: "a part of SignedIdentifiers")
                }
                if path.count == 2 { policies.append(StoredAccessPolicy(id: "")) }
            case .text(let piece): text += piece
            case .end(let name):
                if path.count >= 3, let last = policies.indices.last {
                    try set(name, String(text.trimmingWhitespace()), of: &policies[last])
                }
                path.removeLast()
                text = ""
            }
        }
        try check(policies)
        return policies
    }

    private static let known: Set<[String]> = {
        let root = ["SignedIdentifiers"]
        let entry = root + ["SignedIdentifier"]
        let policy = entry + ["AccessPolicy"]
        return [
            root, entry, entry + ["Id"], policy, policy + ["Start"], policy + ["Expiry"], policy + ["Permission"],
        ]
    }()

    private static func set(_ name: String, _ value: String, of policy: inout StoredAccessPolicy) throws(XMLError) {
        let content = value.isEmpty ? nil : value
        switch name {
        case "Id": policy.id = value
        case "Start": policy.start = content
        case "Expiry": policy.expiry = content
        case "Permission": policy.permissions = content
        default: return
        }
        if name == "Start" || name == "Expiry", let content, ISO8601.date(content) == nil {
            throw .invalidValue(element: name, value: content, expected: "a time such as 2030-01-31T12:00:00Z")
        }
    }

    private static func check(_ policies: [StoredAccessPolicy]) throws(XMLError) {
        guard policies.count <= maximumCount else {
            throw .invalidValue(
                element: "SignedIdentifiers", value: "\(policies.count) policies", expected: "at most \(maximumCount)")
        }
        for policy in policies where !(1...64).contains(policy.id.count) {
            throw .invalidValue(element: "Id", value: policy.id, expected: "a text of 1 to 64 characters")
        }
        guard Set(policies.map(\.id)).count == policies.count else {
            throw .invalidValue(
                element: "Id", value: policies.map(\.id).joined(separator: ", "), expected: "a different id in each")
        }
    }
}

extension StringProtocol {
    /// Without the blanks and line ends that indentation leaves around an element's text.
    func trimmingWhitespace() -> SubSequence {
        guard let first = firstIndex(where: { !$0.isWhitespace }), let last = lastIndex(where: { !$0.isWhitespace })
        else { return self[endIndex...] }
        return self[first...last]
    }
}
